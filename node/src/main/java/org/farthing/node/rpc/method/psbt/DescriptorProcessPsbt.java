package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.method.rawtx.SigningJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtSigner;
import org.farthing.wallet.spend.DescriptorKeys.Part;
import org.farthing.wallet.spend.SigningKeys;

/** {@code descriptorprocesspsbt}. */
public final class DescriptorProcessPsbt implements RpcMethod {
  private static final Param<JsonNode> DESCRIPTORS =
      Param.array("descriptors", "Whose scripts and keys to use", Descriptors.scanObject());
  private static final Param<Boolean> DERIVATIONS =
      Param.flag("bip32derivs", "Whether to fill in where keys come from").or(true);
  private static final Param<Boolean> FINALIZE =
      Param.flag("finalize", "Whether to make inputs final that need nothing more").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "descriptorprocesspsbt",
              Category.RAW_TRANSACTIONS,
              "Fills in what the node and descriptors know, and signs with the keys of the"
                  + " descriptors.")
          .takes(PsbtParams.PSBT, DESCRIPTORS, SigningJson.SIGHASH, DERIVATIONS, FINALIZE)
          .returns(PsbtProcessing.RESULT)
          .example("\"psbt\" '[\"descriptor1\", \"descriptor2\"]'")
          .example("\"psbt\" '[{\"desc\":\"mydescriptor\", \"range\":21}]'");

  private final PsbtProcessing processing;

  public DescriptorProcessPsbt(ChainPort chain, MempoolPort mempool, Indexes indexes) {
    this.processing = new PsbtProcessing(chain, mempool, indexes);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Set<Part> parts = EnumSet.of(Part.SECRETS);
    if (request.get(DERIVATIONS)) {
      parts.add(Part.ORIGINS);
    }
    SigningKeys keys = processing.keys(request.get(DESCRIPTORS), parts);
    Optional<String> type = request.find(SigningJson.SIGHASH);
    PsbtSigner.Options options =
        new PsbtSigner.Options(
            type.isPresent() ? OptionalInt.of(SigningJson.sigHashType(type)) : OptionalInt.empty(),
            request.get(FINALIZE));
    Psbt processed = processing.process(PsbtParams.one(request), keys, options);
    return PsbtProcessing.answer(processed);
  }
}
