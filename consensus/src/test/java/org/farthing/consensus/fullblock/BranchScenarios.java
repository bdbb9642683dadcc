package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_CB_AMOUNT;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_INPUTS_MISSINGORSPENT;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_PREMATURE_SPEND_OF_COINBASE;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.BlockDraft;

/** Which of several branches wins, and what becomes of coins when the tip moves over. */
final class BranchScenarios {
  private BranchScenarios() {}

  static List<Scenario> all() {
    return List.of(
        firstSeen(),
        backAndForth(),
        conflictingSpends(),
        invalidAtTheEnd(),
        invalidInTheMiddle(),
        coinsOfAnotherBranch(),
        coinsThatNobodyCanSpend());
  }

  private static Scenario firstSeen() {
    ScenarioWriter to = ScenarioWriter.regtest("the first seen of branches with the same work");
    to.accept("a1", to.on("base"));
    to.accept("b1", to.on("base"));
    to.accept("c1", to.on("base"));
    to.tip("a1");
    to.accept("b2", to.on("b1"));
    to.tip("b2");
    to.accept("a2", to.on("a1"));
    to.accept("c2", to.on("c1"));
    to.tip("b2");
    to.accept("a3", to.on("a2"));
    to.tip("a3");
    return to.done();
  }

  /** Three branches overtake each other, the loser always by two blocks. */
  private static Scenario backAndForth() {
    ScenarioWriter to = ScenarioWriter.regtest("three branches in turn");
    for (String branch : List.of("a", "b", "c")) {
      Transaction spend = Tx.spending(to.coinbase(1)).output(branch.charAt(0)).build();
      to.accept(branch + 0, to.on("base").with(spend));
    }
    to.tip("a0");
    int[] lengths = {0, 0, 0};
    for (int turn = 1; turn <= 12; turn++) {
      int index = turn % 3;
      String branch = String.valueOf((char) ('a' + index));
      int target = turn;
      while (lengths[index] < target) {
        String parent = branch + lengths[index];
        to.accept(branch + ++lengths[index], to.on(parent));
      }
      to.tip(branch + target);
    }
    return to.done();
  }

  private static Scenario conflictingSpends() {
    ScenarioWriter to = ScenarioWriter.regtest("one coin, spent differently on each branch");
    OutPoint coin = to.coin();
    Transaction one = Tx.spending(coin).output(1).build();
    Transaction other = Tx.spending(coin).output(2).build();
    Transaction child = Tx.spending(one.outPoint(0)).output(1).build();
    to.accept("a1", to.on("base").with(one));
    to.accept("b1", to.on("base").with(other));
    to.accept("b2", to.on("b1"));
    to.tip("b2");
    to.invalid("b3, with the spend of a1", BAD_TXNS_INPUTS_MISSINGORSPENT, to.next().with(one));
    to.invalid("b3, with the child of a1", BAD_TXNS_INPUTS_MISSINGORSPENT, to.next().with(child));
    to.invalid("b3, with b1's spend again", BAD_TXNS_INPUTS_MISSINGORSPENT, to.next().with(other));
    to.accept("a2", to.on("a1").with(child));
    to.accept("a3", to.on("a2"));
    to.tip("a3");
    to.accept("b3", to.on("b2"));
    to.accept("b4", to.on("b3"));
    to.tip("b4");
    return to.done();
  }

  private static Scenario invalidAtTheEnd() {
    ScenarioWriter to = ScenarioWriter.regtest("a longer branch ends in an invalid block");
    to.accept("a1", to.on("base"));
    to.accept("a2", to.on("a1"));
    to.accept("b1", to.on("base"));
    to.accept("b2", to.on("b1"));
    to.invalid("b3 takes too much", BAD_CB_AMOUNT, to.on("b2").fees(1));
    to.tip("a2");
    to.accept("b3", to.on("b2"));
    to.tip("b3");
    to.invalid("b4 takes too much", BAD_CB_AMOUNT, to.on("b3").fees(1));
    to.tip("b3");
    return to.done();
  }

