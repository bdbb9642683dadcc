package org.farthing.consensus.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A chain that grows and goes back at random, and an index that follows it in steps of any length,
 * is started anew and killed: whenever it has caught up, it says what a plain count over the chain
 * says. The system property {@code farthing.indexSeeds} says how many such chains.
 */
class IndexModelTest {
  private static final int BLOCKS = 40;
  private static final int STEPS = 200;

  private final Random random = new Random();
  private ChainBuilder chain;
  private FragileStore store;
  private IndexFollower follower;

  static Stream<Arguments> cases() {
    List<PlainIndex> indexes =
        List.of(
            new PlainTransactions(), new PlainSpenders(), new PlainFilters(), new PlainCoinStats());
    return new Random(0)
        .longs(Long.getLong("farthing.indexSeeds", 4), 0, 1000)
        .boxed()
        .flatMap(seed -> indexes.stream().map(index -> Arguments.of(seed, index)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void indexAndPlainCountAgree(long seed, PlainIndex plain) {
    random.setSeed(seed);
    List<Block> tree = SpendingTree.grow(seed, BLOCKS);
    try (ChainBuilder builder = ChainBuilder.regtest();
        FragileStore kept = new FragileStore(plain.indexer().layout(), builder.params())) {
      chain = builder;
      store = kept;
      restart(plain.indexer());
      tree.subList(0, SpendingTree.TRUNK).forEach(chain::add);
      List<Block> rest = tree.subList(SpendingTree.TRUNK, tree.size());
      for (int step = 0; step < STEPS; step++) {
        moveChain(rest);
        follow(plain.indexer());
        if (random.nextInt(8) == 0) {
          catchUp();
          plain.check(store, chain.chain().snapshot(), tree);
        }
      }
      chain.chain().reconsider(chain.chain().headers().genesis());
      rest.forEach(chain::offer);
      catchUp();
      plain.check(store, chain.chain().snapshot(), tree);
    }
  }

  private void moveChain(List<Block> blocks) {
    Block block = blocks.get(random.nextInt(blocks.size()));
    if (chain.chain().headers().find(block.header().previous()).isEmpty()) {
      return;
    }
    switch (random.nextInt(10)) {
      case 0 -> find(block).forEach(chain.chain()::invalidate);
      case 1 -> find(block).forEach(chain.chain()::reconsider);
      case 2 -> find(block).forEach(chain.chain()::prefer);
      default -> chain.offer(block);
    }
  }

  private List<HeaderNode> find(Block block) {
    return chain.chain().headers().find(block.hash()).stream().toList();
  }

  /** A part of the way, after which the index may be gone. */
  private void follow(Indexer indexer) {
    int blocks = random.nextInt(6);
    int kind = random.nextInt(6);
    List<Integer> asked = new ArrayList<>();
    if (kind == 0) {
      store.breakAfter(0);
    }
    try {
      follower.advance(
          () -> {
            asked.add(0);
            return asked.size() > blocks;
          });
    } catch (FragileStore.Killed e) {
      assertThat(kind).isZero();
    }
    store.repair();
    if (kind < 2) {
      restart(indexer);
    }
  }

  private void restart(Indexer indexer) {
    follower = new IndexFollower(indexer, store, chain.chain()::snapshot);
  }

  private void catchUp() {
    int steps = 0;
    while (!follower.advance(() -> false)) {
      assertThat(++steps).isLessThan(10);
    }
  }
}
