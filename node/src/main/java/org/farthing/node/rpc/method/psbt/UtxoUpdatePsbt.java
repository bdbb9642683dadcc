package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.OptionalInt;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtSigner;
import org.farthing.wallet.spend.DescriptorKeys.Part;
import org.farthing.wallet.spend.SigningKeys;

/** {@code utxoupdatepsbt}. */
public final class UtxoUpdatePsbt implements RpcMethod {
  private static final Param<JsonNode> DESCRIPTORS =
      Param.array("descriptors", "Whose scripts and keys to fill in", Descriptors.scanObject())
          .orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "utxoupdatepsbt",
              Category.RAW_TRANSACTIONS,
              "Fills in the outputs that are spent, from chain, mempool and transaction index, and"
                  + " what descriptors tell.")
          .takes(PsbtParams.PSBT, DESCRIPTORS)
          .returns(Result.text("", "the partially signed transaction in base 64"))
          .example("\"psbt\"");

  private static final PsbtSigner.Options UNFINISHED =
      new PsbtSigner.Options(OptionalInt.empty(), false);

  private final PsbtProcessing processing;

  public UtxoUpdatePsbt(ChainPort chain, MempoolPort mempool, Indexes indexes) {
    this.processing = new PsbtProcessing(chain, mempool, indexes);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    SigningKeys keys =
        processing.keys(request.find(DESCRIPTORS).orElse(Json.array()), EnumSet.of(Part.ORIGINS));
    return Json.text(
        PsbtCodec.format(processing.process(PsbtParams.one(request), keys, UNFINISHED)));
  }
}
