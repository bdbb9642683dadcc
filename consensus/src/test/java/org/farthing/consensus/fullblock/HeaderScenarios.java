package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_DIFFBITS;
import static org.farthing.consensus.validation.RejectReason.HIGH_HASH;
import static org.farthing.consensus.validation.RejectReason.TIME_TIMEWARP_ATTACK;
import static org.farthing.consensus.validation.RejectReason.TIME_TOO_NEW;
import static org.farthing.consensus.validation.RejectReason.TIME_TOO_OLD;

import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.testing.BlockDraft;

/** What a header says: time, target, work, version, parent. */
final class HeaderScenarios {
  private static final long TWO_HOURS = 7200;

  private HeaderScenarios() {}

  static List<Scenario> all() {
    return List.of(past(), future(), timewarp(), work(), versions(), unknownParent());
  }

  private static Scenario past() {
    ScenarioWriter to = ScenarioWriter.regtest("a time after the median of eleven");
    long median = to.place().medianTimePast();
    to.refuseHeader("the median", TIME_TOO_OLD, to.next().timeSeconds(median));
    to.refuseHeader("a second before", TIME_TOO_OLD, to.next().timeSeconds(median - 1));
    to.refuseHeader("the least time there is", TIME_TOO_OLD, to.next().timeSeconds(0));
    to.accept("a second after, before its parent", to.next().timeSeconds(median + 1));
    long next = to.place().medianTimePast();
    to.refuseHeader("the next median", TIME_TOO_OLD, to.next().timeSeconds(next));
    to.accept("a second after the next median", to.next().timeSeconds(next + 1));
    to.tip("a second after the next median");
    return to.done();
  }

  private static Scenario future() {
    ScenarioWriter to = ScenarioWriter.regtest("a time at most two hours ahead");
    long now = to.place().timeSeconds() + 600;
    to.clock(now);
    Block late =
        to.refuseHeader(
            "two hours and a second ahead",
            TIME_TOO_NEW,
            to.next().timeSeconds(now + TWO_HOURS + 1));
    to.refuseHeader("the last second", TIME_TOO_NEW, to.next().timeSeconds(0xffffffffL));
    to.accept("two hours ahead", to.next().timeSeconds(now + TWO_HOURS));
    to.clock(now + 1);
    to.accept("two hours and a second ahead, a second later", late);
    to.tip("two hours ahead");
    to.accept("the next", to.next().timeSeconds(now + TWO_HOURS + 1));
    to.tip("the next");
    return to.done();
  }

  /** BIP-0094: the first block of a period may not be much older than its parent. */
  private static Scenario timewarp() {
    int first = 144;
    ConsensusParams params = ConsensusParams.regtest().withBip94();
    ScenarioWriter to = ScenarioWriter.withBase("time at the turn of a period", params, first - 2);
    to.accept("601 seconds back, a block before", back(to, 601));
    to.refuseHeader("601 seconds back", TIME_TIMEWARP_ATTACK, back(to, 601));
    to.accept("600 seconds back", back(to, 600));
    to.mine(3);
    to.accept("601 seconds back, later", back(to, 601));
    to.tip("601 seconds back, later");
    return to.done();
  }

  private static BlockDraft back(ScenarioWriter to, int seconds) {
    return to.next().timeSeconds(to.place().timeSeconds() - seconds);
  }

  private static Scenario work() {
    ScenarioWriter to = ScenarioWriter.regtest("target and work");
    to.refuseHeader("a harder target", BAD_DIFFBITS, to.next().bits(0x207ffffe));
    to.refuseHeader("an easier target", HIGH_HASH, to.next().bits(0x2100ffff));
    to.refuseHeader("a target of more than 256 bits", HIGH_HASH, to.next().bits(0x22010000));
    to.refuseHeader("a negative target", HIGH_HASH, to.next().bits(0x20ffffff));
    to.refuseHeader("no target", HIGH_HASH, to.next().bits(0));
    to.refuseHeader("a hash above the target", HIGH_HASH.label(), unsolved(to));
    to.accept("a hash below the target", to.next());
    to.tip("a hash below the target");
    return to.done();
  }

  private static Block unsolved(ScenarioWriter to) {
    Block block = to.next().build();
    BlockHeader header = block.header();
    while (ProofOfWork.asNumber(header.hash())
            .compareTo(ProofOfWork.target(header.bits()).orElseThrow())
        <= 0) {
      header = header.withNonce(header.nonce() + 1);
    }
    return new Block(header, block.transactions());
  }

  private static Scenario versions() {
    int height = ScenarioWriter.BASE + 3;
    ConsensusParams params =
        ConsensusParams.regtest()
            .withActivationHeight(Deployment.BIP34, height)
            .withActivationHeight(Deployment.BIP66, height + 2)
            .withActivationHeight(Deployment.BIP65, height + 4);
    ScenarioWriter to =
        ScenarioWriter.withBase("the version that is due", params, ScenarioWriter.BASE);
    to.accept("0 before BIP34", to.next().version(0));
    to.accept("-1 before BIP34", to.next().version(-1));
    refuse(to, "BIP34", 1);
    refuse(to, "BIP34", Integer.MIN_VALUE);
    to.accept("2 at BIP34", to.next().version(2));
    to.accept("2 before BIP66", to.next().version(2));
    refuse(to, "BIP66", 2);
    to.accept("3 at BIP66", to.next().version(3));
    to.accept("3 before BIP65", to.next().version(3));
    refuse(to, "BIP65", 3);
    refuse(to, "BIP65", 0);
    refuse(to, "BIP65", -1);
    to.accept("4 at BIP65", to.next().version(4));
    to.accept("the highest", to.next().version(Integer.MAX_VALUE));
    to.tip("the highest");
    return to.done();
  }

  private static void refuse(ScenarioWriter to, String deployment, int version) {
    to.refuseHeader(
        version + " at " + deployment,
        String.format("bad-version(0x%08x)", version),
        to.next().version(version).build());
  }

  private static Scenario unknownParent() {
    ScenarioWriter to = ScenarioWriter.regtest("a parent that comes later");
    Block parent = to.prepared(to.next());
    Block child = to.prepared(to.next());
    Block grandchild = to.prepared(to.next());
    to.orphan("the grandchild, too early", grandchild);
    to.orphan("the child, too early", child);
    to.accept("parent", parent);
    to.orphan("the grandchild, still too early", grandchild);
    to.accept("child", child);
    to.accept("grandchild", grandchild);
    to.tip("grandchild");
    return to.done();
  }
}
