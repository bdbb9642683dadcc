package org.farthing.node.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadedSearchTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** About 2^54 hashes: nobody finds it here. */
  private static final int HOPELESS_BITS = 0x1b00ffff;

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final BlockingQueue<Block> found = new LinkedBlockingQueue<>();
  private final ThreadedSearch search = new ThreadedSearch(2, 7, found::add);

  @AfterEach
  void close() {
    search.close();
    chain.close();
  }

  private BlockTemplate template(int bits) {
    MiningChain mining =
        new MiningChain() {
          @Override
          public ConsensusParams params() {
            return chain.params();
          }

          @Override
          public HeaderNode tip() {
            return chain.tip();
          }

          @Override
          public long minimumTime(HeaderNode parent) {
            return chain.chain().minimumTime(parent);
          }

          @Override
          public int version(HeaderNode parent) {
            return chain.chain().versionBits().versionAfter(parent);
          }

          @Override
          public int nextBits(HeaderNode parent, long timeSeconds) {
            return bits;
          }
        };
    Mempool pool =
        new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
    return new BlockAssembler(mining, pool, MiningOptions.defaults())
        .template(Script.EMPTY, 1_800_000_000L);
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("miner-"))
        .toList();
  }

  @Test
  void findsOneBlockForEachTemplate() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      search.search(template(0x1f00ffff));

      Block block = found.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(block).isNotNull();
      assertThat(ProofOfWork.isMet(block.hash(), 0x1f00ffff, chain.params().difficulty())).isTrue();
      assertThat(block.header().previous()).isEqualTo(chain.tip().hash());
    }
    assertThat(found).isEmpty();
  }

  @Test
  void goesOverToANewTemplateAtOnce() throws InterruptedException {
    search.search(template(HOPELESS_BITS));
    await().atMost(LIMIT).until(() -> search.hashCount() > 0);

    search.search(template(0x207fffff));

    assertThat(found.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
  }

  /** Renewed without end, no template is ever the one of the moment when something is found. */
  @Test
  void whatIsFoundOnATemplateThatWasRenewedCounts() {
    BlockTemplate one = template(0x1f00ffff);
    BlockTemplate other = template(0x1f00ffff);
    long end = System.nanoTime() + LIMIT.toNanos();
    for (int i = 0; found.isEmpty() && System.nanoTime() < end; i++) {
      search.search(i % 2 == 0 ? one : other);
    }
    assertThat(found).isNotEmpty();
  }

  @Test
  void nothingIsTriedTwiceHoweverOftenATemplateIsRenewed() throws InterruptedException {
    Set<String> coinbases = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      search.search(template(0x207fffff));
      Block block = found.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      coinbases.add(block.transactions().get(0).inputs().get(0).scriptSig().toHex());
    }
    assertThat(coinbases).hasSize(5);
  }

  @Test
  void leavesNoThreadWhenStopped() {
    search.search(template(HOPELESS_BITS));
    await().atMost(LIMIT).until(() -> search.hashCount() > 0);
    assertThat(threads())
        .hasSize(2)
        .allMatch(Thread::isDaemon)
        .allMatch(thread -> thread.getPriority() == Thread.MIN_PRIORITY);

    search.stop();
    await().atMost(LIMIT).until(() -> threads().isEmpty());

    search.search(template(HOPELESS_BITS));
    search.close();
    assertThat(threads()).isEmpty();
  }
}
