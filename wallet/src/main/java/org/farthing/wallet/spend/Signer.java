package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;

/**
 * Signs the inputs of a planned transaction with keys derived from the wallet's root: P2PKH, P2WPKH
 * and P2SH-P2WPKH. Every input is verified by the rules that nodes relay by before the transaction
 * is handed out.
 */
public final class Signer {
  private final ExtendedKey master;

  /** Keeps the root key no longer than itself; its owner wipes it. */
  public Signer(ExtendedKey master) {
    this.master = master;
  }

  /**
   * @throws WalletException INVALID_KEY where a coin's key does not come from this root
   */
  public Transaction sign(TxPlan plan) throws WalletException {
    Transaction unsigned = plan.unsigned();
    SigningTarget target = SigningTarget.of(PrecomputedTransaction.of(unsigned, plan.spent()));
    List<TxIn> inputs = new ArrayList<>();
    for (int i = 0; i < unsigned.inputs().size(); i++) {
      inputs.add(signInput(target, i, plan.coins().get(i)));
    }
    Transaction signed =
        new Transaction(unsigned.version(), inputs, unsigned.outputs(), unsigned.lockTime());
    verify(PrecomputedTransaction.of(signed, plan.spent()));
    return signed;
  }

  private static void verify(PrecomputedTransaction signed) {
    for (int i = 0; i < signed.transaction().inputs().size(); i++) {
      ScriptError error = ScriptVerifier.verify(signed, i, ScriptFlags.STANDARD);
      if (error != ScriptError.OK) {
        throw new AssertionError("own signature of input " + i + " is wrong: " + error);
      }
    }
  }

  private TxIn signInput(SigningTarget target, int index, SpendableCoin coin)
      throws WalletException {
    KeyOrigin origin = coin.origin().keyOrigin();
    if (origin.fingerprint() != master.fingerprint()) {
      throw new WalletException(
          WalletError.INVALID_KEY, "the key of " + coin.outPoint() + " is not in this wallet");
    }
    ExtendedKey key = master.derive(origin.path());
    byte[] secret = key.privateKey();
    try {
      SigningKeys keys = new SigningKeys();
      keys.add(new PrivateKey(secret, true));
      if (coin.origin().keychain().descriptor() instanceof ScriptExpression.Sh nested) {
        keys.add(nested.redeemScriptAt(coin.origin().index()));
      }
      return new InputSigner(target, index, keys, SigHashType.DEFAULT).sign();
    } finally {
      Arrays.fill(secret, (byte) 0);
      key.wipe();
    }
  }
}
