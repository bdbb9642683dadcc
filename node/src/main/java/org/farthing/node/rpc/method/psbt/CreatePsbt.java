package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;

/** {@code createpsbt}. */
public final class CreatePsbt implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "createpsbt",
              Category.RAW_TRANSACTIONS,
              "Makes a partially signed transaction of these inputs and outputs (BIP174, BIP370)."
                  + " It is neither kept nor sent.")
          .takes(
              RawTransactionParams.INPUTS,
              RawTransactionParams.OUTPUTS,
              RawTransactionParams.LOCK_TIME,
              RawTransactionParams.REPLACEABLE,
              RawTransactionParams.VERSION,
              PsbtParams.VERSION)
          .returns(Result.text("", "the partially signed transaction in base 64"))
          .example("'[{\"txid\":\"myid\",\"vout\":0}]' '[{\"address\":0.01}]'");

  private final Network network;

  public CreatePsbt(ChainPort chain) {
    this.network = chain.params().network();
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Transaction transaction = RawTransactionParams.read(request, network);
    return Json.text(PsbtCodec.format(Psbt.of(transaction, PsbtParams.version(request))));
  }
}
