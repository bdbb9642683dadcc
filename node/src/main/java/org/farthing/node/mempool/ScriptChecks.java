package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigOps;

/** The scripts of a transaction that wants to wait. */
final class ScriptChecks {
  private ScriptChecks() {}

  /** What blocks count for the transaction's signature operations. */
  static int sigOpCost(Transaction tx, List<Coin> spent) {
    return SigOps.cost(tx, outputs(spent), ScriptFlags.STANDARD);
  }

  private static List<TxOut> outputs(List<Coin> spent) {
    return spent.stream().map(Coin::output).toList();
  }

  /**
   * Runs all scripts under the rules for relayed transactions, then under those of the next block:
   * should the first ever be the laxer ones, no block is spoilt by it. A signature is verified once
   * all the same. What was found valid is remembered, for the block that will have the transaction,
   * and for its way back should that block be taken back.
   *
   * @param spent the outputs that the inputs spend, in their order
   */
  static Optional<MempoolResult> verify(Transaction tx, List<Coin> spent, MempoolChain chain) {
    PrecomputedTransaction precomputed =
        PrecomputedTransaction.of(tx, outputs(spent)).rememberingSignatures();
    for (ScriptFlags flags : List.of(ScriptFlags.STANDARD, chain.nextBlockFlags())) {
      if (!chain.verifiedScripts().contains(tx.wtxid(), flags)) {
        Optional<MempoolResult> fault = verify(precomputed, spent.size(), flags);
        if (fault.isPresent()) {
          return fault;
        }
        chain.verifiedScripts().add(tx.wtxid(), flags);
      }
    }
    return Optional.empty();
  }

  private static Optional<MempoolResult> verify(
      PrecomputedTransaction precomputed, int inputs, ScriptFlags flags) {
    for (int i = 0; i < inputs; i++) {
      ScriptError error = ScriptVerifier.verify(precomputed, i, flags);
      if (error != ScriptError.OK) {
        return Optional.of(failure(precomputed, i, error));
      }
    }
    return Optional.empty();
  }

  private static MempoolResult failure(
      PrecomputedTransaction precomputed, int index, ScriptError error) {
    Transaction tx = precomputed.transaction();
    OutPoint spent = tx.inputs().get(index).outPoint();
    PolicyReason reason =
        !tx.hasWitness() && wantsWitness(precomputed)
            ? PolicyReason.SCRIPT_WITHOUT_WITNESS
            : PolicyReason.SCRIPT;
    return new MempoolResult.Refused(
        reason,
        "%s (%s)".formatted(reason.label(), error.text()),
        "input %d of %s (wtxid %s), spending %s".formatted(index, tx.txid(), tx.wtxid(), spent));
  }

  /** One of the spent outputs is a witness program that needs a witness, bare or in P2SH. */
  private static boolean wantsWitness(PrecomputedTransaction precomputed) {
    List<TxIn> inputs = precomputed.transaction().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Script script = precomputed.spent(i).scriptPubKey();
      Script scriptSig = inputs.get(i).scriptSig();
      boolean behindHash =
          ScriptPattern.isP2sh(script)
              && SpendingStandardness.lastPush(scriptSig)
                  .filter(ScriptPattern::isWitnessProgram)
                  .isPresent();
      boolean bare = ScriptPattern.isWitnessProgram(script) && !ScriptPattern.isAnchor(script);
      if (bare || behindHash) {
        return true;
      }
    }
    return false;
  }
}
