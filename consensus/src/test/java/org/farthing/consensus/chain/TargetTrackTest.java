package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.params.Difficulty.Variation;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

/** Headers that are followed without being kept; the tree, which keeps all, says what is right. */
class TargetTrackTest {
  private static final int EASIEST = 0x207fffff;
  private static final int BLOCKS = 150;

  private static ConsensusParams with(Difficulty difficulty) {
    ConsensusParams regtest = ConsensusParams.regtest();
    return new ConsensusParams(
        regtest.network(),
        regtest.genesis(),
        difficulty,
        regtest.subsidy(),
        regtest.deployments(),
        regtest.known(),
        regtest.blockChallenge());
  }

  private static BlockHeader withBits(BlockHeader header, int bits) {
    return new BlockHeader(
        header.version(),
        header.previous(),
        header.merkleRoot(),
        header.timeSeconds(),
        bits,
        header.nonce());
  }

  /** Follows a chain whose blocks come irregularly, from {@code from} on. */
  private static void followed(Difficulty difficulty, int from) {
    Random random = new Random(from);
    try (ChainBuilder chain = ChainBuilder.on(with(difficulty))) {
      int targets = 0;
      for (int i = 0; i < BLOCKS; i++) {
        long last = chain.tip().header().timeSeconds();
        chain.add(chain.draft().timeSeconds(last + 1 + random.nextInt(12)).build());
      }
      TargetTrack track = TargetTrack.after(chain.tip().ancestor(from), difficulty);
      BlockHeader before = chain.tip().ancestor(from).header();
      for (Block block : chain.blocks().subList(from, BLOCKS)) {
        BlockHeader header = block.header();
        assertThat(track.follow(withBits(header, header.bits() - 1))).isFalse();
        assertThat(track.follow(withBits(header, header.bits() + 1))).isFalse();
        assertThat(track.follow(header)).isTrue();
        targets += header.bits() == before.bits() ? 0 : 1;
        before = header;
      }
      assertThat(targets).as("changes of the target").isGreaterThan(2);
    }
  }

  @Test
  void withAWindowEachTargetIsKnown() {
    Difficulty lwma = new Difficulty.Lwma(EASIEST, 10, 20, 60);
    followed(lwma, 0);
    followed(lwma, 7);
    followed(lwma, 100);
  }

  @Test
  void withPeriodsEachTargetIsKnown() {
    Difficulty periods = new Difficulty.Retarget(EASIEST, 10, 100, Set.of());
    followed(periods, 0);
    followed(periods, 9);
    followed(periods, 10);
    followed(periods, 57);
  }

  @Test
  void fromTheFirstBlockOfThePeriodToo() {
    followed(new Difficulty.Retarget(EASIEST, 10, 100, Set.of(Variation.BIP94)), 33);
  }

  @Test
  void aTargetThatIsFixedDoesNotChange() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      BlockHeader header = chain.mine(1).get(0).header();
      HeaderNode genesis = chain.tip().ancestor(0);
      TargetTrack track = TargetTrack.after(genesis, ConsensusParams.regtest().difficulty());
      assertThat(track.follow(withBits(header, 0x1f7fffff))).isFalse();
      assertThat(track.follow(header)).isTrue();
    }
  }

  @Test
  void whereAPauseMakesTheTargetEasyItMayBeAny() {
    Difficulty testnet4 = ConsensusParams.testnet4().difficulty();
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      BlockHeader header = chain.mine(1).get(0).header();
      TargetTrack track = TargetTrack.after(chain.tip().ancestor(0), testnet4);
      assertThat(track.follow(withBits(header, 0x1c00ffff))).isTrue();
      assertThat(track.follow(withBits(header, 0x1d00ffff))).isTrue();
    }
  }
}
