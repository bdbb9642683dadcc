package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_NONFINAL;

import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.BlockDraft;

/** Relative lock times (BIP-0068). */
final class SequenceScenarios {
  private static final int DISABLED = 1 << 31;
  private static final int IN_TIME = 1 << 22;

  /** Seconds in a unit of relative lock time. */
  private static final int UNIT = 512;

  private SequenceScenarios() {}

  static List<Scenario> all() {
    return List.of(byBlocks(), byTime(), whenItCounts(), alongTheBranch(), fromActivation());
  }

  private static Tx spend(OutPoint coin, int sequence) {
    return Tx.spending(coin).sequence(sequence).output(1);
  }

  private static BlockDraft with(ScenarioWriter to, Tx tx) {
    return to.next().with(tx.build());
  }

  private static Scenario byBlocks() {
    ScenarioWriter to = ScenarioWriter.regtest("a relative lock time in blocks");
    OutPoint first = to.coinbase(1);
    int depth = to.nextHeight() - 1;
    to.invalid("131 blocks after 130", BAD_TXNS_NONFINAL, with(to, spend(first, depth + 1)));
    to.invalid("65,535 blocks", BAD_TXNS_NONFINAL, with(to, spend(first, 0xffff)));
    to.accept("130 blocks after 130", with(to, spend(first, depth)));
    Transaction parent = Tx.spending(to.coinbase(2)).output(100).output(100).build();
    Tx atOnce = spend(parent.outPoint(0), 0);
    Tx next = spend(parent.outPoint(1), 1);
    to.invalid(
        "1 block, in the same block",
        BAD_TXNS_NONFINAL,
        to.next().with(parent, atOnce.build(), next.build()));
    to.accept("0 blocks, in the same block", to.next().with(parent, atOnce.build()));
    to.accept("1 block, in the next block", with(to, next));
    Tx two = spend(to.coinbase(3), 0).input(to.coinbase(4), Script.EMPTY);
    int fourth = to.nextHeight() - 4;
    to.invalid(
        "two inputs, of which one waits", BAD_TXNS_NONFINAL, with(to, two.sequence(fourth + 1)));
    to.accept("two inputs, of which none waits", with(to, two.sequence(fourth)));
    to.tip("two inputs, of which none waits");
    return to.done();
  }

  /**
   * From the median time past of the block before the coin's to that of the block before the
   * spend's pass 600 seconds a block: after 128 blocks exactly 150 units.
   */
  private static Scenario byTime() {
    ScenarioWriter to = ScenarioWriter.regtest("a relative lock time in units of 512 seconds");
    // The first blocks of a chain have a younger median.
    to.mine(8);
    int height = to.nextHeight() - 128;
    OutPoint coin = to.coinbase(height);
    long start = to.basePlace(height - 1).medianTimePast();
    if (to.place().medianTimePast() - start != 150 * UNIT) {
      throw new AssertionError("the base's times have changed");
    }
    to.invalid("151 units", BAD_TXNS_NONFINAL, with(to, spend(coin, IN_TIME | 151)));
    to.invalid("65,535 units", BAD_TXNS_NONFINAL, with(to, spend(coin, IN_TIME | 0xffff)));
    to.accept("150 units", with(to, spend(coin, IN_TIME | 150)));
    Transaction parent = Tx.spending(to.coin()).output(100).output(100).build();
    Tx atOnce = spend(parent.outPoint(0), IN_TIME);
    Tx later = spend(parent.outPoint(1), IN_TIME | 1);
    to.invalid(
        "1 unit, in the same block",
        BAD_TXNS_NONFINAL,
        to.next().with(parent, atOnce.build(), later.build()));
    to.accept("no unit, in the same block", to.next().with(parent, atOnce.build()));
    to.accept("1 unit, in the next block, 600 seconds later", with(to, later));
    to.tip("1 unit, in the next block, 600 seconds later");
    return to.done();
  }

  private static Scenario whenItCounts() {
    ScenarioWriter to = ScenarioWriter.regtest("which relative lock times count");
    int far = 0xffff;
    to.accept("disabled", with(to, spend(to.coin(), DISABLED | far)));
    to.accept("disabled, in time", with(to, spend(to.coin(), DISABLED | IN_TIME | far)));
    to.accept("version 1", with(to, spend(to.coin(), far).version(1)));
    to.accept("version 0", with(to, spend(to.coin(), far).version(0)));
    OutPoint coin = to.coin();
    to.invalid("version 2", BAD_TXNS_NONFINAL, with(to, spend(coin, far).version(2)));
    to.invalid("version 3", BAD_TXNS_NONFINAL, with(to, spend(coin, far).version(3)));
    // The version is an unsigned number here.
    to.invalid("version -1", BAD_TXNS_NONFINAL, with(to, spend(coin, far).version(-1)));
    int others = ~(DISABLED | IN_TIME | 0xffff);
    to.accept("bits without a meaning", with(to, spend(coin, others)));
    to.invalid(
        "bits without a meaning beside the others",
        BAD_TXNS_NONFINAL,
        with(to, spend(to.coin(), others | far)));
    to.tip("bits without a meaning");
    return to.done();
  }

  /** One coin, made at another height of each branch. */
  private static Scenario alongTheBranch() {
    ScenarioWriter to = ScenarioWriter.regtest("a relative lock time on two branches");
    Transaction parent = Tx.spending(to.coin()).output(100).build();
    Tx child = spend(parent.outPoint(0), 2);
    to.accept("a1", to.on("base").with(parent));
    to.accept("a2", to.on("a1"));
    to.accept("a3 spends", to.on("a2").with(child.build()));
    to.accept("b1", to.on("base"));
    to.accept("b2", to.on("b1").with(parent));
    to.accept("b3", to.on("b2"));
    Tx tooEarly = spend(parent.outPoint(0), 3);
    to.invalid("b4 spends too early", BAD_TXNS_NONFINAL, to.on("b3").with(tooEarly.build()));
    to.tip("a3 spends");
    to.accept("b4 spends", to.on("b3").with(child.build()));
    to.tip("b4 spends");
    return to.done();
  }

  private static Scenario fromActivation() {
    ConsensusParams params =
        ConsensusParams.regtest().withActivationHeight(Deployment.CSV, ScenarioWriter.BASE + 2);
    ScenarioWriter to =
        ScenarioWriter.withBase("relative lock times from CSV on", params, ScenarioWriter.BASE);
    to.accept("65,535 blocks, before", with(to, spend(to.coin(), 0xffff)));
    OutPoint coin = to.coin();
    to.invalid("65,535 blocks, in force", BAD_TXNS_NONFINAL, with(to, spend(coin, 0xffff)));
    to.invalid(
        "65,535 units, in force", BAD_TXNS_NONFINAL, with(to, spend(coin, IN_TIME | 0xffff)));
    to.accept("no blocks, in force", with(to, spend(coin, 0)));
    to.tip("no blocks, in force");
    return to.done();
  }
}
