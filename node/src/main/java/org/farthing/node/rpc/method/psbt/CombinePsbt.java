package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtCombiner;

/** {@code combinepsbt}. */
public final class CombinePsbt implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "combinepsbt",
              Category.RAW_TRANSACTIONS,
              "Puts together what several copies of one partially signed transaction know.")
          .takes(PsbtParams.SEVERAL)
          .returns(Result.text("", "the partially signed transaction in base 64"))
          .example("'[\"mybase64_1\", \"mybase64_2\", \"mybase64_3\"]'");

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    List<Psbt> copies = PsbtParams.several(request);
    if (copies.isEmpty()) {
      throw RpcException.invalidParameter("Parameter 'txs' cannot be empty");
    }
    Psbt combined =
        PsbtCombiner.combine(copies)
            .orElseThrow(
                () ->
                    RpcException.invalidParameter("PSBTs not compatible (different transactions)"));
    return Json.text(PsbtCodec.format(combined));
  }
}
