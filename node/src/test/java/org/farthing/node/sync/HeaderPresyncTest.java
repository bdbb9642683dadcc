package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A chain that is weighed before it is remembered, shown by honest and by lying peers. */
class HeaderPresyncTest {
  private static final int MESSAGE = 2000;
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();
  private static final int BUFFER = PARAMS.known().commitments().buffer();

  private final ChainBuilder here = ChainBuilder.regtest();
  private final HeaderNode genesis = here.tip();
  private final long nowSeconds = genesis.medianTimePast() + 365L * 24 * 60 * 60;

  @AfterEach
  void close() {
    here.close();
  }

  /** Headers as regtest wants them, but for their proof of work, at which nobody looks here. */
  private static List<BlockHeader> chain(BlockHeader before, int count, int version) {
    List<BlockHeader> headers = new ArrayList<>(count);
    BlockHash previous = before.hash();
    for (int i = 1; i <= count; i++) {
      BlockHeader header =
          new BlockHeader(
              version,
              previous,
              MerkleRoot.of(new byte[MerkleRoot.SIZE]),
              before.timeSeconds() + i,
              before.bits(),
              i);
      headers.add(header);
      previous = header.hash();
    }
    return headers;
  }

  private HeaderPresync presync(long blocksOfWork, long seed) {
    // A block at regtest's target counts as two hashes, and the genesis counts.
    BigInteger work = BigInteger.valueOf(2 * (blocksOfWork + 1));
    return new HeaderPresync(PARAMS, genesis, work, new Random(seed), nowSeconds);
  }

  /** Says the headers after those of the locator, as a peer would; what is given back for good. */
  private static List<BlockHeader> play(HeaderPresync sync, List<BlockHeader> chain) {
    List<BlockHeader> accepted = new ArrayList<>();
    while (sync.phase() != HeaderPresync.Phase.OVER) {
      List<BlockHeader> message = after(chain, sync.locator().get(0));
      boolean full = message.size() == MESSAGE;
      HeaderPresync.Step step = sync.next(message, full);
      assertThat(step.valid()).isTrue();
      accepted.addAll(step.ready());
    }
    return accepted;
  }

  private static List<BlockHeader> after(List<BlockHeader> chain, BlockHash known) {
    int from = 0;
    for (int i = 0; i < chain.size(); i++) {
      from = chain.get(i).hash().equals(known) ? i + 1 : from;
    }
    return chain.subList(from, Math.min(chain.size(), from + MESSAGE));
  }

  @Test
  void aChainWithEnoughWorkComesWhole() {
    List<BlockHeader> chain = chain(genesis.header(), 15_000, 4);
    assertThat(play(presync(15_000, 1), chain)).isEqualTo(chain);
  }

  @Test
  void whatFollowsTheWorkThatIsNeededComesWithIt() {
    List<BlockHeader> chain = chain(genesis.header(), 9_000, 4);
    List<BlockHeader> accepted = play(presync(8_500, 2), chain);
    // All of the message in which the work was reached.
    assertThat(accepted).isEqualTo(chain.subList(0, accepted.size()));
    assertThat(accepted).hasSizeGreaterThanOrEqualTo(8_500);
  }

  @Test
  void nothingIsKeptOfAChainThatEndsTooSoon() {
    List<BlockHeader> chain = chain(genesis.header(), 14_999, 4);
    assertThat(play(presync(15_000, 3), chain)).isEmpty();
  }

  /** Shows the honest chain first, and then another one; how many headers of it get through. */
  private int liedTo(int sharedHeaders, long seed) {
    List<BlockHeader> honest = chain(genesis.header(), 30_000, 4);
    HeaderPresync sync = presync(30_000, seed);
    while (sync.phase() == HeaderPresync.Phase.PRESYNC) {
      sync.next(after(honest, sync.locator().get(0)), true);
    }
    List<BlockHeader> other = new ArrayList<>(honest.subList(0, sharedHeaders));
    BlockHeader fork = sharedHeaders == 0 ? genesis.header() : honest.get(sharedHeaders - 1);
    other.addAll(chain(fork, 30_000 - sharedHeaders, 5));
    int forged = 0;
    while (sync.phase() != HeaderPresync.Phase.OVER) {
      HeaderPresync.Step step = sync.next(after(other, sync.locator().get(0)), true);
      forged += (int) step.ready().stream().filter(header -> header.version() == 5).count();
    }
    return forged;
  }

  @Test
  void anotherChainTheSecondTimeIsFoundOut() {
    // Each forged header would need 25 guesses with one half each: once in 33 million.
    for (int seed = 0; seed < 6; seed++) {
      assertThat(liedTo(0, seed)).isZero();
      assertThat(liedTo(5_321, seed)).isZero();
    }
  }

  @Test
  void headersThatDoNotGoOnEndIt() {
    List<BlockHeader> chain = chain(genesis.header(), 6_000, 4);
    HeaderPresync sync = presync(6_000, 4);
    sync.next(chain.subList(0, 2_000), true);
    HeaderPresync.Step step = sync.next(chain.subList(4_000, 6_000), true);
    assertThat(step.valid()).isFalse();
    assertThat(step.ended()).isEqualTo("non-continuous headers at height=2000 (presync phase)");
    assertThat(sync.phase()).isEqualTo(HeaderPresync.Phase.OVER);
  }

  @Test
  void aTargetThatTheRulesDoNotGiveEndsIt() {
    List<BlockHeader> chain = new ArrayList<>(chain(genesis.header(), 1_999, 4));
    BlockHeader last = chain.get(1_998);
    chain.add(
        new BlockHeader(4, last.hash(), last.merkleRoot(), last.timeSeconds() + 1, 0x1d00ffff, 0));
    HeaderPresync.Step step = presync(1_000_000, 5).next(chain, true);
    assertThat(step.valid()).isFalse();
    assertThat(step.ended())
        .isEqualTo("invalid difficulty transition at height=2000 (presync phase)");
  }

  @Test
  void aChainCannotBeLongerThanTimeAllows() {
    // One hour, and the two that a header may run ahead: 64,800 blocks, 235 bits.
    HeaderPresync sync =
        new HeaderPresync(
            PARAMS,
            genesis,
            BigInteger.ONE.shiftLeft(100),
            new Random(6),
            genesis.medianTimePast() + 3600);
    assertThat(sync.maxBits()).isEqualTo(235);
    BlockHeader last = genesis.header();
    HeaderPresync.Step step = null;
    for (int i = 0; i < 40 && sync.phase() == HeaderPresync.Phase.PRESYNC; i++) {
      List<BlockHeader> more = chain(last, MESSAGE, 4);
      last = more.get(MESSAGE - 1);
      step = sync.next(more, true);
    }
    assertThat(step.ended()).startsWith("exceeded max commitments at height=6");
  }

  @Test
  void headersWaitUntilEnoughStandAboveThem() {
    List<BlockHeader> chain = chain(genesis.header(), 20_000, 4);
    HeaderPresync sync = presync(20_000, 7);
    while (sync.phase() == HeaderPresync.Phase.PRESYNC) {
      sync.next(after(chain, sync.locator().get(0)), true);
    }
    assertThat(sync.presyncHeight()).isEqualTo(20_000);
    int released = 0;
    for (int shown = MESSAGE; shown < 20_000; shown += MESSAGE) {
      released += sync.next(chain.subList(shown - MESSAGE, shown), true).ready().size();
      assertThat(released).isEqualTo(Math.max(0, shown - BUFFER));
    }
  }
}
