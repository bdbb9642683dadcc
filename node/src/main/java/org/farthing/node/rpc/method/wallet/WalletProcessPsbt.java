package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.method.psbt.PsbtProcessing;
import org.farthing.node.rpc.method.rawtx.SigningJson;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtSigner;

/** {@code walletprocesspsbt}. */
public final class WalletProcessPsbt implements RpcMethod {
  private static final Param<String> PSBT = Param.text("psbt", "The partially signed transaction");
  private static final Param<Boolean> SIGN = Param.flag("sign", "Whether to sign").or(true);
  private static final Param<Boolean> DERIVATIONS =
      Param.flag("bip32derivs", "Whether to fill in where keys come from").or(true);
  private static final Param<Boolean> FINALIZE =
      Param.flag("finalize", "Whether to make inputs final that need nothing more").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "walletprocesspsbt",
              Category.WALLET,
              "Fills in what the wallet knows, and signs what it can.")
          .takes(PSBT, SIGN, SigningJson.SIGHASH, DERIVATIONS, FINALIZE)
          .returns(PsbtProcessing.RESULT)
          .example("\"psbt\"");

  private final WalletAccess wallets;

  public WalletProcessPsbt(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Psbt psbt = Decode.psbt(request.get(PSBT));
    Optional<String> type = request.find(SigningJson.SIGHASH);
    PsbtSigner.Options options =
        new PsbtSigner.Options(
            type.isPresent() ? OptionalInt.of(SigningJson.sigHashType(type)) : OptionalInt.empty(),
            request.get(FINALIZE));
    WalletPsbts.Wish wish =
        new WalletPsbts.Wish(request.get(SIGN), request.get(DERIVATIONS), options);
    return PsbtProcessing.answer(
        wallets.ask(request, wallet -> WalletPsbts.process(wallet, psbt, wish)));
  }
}
