package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Set;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.junit.jupiter.api.Test;

/** Targets along chains of headers; whether those have their proof of work is another question. */
class NextHeaderTest {
  private static final Difficulty MAIN = ConsensusParams.mainnet().difficulty();
  private static final Difficulty TESTNET4 = ConsensusParams.testnet4().difficulty();
  private static final int EASIEST = 0x1d00ffff;
  private static final int REAL = 0x1c0fffff;
  private static final int SPACING = 600;
  private static final int PERIOD = 2016;

  /** A header some seconds after {@code parent}, with a target of its own. */
  private static HeaderNode after(HeaderNode parent, long seconds, int bits) {
    long time = parent.header().timeSeconds() + seconds;
    return HeaderNode.after(
        parent, new BlockHeader(4, parent.hash(), MerkleRoot.ZERO, time, bits, 0), BigInteger.ONE);
  }

  private static HeaderNode genesis(ConsensusParams params, int bits) {
    BlockHeader real = params.genesis().header();
    return HeaderNode.genesis(
        new BlockHeader(
            1, real.previous(), real.merkleRoot(), real.timeSeconds(), bits, real.nonce()),
        BigInteger.ONE);
  }

  /** Headers on time, each with the target that the rules ask for. */
  private static HeaderNode onTime(HeaderNode start, int height, Difficulty rule) {
    HeaderNode node = start;
    while (node.height() < height) {
      long next = node.header().timeSeconds() + SPACING;
      node = after(node, SPACING, NextHeader.bitsAfter(node, next, rule));
    }
    return node;
  }

  private static int bits(HeaderNode parent, long seconds, Difficulty rule) {
    return NextHeader.bitsAfter(parent, parent.header().timeSeconds() + seconds, rule);
  }

  @Test
  void theTargetStaysWithinAPeriod() {
    HeaderNode end = onTime(genesis(ConsensusParams.mainnet(), REAL), PERIOD - 2, MAIN);
    assertThat(bits(end, 1_000_000, MAIN)).isEqualTo(REAL);
    assertThat(bits(end, -1_000_000, MAIN)).isEqualTo(REAL);
  }

  /** The last solve time of a period is never looked at, nor is that of the first block. */
  @Test
  void oneIntervalOfEachPeriodCountsForNothing() {
    HeaderNode start = genesis(ConsensusParams.mainnet(), REAL);
    HeaderNode end = onTime(start, PERIOD - 1, MAIN);
    // 2,015 intervals of 600 seconds: 2015/2016 of 0x0fffff is 0x0ffdf6, rounded down.
    assertThat(bits(end, SPACING, MAIN)).isEqualTo(0x1c0ffdf6);
    assertThat(bits(end, 100 * SPACING, MAIN)).isEqualTo(0x1c0ffdf6);

    HeaderNode late = onTime(start, PERIOD - 2, MAIN);
    late = after(late, 2 * SPACING, REAL);
    assertThat(bits(late, SPACING, MAIN)).isEqualTo(REAL);
  }

  @Test
  void aPauseMakesTheNextBlockEasy() {
    HeaderNode end = onTime(genesis(ConsensusParams.testnet4(), REAL), 5, TESTNET4);
    assertThat(bits(end, 2 * SPACING, TESTNET4)).isEqualTo(REAL);
    assertThat(bits(end, 2 * SPACING + 1, TESTNET4)).isEqualTo(EASIEST);
    assertThat(bits(end, 2 * SPACING + 1, MAIN)).isEqualTo(REAL);
  }

  @Test
  void afterEasyBlocksTheTargetGoesBack() {
    HeaderNode end = onTime(genesis(ConsensusParams.testnet4(), REAL), 5, TESTNET4);
    for (int i = 0; i < 10; i++) {
      end = after(end, 2 * SPACING + 1, EASIEST);
    }
    assertThat(bits(end, SPACING, TESTNET4)).isEqualTo(REAL);
    assertThat(bits(end, 2 * SPACING + 1, TESTNET4)).isEqualTo(EASIEST);
  }

  /** The way back ends at the first block of the period, whatever its target. */
  @Test
  void theFirstBlockOfAPeriodIsNoException() {
    HeaderNode end = onTime(genesis(ConsensusParams.testnet4(), REAL), PERIOD - 1, TESTNET4);
    end = after(end, SPACING, EASIEST);
    assertThat(end.height()).isEqualTo(PERIOD);
    end = after(end, 2 * SPACING + 1, EASIEST);
    assertThat(bits(end, SPACING, TESTNET4)).isEqualTo(EASIEST);
  }

  /** An easy block at the end of a period spoils the next one, but for BIP-0094. */
  @Test
  void bip94StartsFromTheFirstTarget() {
    HeaderNode end = onTime(genesis(ConsensusParams.testnet4(), REAL), PERIOD - 2, TESTNET4);
    end = after(end, 2 * SPACING, EASIEST);
    Difficulty testnet3 =
        new Difficulty.Retarget(
            EASIEST, SPACING, PERIOD * SPACING, Set.of(Difficulty.Variation.EASIEST_AFTER_A_PAUSE));
    // The period took two weeks to the second.
    assertThat(bits(end, SPACING, testnet3)).isEqualTo(EASIEST);
    assertThat(bits(end, SPACING, TESTNET4)).isEqualTo(REAL);
    // Also a first block after a pause: the exception is for others.
    assertThat(bits(end, 3 * SPACING, TESTNET4)).isEqualTo(REAL);
  }

  @Test
  void leastTimes() {
    HeaderNode end = onTime(genesis(ConsensusParams.mainnet(), REAL), PERIOD - 2, MAIN);
    assertThat(NextHeader.minimumTime(end, MAIN)).isEqualTo(end.medianTimePast() + 1);
    HeaderNode last = after(end, 100 * SPACING, REAL);
    assertThat(NextHeader.minimumTime(last, MAIN))
        .isEqualTo(last.header().timeSeconds() - 600)
        .isGreaterThan(last.medianTimePast() + 1);
    HeaderNode early = after(end, 1 - 5 * SPACING, REAL);
    assertThat(NextHeader.minimumTime(early, MAIN)).isEqualTo(early.medianTimePast() + 1);
  }
}
