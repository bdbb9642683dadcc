package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.rpc.method.psbt.PsbtProcessing;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtSigner;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.SigningKeys;

/** Partially signed transactions, with what a wallet knows of them. */
final class WalletPsbts {
  private WalletPsbts() {}

  /**
   * What is to be done.
   *
   * @param origins whether to tell where keys come from
   */
  record Wish(boolean sign, boolean origins, PsbtSigner.Options options) {
    /** All that the wallet can do. */
    static final Wish SIGN = new Wish(true, true, PsbtSigner.Options.USUAL);

    /** No signatures. */
    static Wish fill(boolean origins) {
      return new Wish(
          false, origins, new PsbtSigner.Options(PsbtSigner.Options.USUAL.sigHashType(), false));
    }
  }

  static ObjectNode process(Wallet wallet, PsbtProcessing processing, Psbt psbt, Wish wish)
      throws WalletException {
    List<Script> scripts = processing.scripts(psbt);
    Set<DescriptorKeys.Part> parts =
        wish.origins() ? Set.of(DescriptorKeys.Part.ORIGINS) : Set.of();
    if (!wish.sign()) {
      return answer(wallet, processing, psbt, wallet.signing().known(scripts, parts), wish);
    }
    wallet.locking().expectUnlocked();
    return wallet
        .signing()
        .withKeysOf(scripts, parts, keys -> answer(wallet, processing, psbt, keys, wish));
  }

  private static ObjectNode answer(
      Wallet wallet, PsbtProcessing processing, Psbt psbt, SigningKeys keys, Wish wish) {
    return PsbtProcessing.answer(
        processing.process(
            psbt,
            keys,
            wish.options(),
            txid -> wallet.history().find(txid).map(WalletTx::transaction)));
  }
}
