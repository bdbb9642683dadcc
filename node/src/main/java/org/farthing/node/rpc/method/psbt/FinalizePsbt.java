package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtFinalizer;

/** {@code finalizepsbt}. */
public final class FinalizePsbt implements RpcMethod {
  private static final Param<Boolean> EXTRACT =
      Param.flag("extract", "Whether to show the transaction itself where nothing is missing")
          .or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "finalizepsbt",
              Category.RAW_TRANSACTIONS,
              "Makes inputs final whose signatures suffice, and if all are, a transaction that can"
                  + " be sent.")
          .takes(PsbtParams.PSBT, EXTRACT)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("psbt", "in base 64, if not extracted").maybe(),
                  Result.hex("hex", "the transaction, if extracted").maybe(),
                  Result.flag("complete", "whether nothing is missing")))
          .example("\"psbt\"");

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    PsbtFinalizer.Result result = PsbtFinalizer.finish(PsbtParams.one(request));
    Optional<Transaction> transaction =
        request.get(EXTRACT) ? result.transaction() : Optional.empty();
    ObjectNode json = Json.object();
    transaction.ifPresentOrElse(
        signed -> json.put("hex", Hex.encode(signed.serialize())),
        () -> json.put("psbt", PsbtCodec.format(result.psbt())));
    return json.put("complete", result.complete());
  }
}
