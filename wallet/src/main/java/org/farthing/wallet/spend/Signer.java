package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * Signs all inputs of a planned transaction. Every one is verified by the rules that nodes relay by
 * before the transaction is handed out.
 */
public final class Signer {
  private final SigningKeys keys;

  /** Uses keys that stay its caller's. */
  public Signer(SigningKeys keys) {
    this.keys = keys;
  }

  /**
   * @throws WalletException INVALID_KEY where the keys don't suffice for a coin
   */
  public Transaction sign(TxPlan plan) throws WalletException {
    Transaction unsigned = plan.unsigned();
    SigningTarget target = SigningTarget.of(PrecomputedTransaction.of(unsigned, plan.spent()));
    List<TxIn> inputs = new ArrayList<>();
    for (int i = 0; i < unsigned.inputs().size(); i++) {
      inputs.add(new InputSigner(target, i, keys, SigHashType.DEFAULT).sign());
    }
    Transaction signed =
        new Transaction(unsigned.version(), inputs, unsigned.outputs(), unsigned.lockTime());
    verify(PrecomputedTransaction.of(signed, plan.spent()));
    return signed;
  }

  private static void verify(PrecomputedTransaction signed) throws WalletException {
    for (int i = 0; i < signed.transaction().inputs().size(); i++) {
      ScriptError error = ScriptVerifier.verify(signed, i, ScriptFlags.STANDARD);
      if (error != ScriptError.OK) {
        throw new WalletException(
            WalletError.INVALID_KEY,
            "the wallet cannot sign for "
                + signed.transaction().inputs().get(i).outPoint()
                + ": "
                + error.text());
      }
    }
  }
}