  private static Scenario invalidInTheMiddle() {
    ScenarioWriter to = ScenarioWriter.regtest("a longer branch with an invalid block inside");
    to.accept("a1", to.on("base"));
    to.accept("b1", to.on("base"));
    to.accept("b2", to.on("b1"));
    to.tip("b2");
    to.sleeping("a2 takes too much", BAD_CB_AMOUNT, to.on("a1").fees(1));
    to.tip("b2");
    to.doomed("a3", to.on("a2 takes too much"));
    to.tip("b2");
    to.accept("c1", to.on("base"));
    to.sleeping(
        "c2 spends what is gone",
        BAD_TXNS_INPUTS_MISSINGORSPENT,
        to.on("c1").with(doubleSpend(to)));
    to.doomed("c3", to.on("c2 spends what is gone"));
    to.tip("b2");
    to.accept("a2", to.on("a1"));
    to.accept("a3 after the honest a2", to.on("a2"));
    to.tip("a3 after the honest a2");
    return to.done();
  }

  private static List<Transaction> doubleSpend(ScenarioWriter to) {
    OutPoint coin = to.coin();
    return List.of(Tx.spending(coin).output(1).build(), Tx.spending(coin).output(2).build());
  }

  private static Scenario coinsOfAnotherBranch() {
    ScenarioWriter to = ScenarioWriter.regtest("coins that only another branch has");
    Transaction made = Tx.spending(to.coin()).output(1).build();
    Transaction used = Tx.spending(made.outPoint(0)).output(1).build();
    to.accept("a1 makes a coin", to.on("base").with(made));
    to.accept("b1", to.on("base"));
    to.invalid("b2 spends the coin", BAD_TXNS_INPUTS_MISSINGORSPENT, to.on("b1").with(used));
    to.tip("a1 makes a coin");
    // Mature for the second block after the base, not for the first.
    OutPoint young = to.coinbase(ScenarioWriter.BASE - 98);
    Transaction early = Tx.spending(young).output(1).build();
    to.sleeping(
        "c1 spends a coinbase that is too young",
        BAD_TXNS_PREMATURE_SPEND_OF_COINBASE,
        to.on("base").with(early));
    to.doomed("c2", to.on("c1 spends a coinbase that is too young"));
    to.accept("a2 spends it in time", to.on("a1 makes a coin").with(used, early));
    to.tip("a2 spends it in time");
    return to.done();
  }

  /**
   * An output that begins with OP_RETURN never was a coin: it need not be there to be taken away.
   */
  private static Scenario coinsThatNobodyCanSpend() {
    ScenarioWriter to = ScenarioWriter.regtest("OP_RETURN on branches that come and go");
    Script nobody = Script.of(new byte[] {0x6a});
    Transaction mixed =
        Tx.spending(to.coin()).output(0, nobody).output(5).output(7, nobody).build();
    to.accept("a1", to.on("base").with(mixed));
    to.accept("b1", to.on("base"));
    to.accept("b2", to.on("b1").with(mixed));
    to.tip("b2");
    to.accept("a2", to.on("a1"));
    to.accept("a3", to.on("a2").with(Tx.spending(mixed.outPoint(1)).output(1).build()));
    to.tip("a3");
    for (int output : new int[] {0, 2}) {
      to.invalid(
          "output " + output + " is spent",
          BAD_TXNS_INPUTS_MISSINGORSPENT,
          to.on("a3").with(Tx.spending(mixed.outPoint(output)).output(0).build()));
    }
    BlockDraft spendable = to.on("b2").with(Tx.spending(mixed.outPoint(1)).output(2).build());
    to.accept("b3", spendable);
    to.accept("b4", to.on("b3"));
    to.tip("b4");
    return to.done();
  }
}
