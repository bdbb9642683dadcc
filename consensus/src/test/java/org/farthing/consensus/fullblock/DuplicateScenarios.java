package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_BIP30;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_PREMATURE_SPEND_OF_COINBASE;

import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;

/** BIP-0030: where coinbases need not hold their height, the same transaction can come again. */
final class DuplicateScenarios {
  private static final int NEVER = 1_000_000;

  /** A coinbase for every height. */
  private static final Transaction COINBASE =
      new Transaction(
          1,
          List.of(new TxIn(OutPoint.NULL, Script.of(new byte[2]), Sequence.FINAL)),
          List.of(new TxOut(500, BlockDraft.ANYONE), new TxOut(700, BlockDraft.ANYONE)),
          0);

  private DuplicateScenarios() {}

  static List<Scenario> all() {
    return List.of(sameCoinbase(), sameSpend());
  }

  private static ScenarioWriter writer(String name) {
    return new ScenarioWriter(
        name, ConsensusParams.regtest().withActivationHeight(Deployment.BIP34, NEVER));
  }

  private static BlockDraft again(ScenarioWriter to) {
    return to.next().changeCoinbase(made -> COINBASE);
  }

  private static Transaction spend(int output) {
    return Tx.spending(COINBASE.outPoint(output)).output(100 + output).build();
  }

  private static Scenario sameCoinbase() {
    ScenarioWriter to = writer("the same coinbase again");
    to.accept("for the first time", again(to));
    to.invalid("in the next block", BAD_TXNS_BIP30, again(to));
    to.mine(99);
    to.accept("one output is spent", to.next().with(spend(0)));
    to.invalid("one output is left", BAD_TXNS_BIP30, again(to));
    to.invalid("in the block that spends the other", BAD_TXNS_BIP30, again(to).with(spend(1)));
    to.accept("the other output is spent", to.next().with(spend(1)));
    to.accept("all is spent", again(to));
    to.invalid("and again", BAD_TXNS_BIP30, again(to));
    to.invalid(
        "a young coin under an old name",
        BAD_TXNS_PREMATURE_SPEND_OF_COINBASE,
        to.next().with(Tx.spending(COINBASE.outPoint(0)).output(1).build()));
    to.tip("all is spent");
    // Without the second one, and back to it.
    to.branch("without it", "the other output is spent", 2);
    to.tip("without it");
    to.branch("with it", "all is spent", 2);
    to.tip("with it");
    // On a branch that forks before the first, both are gone.
    to.branch("without either", "for the first time", 100);
    to.branch("without either, but longer", "without either", 8);
    to.tip("without either, but longer");
    to.invalid("one is left on each branch", BAD_TXNS_BIP30, again(to));
    return to.done();
  }

  /** A spend of a coinbase that came again can come again too. */
  private static Scenario sameSpend() {
    ScenarioWriter to = writer("the same spend again");
    Transaction both = Tx.spending(COINBASE.outPoint(0), COINBASE.outPoint(1)).output(9).build();
    to.accept("the coinbase", again(to));
    to.mine(99);
    to.accept("its spend", to.next().with(both));
    to.accept("the coinbase again", again(to));
    to.mine(99);
    to.invalid("its spend again", BAD_TXNS_BIP30, to.next().with(both));
    to.accept(
        "the first spend is spent",
        to.next().with(Tx.spending(both.outPoint(0)).output(8).build()));
    to.accept("its spend again, when the first is gone", to.next().with(both));
    to.invalid("its spend once more", BAD_TXNS_BIP30, to.next().with(both));
    to.tip("its spend again, when the first is gone");
    return to.done();
  }
}
