package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.PrivacyPort;
import org.farthing.node.rpc.spec.Result;

/** What the methods for private broadcast have in common. */
final class PrivateBroadcastJson {
  static final Result TRANSACTION =
      Result.object(
          "",
          "",
          Result.hex("txid", "the transaction id"),
          Result.hex("wtxid", "the witness transaction id"),
          Result.hex("hex", "the bytes"));

  private PrivateBroadcastJson() {}

  /** The fields of {@link #TRANSACTION}. */
  static ObjectNode describe(Transaction transaction, ObjectNode json) {
    return json.put("txid", transaction.txid().toString())
        .put("wtxid", transaction.wtxid().toString())
        .put("hex", Hex.encode(transaction.serialize()));
  }

  /** In Bitcoin Core's words, by which programs tell that they have to do without. */
  static void check(PrivacyPort privacy) {
    if (!privacy.isPrivate()) {
      throw new RpcException(
          RpcErrorCode.METHOD_NOT_FOUND,
          "Private broadcast is not enabled. Ensure you're running Bitcoin Core with"
              + " -privatebroadcast=1.");
    }
  }
}
