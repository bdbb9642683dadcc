package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_NONFINAL;

import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;

/** Absolute lock times, by height and by time (BIP-0113). */
final class LockTimeScenarios {
  private LockTimeScenarios() {}

  static List<Scenario> all() {
    return List.of(byHeight(), byMedianTime(), byBlockTime(), inCoinbase());
  }

  private static Transaction locked(ScenarioWriter to, long lockTime) {
    return Tx.spending(to.coin()).lockTime(lockTime).output(1).build();
  }

  private static Scenario byHeight() {
    ScenarioWriter to = ScenarioWriter.regtest("a lock time that is a height");
    int height = to.nextHeight();
    Transaction atThis = locked(to, height);
    to.invalid("the block's own", BAD_TXNS_NONFINAL, to.next().with(atThis));
    to.accept("the block's before", to.next().with(locked(to, height - 1)));
    to.accept("the block's own, a block later", to.next().with(atThis));
    to.invalid("the last height", BAD_TXNS_NONFINAL, to.next().with(locked(to, 499_999_999)));
    OutPoint coin = to.coin();
    OutPoint other = to.coin();
    Tx mixed =
        Tx.spending(coin).sequence(Sequence.FINAL).input(other, Script.EMPTY).lockTime(400_000);
    to.invalid(
        "far, and one input that minds",
        BAD_TXNS_NONFINAL,
        to.next().with(mixed.output(1).build()));
    to.accept(
        "far, and no input that minds",
        to.next().with(mixed.sequence(Sequence.FINAL).output(2).build()));
    to.tip("far, and no input that minds");
    return to.done();
  }

  private static Scenario byMedianTime() {
    ScenarioWriter to =
        ScenarioWriter.regtest("a lock time that is a time, measured by the median");
    long median = to.place().medianTimePast();
    Transaction atMedian = locked(to, median);
    to.invalid("the median past", BAD_TXNS_NONFINAL, to.next().with(atMedian));
    to.accept("a second before", to.next().with(locked(to, median - 1)));
    to.accept("the median past, a block later", to.next().with(atMedian));
    long own = to.next().timeSeconds();
    to.invalid("before the block's time", BAD_TXNS_NONFINAL, to.next().with(locked(to, own - 1)));
    to.accept("the first that is a time", to.next().with(locked(to, 500_000_000)));
    // Unsigned: in the year 2038, and in 2106.
    to.invalid("2^31", BAD_TXNS_NONFINAL, to.next().with(locked(to, 1L << 31)));
    to.invalid("2^32 - 1", BAD_TXNS_NONFINAL, to.next().with(locked(to, 0xffffffffL)));
    to.tip("the first that is a time");
    return to.done();
  }

  /** Before BIP-0113 it was the block's own time, and CSV brings the change. */
  private static Scenario byBlockTime() {
    ConsensusParams params =
        ConsensusParams.regtest().withActivationHeight(Deployment.CSV, ScenarioWriter.BASE + 3);
    ScenarioWriter to =
        ScenarioWriter.withBase(
            "a lock time that is a time, measured by the block", params, ScenarioWriter.BASE);
    long time = to.next().timeSeconds();
    Transaction atTime = locked(to, time);
    to.invalid("the block's time", BAD_TXNS_NONFINAL, to.next().with(atTime));
    to.accept("a second before", to.next().with(locked(to, time - 1)));
    to.accept("the block's time, a block later", to.next().with(atTime));
    long next = to.next().timeSeconds();
    Transaction before = locked(to, next - 1);
    to.invalid("a second before, CSV in force", BAD_TXNS_NONFINAL, to.next().with(before));
    long median = to.place().medianTimePast();
    to.accept("a second before the median, CSV in force", to.next().with(locked(to, median - 1)));
    to.mine(4);
    to.invalid("after four more", BAD_TXNS_NONFINAL, to.next().with(before));
    to.mine(1);
    to.accept("a second before, when the median has come", to.next().with(before));
    to.tip("a second before, when the median has come");
    return to.done();
  }

  private static Scenario inCoinbase() {
    ScenarioWriter to = ScenarioWriter.regtest("a lock time in the coinbase");
    int height = to.nextHeight();
    to.invalid(
        "the block's height",
        BAD_TXNS_NONFINAL,
        to.next().changeCoinbase(made -> locked(made, height, 0)));
    to.accept(
        "the block's height, and an input that does not mind",
        to.next().changeCoinbase(made -> locked(made, height, Sequence.FINAL)));
    to.accept("the height before", to.next().changeCoinbase(made -> locked(made, height, 0)));
    to.tip("the height before");
    return to.done();
  }

  private static Transaction locked(Transaction coinbase, int lockTime, int sequence) {
    TxIn input = coinbase.inputs().get(0);
    return new Transaction(
        2,
        List.of(new TxIn(input.outPoint(), input.scriptSig(), sequence, input.witness())),
        coinbase.outputs(),
        lockTime);
  }
}
