package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.psbt.Psbt;

/** Parameters that several of these methods have in common. */
final class PsbtParams {
  static final Param<String> PSBT = Param.text("psbt", "The partially signed transaction");

  static final Param<JsonNode> SEVERAL =
      Param.array("txs", "The partially signed transactions", Param.text("psbt", "One of them"));

  static final Param<Long> VERSION =
      Param.unsigned("psbt_version", 32, "The version of the format: 2 or 0").or(2);

  private PsbtParams() {}

  /** The version of the format that is wanted. */
  static int version(RpcRequest request) {
    long version = request.get(VERSION);
    if (version != 0 && version != 2) {
      throw RpcException.invalidParameter("The PSBT version can only be 2 or 0");
    }
    return (int) version;
  }

  static Psbt one(RpcRequest request) {
    return Decode.psbt(request.get(PSBT));
  }

  static List<Psbt> several(RpcRequest request) {
    List<Psbt> all = new ArrayList<>();
    for (JsonNode text : request.get(SEVERAL)) {
      all.add(Decode.psbt(Read.text(text)));
    }
    return all;
  }
}
