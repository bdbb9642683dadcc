package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.method.rawtx.DecodeRawTransaction;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;

/** {@code converttopsbt}. */
public final class ConvertToPsbt implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexstring", "The transaction in hex");
  private static final Param<Boolean> PERMIT_SIGNATURES =
      Param.flag("permitsigdata", "Whether signatures may be there; they are left out").or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "converttopsbt",
              Category.RAW_TRANSACTIONS,
              "Makes a partially signed transaction of one that was made by createrawtransaction or"
                  + " fundrawtransaction. New programs use createpsbt.")
          .takes(HEX, PERMIT_SIGNATURES, DecodeRawTransaction.IS_WITNESS, PsbtParams.VERSION)
          .returns(Result.text("", "the partially signed transaction in base 64"))
          .example("\"rawtransaction\"");

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Decode.Form form = DecodeRawTransaction.form(request);
    Transaction transaction = Decode.transaction(request.get(HEX), form, "TX decode failed");
    boolean signed =
        transaction.inputs().stream()
            .anyMatch(input -> !input.scriptSig().isEmpty() || !input.witness().isEmpty());
    if (signed && !request.get(PERMIT_SIGNATURES)) {
      throw Read.deserialization("Inputs must not have scriptSigs and scriptWitnesses");
    }
    return Json.text(PsbtCodec.format(Psbt.of(transaction, PsbtParams.version(request))));
  }
}
