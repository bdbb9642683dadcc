package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployments;
import org.farthing.consensus.params.SignalledDeployment;
import org.farthing.consensus.params.SignalledDeployment.Poll;
import org.farthing.consensus.params.SignalledDeployment.Schedule;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VersionBitsTest {
  private static final int PERIOD = 10;
  private static final int THRESHOLD = 8;
  private static final int BIT = 3;
  private static final int YES = 0x20000008;
  private static final int NO = 0x20000000;

  /** Seconds from the start of the chain, at a block every ten seconds. */
  private static final long START = 250;

  private static final long TIMEOUT = 10_000;

  private static SignalledDeployment deployment(Schedule schedule) {
    return new SignalledDeployment("test", BIT, schedule, new Poll(PERIOD, THRESHOLD));
  }

  /** Regtest, its deployments replaced, with unknown ones polled alike. */
  private static VersionBits bits(SignalledDeployment... deployments) {
    return bits(0, deployments);
  }

  private static VersionBits bits(int unknownFromHeight, SignalledDeployment... deployments) {
    ConsensusParams base = ConsensusParams.regtest();
    return new VersionBits(
        new ConsensusParams(
            base.network(),
            base.genesis(),
            base.difficulty(),
            base.subsidy(),
            new Deployments(
                base.deployments().heights(),
                List.of(deployments),
                new Deployments.Unknown(new Poll(PERIOD, THRESHOLD), unknownFromHeight)),
            base.known(),
            Optional.empty()));
  }

  private static HeaderNode genesis() {
    BlockHeader header = ConsensusParams.regtest().genesis().header();
    return HeaderNode.genesis(
        new BlockHeader(
            header.version(), header.previous(), header.merkleRoot(), 0, header.bits(), 0),
        BigInteger.ONE);
  }

  private static HeaderNode grow(HeaderNode from, int count, int version) {
    HeaderNode node = from;
    for (int i = 0; i < count; i++) {
      long time = node.header().timeSeconds() + 10;
      node =
          HeaderNode.after(
              node,
              new BlockHeader(version, node.hash(), MerkleRoot.ZERO, time, 0x207fffff, 0),
              BigInteger.ONE);
    }
    return node;
  }

  /** A chain that ends a block before the first block of a period in which signals count. */
  private static HeaderNode untilStarted() {
    // The median of block 29 is that of its fifth ancestor: 240; that of block 39 is 340.
    return grow(genesis(), 39, NO);
  }

  @Test
  void itStartsWithTheFirstPeriodAfterTheStart() {
    SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, 0));
    VersionBits bits = bits(d);
    HeaderNode end = untilStarted();
    assertThat(end.ancestor(29).medianTimePast()).isEqualTo(240);
    assertThat(bits.stateAfter(d, null)).isEqualTo(VoteState.DEFINED);
    assertThat(bits.stateAfter(d, end.ancestor(29))).isEqualTo(VoteState.DEFINED);
    assertThat(bits.stateAfter(d, end.ancestor(38))).isEqualTo(VoteState.DEFINED);
    assertThat(bits.stateAfter(d, end)).isEqualTo(VoteState.STARTED);
    SignalledDeployment exact = deployment(new Schedule(240, TIMEOUT, 0));
    assertThat(bits(exact).stateAfter(exact, end.ancestor(29))).isEqualTo(VoteState.STARTED);
  }

  @Test
  void theThresholdLocksIn() {
    SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, 0));
    VersionBits bits = bits(d);
    HeaderNode tooFew = grow(grow(untilStarted(), THRESHOLD - 1, YES), 3, NO);
    assertThat(bits.stateAfter(d, tooFew)).isEqualTo(VoteState.STARTED);
    HeaderNode enough = grow(grow(untilStarted(), 2, NO), THRESHOLD, YES);
    assertThat(bits.stateAfter(d, enough)).isEqualTo(VoteState.LOCKED_IN);
    HeaderNode active = grow(enough, PERIOD, NO);
    assertThat(bits.stateAfter(d, active)).isEqualTo(VoteState.ACTIVE);
    assertThat(bits.stateAfter(d, grow(active, 5 * PERIOD, NO))).isEqualTo(VoteState.ACTIVE);
  }

  /** Signals that lie across two periods do not add up. */
  @Test
  void eachPeriodCountsForItself() {
    SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, 0));
    HeaderNode end = grow(grow(grow(untilStarted(), 5, NO), 10, YES), 5, NO);
    assertThat(bits(d).stateAfter(d, end)).isEqualTo(VoteState.STARTED);
  }

  @Test
  void timeRunsOutAtTheEndOfAPeriodWithoutMajority() {
    // The median of block 49 is 440.
    SignalledDeployment d = deployment(new Schedule(START, 440, 0));
    VersionBits bits = bits(d);
    assertThat(bits.stateAfter(d, grow(untilStarted(), PERIOD, NO))).isEqualTo(VoteState.FAILED);
    assertThat(bits.stateAfter(d, grow(grow(untilStarted(), PERIOD, NO), 30, YES)))
        .isEqualTo(VoteState.FAILED);
    assertThat(bits.stateAfter(d, grow(untilStarted(), PERIOD, YES)))
        .isEqualTo(VoteState.LOCKED_IN);
    SignalledDeployment later = deployment(new Schedule(START, 441, 0));
    assertThat(bits(later).stateAfter(later, grow(untilStarted(), PERIOD, NO)))
        .isEqualTo(VoteState.STARTED);
  }

  /** A start after the timeout: there is one period for it all the same. */
  @Test
  void aTimeoutBeforeTheStartLeavesOnePeriod() {
    SignalledDeployment d = deployment(new Schedule(START, 1, 0));
    VersionBits bits = bits(d);
    assertThat(bits.stateAfter(d, untilStarted())).isEqualTo(VoteState.STARTED);
    assertThat(bits.stateAfter(d, grow(untilStarted(), PERIOD, YES)))
        .isEqualTo(VoteState.LOCKED_IN);
  }

  @Test
  void activationWaitsForItsHeight() {
    HeaderNode lockedIn = grow(untilStarted(), PERIOD, YES);
    for (int wanted : List.of(0, 60, 61, 70, 71)) {
      SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, wanted));
      VersionBits bits = bits(d);
      int first = wanted <= 60 ? 60 : (wanted + PERIOD - 1) / PERIOD * PERIOD;
      HeaderNode before = grow(lockedIn, first - 51, NO);
      assertThat(bits.stateAfter(d, before)).isEqualTo(VoteState.LOCKED_IN);
      assertThat(bits.stateAfter(d, grow(before, 1, NO))).isEqualTo(VoteState.ACTIVE);
    }
  }

  @Test
  void someAreDecidedBeforeTheyBegin() {
    SignalledDeployment always = deployment(new Schedule(Schedule.ALWAYS_ACTIVE, 0, 0));
    assertThat(bits(always).stateAfter(always, null)).isEqualTo(VoteState.ACTIVE);
    assertThat(bits(always).standing(always, grow(genesis(), 35, NO)).activeSince()).hasValue(0);
    SignalledDeployment never = deployment(Schedule.NEVER);
    assertThat(never.isEnabled()).isFalse();
    assertThat(bits(never).stateAfter(never, grow(untilStarted(), 50, YES)))
        .isEqualTo(VoteState.FAILED);
    assertThat(bits(never).standing(never, untilStarted()).since()).isZero();
  }

  @Test
  void onlyVersionsThatBeginWith001Signal() {
    SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, 0));
    VersionBits bits = bits(d);
    for (int version : List.of(0x00000008, 0x40000008, 0x60000008, 0xa0000008, 0x20000004)) {
      assertThat(bits.stateAfter(d, grow(untilStarted(), PERIOD, version)))
          .as("%08x", version)
          .isEqualTo(VoteState.STARTED);
    }
    assertThat(bits.stateAfter(d, grow(untilStarted(), PERIOD, 0x3fffffff)))
        .isEqualTo(VoteState.LOCKED_IN);
  }

  @Test
  void newBlocksSignalUntilItIsDecided() {
    SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, 0));
    VersionBits bits = bits(d);
    assertThat(bits.versionAfter(null)).isEqualTo(NO);
    assertThat(bits.versionAfter(untilStarted().parent())).isEqualTo(NO);
    assertThat(bits.versionAfter(untilStarted())).isEqualTo(YES);
    HeaderNode lockedIn = grow(untilStarted(), PERIOD, YES);
    assertThat(bits.versionAfter(lockedIn)).isEqualTo(YES);
    assertThat(bits.versionAfter(grow(lockedIn, PERIOD, NO))).isEqualTo(NO);
  }

  @Test
  void branchesVoteForThemselves() {
    SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, 0));
    VersionBits bits = bits(d);
    HeaderNode common = untilStarted();
    HeaderNode left = grow(common, PERIOD, YES);
    HeaderNode right = grow(common, PERIOD, NO);
    assertThat(bits.stateAfter(d, left)).isEqualTo(VoteState.LOCKED_IN);
    assertThat(bits.stateAfter(d, right)).isEqualTo(VoteState.STARTED);
    assertThat(bits.stateAfter(d, common)).isEqualTo(VoteState.STARTED);
  }

  @Test
  void standings() {
    SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, 0));
    VersionBits bits = bits(d);
    HeaderNode end = untilStarted();
    assertThat(bits.standing(d, end))
        .isEqualTo(
            new VersionBits.Standing(
                39, VoteState.DEFINED, VoteState.STARTED, 0, Optional.empty()));
    HeaderNode some = grow(grow(grow(end, 2, YES), 2, NO), 1, YES);
    var tally = new VersionBits.Tally(d.poll(), List.of(true, true, false, false, true));
    assertThat(bits.standing(d, some))
        .isEqualTo(
            new VersionBits.Standing(
                44, VoteState.STARTED, VoteState.STARTED, 40, Optional.of(tally)));
    assertThat(tally.count()).isEqualTo(3);
    assertThat(tally.elapsed()).isEqualTo(5);
    assertThat(tally.isPossible()).isTrue();
    var lost = bits.standing(d, grow(some, 1, NO)).tally().orElseThrow();
    assertThat(lost.isPossible()).isFalse();
    HeaderNode lockedIn = grow(end, 2 * PERIOD, YES);
    var standing = bits.standing(d, lockedIn);
    assertThat(standing.state()).isEqualTo(VoteState.LOCKED_IN);
    assertThat(standing.since()).isEqualTo(50);
    assertThat(standing.activeSince()).hasValue(60);
    assertThat(bits.standing(d, lockedIn.parent()).activeSince()).isEmpty();
    assertThat(bits.standing(d, grow(lockedIn, 33, NO)).since()).isEqualTo(60);
    assertThat(bits.standing(d, grow(lockedIn, 33, NO)).activeSince()).hasValue(60);
  }

  @Test
  void unknownRulesAreNoticed() {
    VersionBits bits = bits();
    HeaderNode start = grow(genesis(), PERIOD - 1, NO);
    HeaderNode tooFew = grow(grow(start, THRESHOLD - 1, YES), 3, NO);
    assertThat(bits.unknownRules(tooFew)).isEmpty();
    HeaderNode lockedIn = grow(grow(start, THRESHOLD, YES), 2, NO);
    assertThat(bits.unknownRules(lockedIn.parent())).isEmpty();
    assertThat(bits.unknownRules(lockedIn))
        .containsExactly(new VersionBits.UnknownRules(BIT, false));
    assertThat(bits.unknownRules(grow(lockedIn, PERIOD, NO)))
        .containsExactly(new VersionBits.UnknownRules(BIT, true));
    assertThat(bits.unknownRules(grow(start, PERIOD, 0x20000011)))
        .containsExactly(
            new VersionBits.UnknownRules(0, false), new VersionBits.UnknownRules(4, false));
  }

  /** BIP-0323 leaves the bits from 5 on to miners, who may do with them what they like. */
  @Test
  void theUpperBitsMeanNothing() {
    HeaderNode start = grow(genesis(), PERIOD - 1, NO);
    assertThat(bits().unknownRules(grow(start, PERIOD, 0x3fffffe0))).isEmpty();
  }

  @Test
  void signalsForKnownRulesAreNotUnknown() {
    SignalledDeployment d = deployment(new Schedule(START, TIMEOUT, 0));
    HeaderNode started = untilStarted();
    HeaderNode active = grow(started, 2 * PERIOD, YES);
    assertThat(bits(d).unknownRules(active)).isEmpty();
    // Once the rules hold, the bit can mean something else.
    assertThat(bits(d).unknownRules(grow(active, PERIOD, YES)))
        .containsExactly(new VersionBits.UnknownRules(BIT, false));
  }

  @Test
  void oldSignalsAreKnown() {
    HeaderNode end = grow(grow(genesis(), 29, NO), PERIOD, YES);
    assertThat(bits(30).unknownRules(end)).hasSize(1);
    assertThat(bits(32).unknownRules(end)).hasSize(1);
    assertThat(bits(33).unknownRules(end)).isEmpty();
  }

  /** BIP-0009's definition, word for word and without memory, on random chains. */
  @TestFactory
  Stream<DynamicTest> agreesWithTheDefinition() {
    return LongStream.range(0, 200)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(seed)));
  }

  private static void compare(long seed) {
    Random random = new Random(seed);
    Schedule schedule =
        new Schedule(random.nextInt(400), random.nextInt(1500), random.nextInt(150));
    SignalledDeployment d = deployment(schedule);
    VersionBits bits = bits(d);
    double eagerness = random.nextDouble();
    List<HeaderNode> nodes = new ArrayList<>(List.of(genesis()));
    for (int i = 0; i < 250; i++) {
      HeaderNode parent =
          random.nextInt(60) == 0
              ? nodes.get(random.nextInt(nodes.size()))
              : nodes.get(nodes.size() - 1);
      nodes.add(grow(parent, 1, random.nextDouble() < eagerness ? YES : NO));
    }
    for (int i = 0; i < 40; i++) {
      HeaderNode node = nodes.get(random.nextInt(nodes.size()));
      assertThat(bits.stateAfter(d, node)).as("after %s", node).isEqualTo(defined(schedule, node));
      assertThat(bits.standing(d, node).since()).isEqualTo(sinceDefined(schedule, node));
    }
  }

  private static VoteState defined(Schedule schedule, HeaderNode parent) {
    int height = parent == null ? 0 : parent.height() + 1;
    if (height < PERIOD) {
      return VoteState.DEFINED;
    }
    if (height % PERIOD != 0) {
      return defined(schedule, parent.parent());
    }
    VoteState before = defined(schedule, parent.parent());
    return switch (before) {
      case DEFINED ->
          parent.medianTimePast() >= schedule.startSeconds()
              ? VoteState.STARTED
              : VoteState.DEFINED;
      case STARTED -> {
        long count = 0;
        for (int back = 0; back < PERIOD; back++) {
          count += parent.ancestor(parent.height() - back).header().version() == YES ? 1 : 0;
        }
        boolean late = parent.medianTimePast() >= schedule.timeoutSeconds();
        VoteState otherwise = late ? VoteState.FAILED : VoteState.STARTED;
        yield count >= THRESHOLD ? VoteState.LOCKED_IN : otherwise;
      }
      case LOCKED_IN ->
          height >= schedule.minActivationHeight() ? VoteState.ACTIVE : VoteState.LOCKED_IN;
      default -> before;
    };
  }

  private static int sinceDefined(Schedule schedule, HeaderNode block) {
    VoteState state = defined(schedule, block.parent());
    int height = block.height();
    while (height > 0 && defined(schedule, parentOf(block, height - 1)) == state) {
      height--;
    }
    return height;
  }

  /** The block before that at {@code height}; null for the genesis. */
  private static HeaderNode parentOf(HeaderNode block, int height) {
    return height == 0 ? null : block.ancestor(height - 1);
  }
}
