package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.ScriptVerifier;

/**
 * A transaction whose inputs are to be signed, with the outputs that it spends as far as they are
 * known. Taproot signatures cover all of them, so that one that is not known prevents any.
 */
public final class SigningTarget {
  private static final TxOut UNKNOWN = new TxOut(0, Script.EMPTY);

  private final PrecomputedTransaction precomputed;
  private final boolean knowsAllSpent;

  private SigningTarget(PrecomputedTransaction precomputed, boolean knowsAllSpent) {
    this.precomputed = precomputed;
    this.knowsAllSpent = knowsAllSpent;
  }

  /**
   * @param spent one for each input, in their order
   */
  public static SigningTarget of(Transaction transaction, List<Optional<TxOut>> spent) {
    List<TxOut> outputs = new ArrayList<>();
    spent.forEach(output -> outputs.add(output.orElse(UNKNOWN)));
    return new SigningTarget(
        PrecomputedTransaction.of(transaction, outputs),
        spent.stream().allMatch(Optional::isPresent));
  }

  /** A transaction that is known with all that it spends. */
  public static SigningTarget of(PrecomputedTransaction precomputed) {
    return new SigningTarget(precomputed, true);
  }

  /** With an output of nothing where one is not known. */
  public PrecomputedTransaction precomputed() {
    return precomputed;
  }

  boolean knowsAllSpent() {
    return knowsAllSpent;
  }

  /** Whether an input may spend its output with these scripts, by the rules of relay. */
  public boolean isValid(int index, Script scriptSig, Witness witness) {
    Script output = precomputed.spent(index).scriptPubKey();
    boolean taproot =
        ScriptPattern.isWitnessProgram(output) && ScriptPattern.witnessVersion(output) == 1;
    if (taproot && !knowsAllSpent) {
      return false;
    }
    TxIn input = precomputed.transaction().inputs().get(index);
    TxIn signed = input.withScriptSig(scriptSig).withWitness(witness);
    return ScriptVerifier.verify(precomputed, index, signed, ScriptFlags.STANDARD)
        == ScriptError.OK;
  }
}
