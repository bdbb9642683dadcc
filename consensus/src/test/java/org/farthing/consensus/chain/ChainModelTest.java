package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.validation.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A random tree, delivered in random order, with blocks that are not waited for, invalidations,
 * reconsiderations, preferences, restarts, marks and returns to them between, to a chain and to a
 * {@link ChainModel}: they agree after every step. The system property {@code
 * farthing.chainModelSeeds} says how many trees.
 */
class ChainModelTest {
  private static final int BLOCKS = 40;
  private static final int STEPS = 250;

  private final KeptLedger ledger = new KeptLedger(BlockTree.params());
  private BlockTree tree;
  private ChainModel model;
  private ChainState chain;
  private Random random;
  private final List<Marked> marks = new ArrayList<>();

  /** Blocks that a better branch may have passed by before their turn came. */
  private final Set<String> begun = new HashSet<>();

  /** A mark, and what the chain should be like when it is gone back to. */
  private record Marked(ChainMark mark, ChainModel model) {}

  static List<Long> seeds() {
    return new Random(0)
        .longs(Long.getLong("farthing.chainModelSeeds", 12), 0, 1000)
        .boxed()
        .toList();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void chainAndModelAgree(long seed) {
    random = new Random(seed);
    tree = BlockTree.grow(seed, BLOCKS);
    chain = open();
    for (Block block : tree.trunk()) {
      chain.acceptBlock(block, block.header().timeSeconds());
    }
    Block root = tree.trunk().get(tree.trunk().size() - 1);
    model =
        new ChainModel(new BlockTree.Item(root, BlockTree.Flaw.NONE), chain.snapshot().height());
    for (int step = 0; step < STEPS; step++) {
      String what = step();
      compare("seed " + seed + ", step " + step + ": " + what);
    }
    Coins.assertConsistent(chain, tree.allBlocks());
    assertThat(chain.verify(4, 0).problem()).isEmpty();
    chain.close();
  }

  private ChainState open() {
    return ChainState.open(BlockTree.params(), ledger.view(), Runnable::run);
  }

  private String step() {
    BlockTree.Item item = tree.items().get(random.nextInt(tree.items().size()));
    int kind = random.nextInt(24);
    if (kind < 4) {
      assertThat(header(item.block())).isEqualTo(model.header(item));
      return "header";
    }
    if (kind < 13) {
      assertThat(block(item.block())).isEqualTo(model.block(item));
      return "block";
    }
    if (kind == 20) {
      marks.add(new Marked(chain.mark(), model.copy()));
      return "mark";
    }
    if (kind == 21) {
      return marks.isEmpty() ? "nothing" : goBack();
    }
    if (kind > 21) {
      return ahead();
    }
    if (kind == 13) {
      marks.clear();
      chain.close();
      chain = open();
      model.restart();
      Coins.assertConsistent(chain, tree.allBlocks());
      return "restart";
    }
    return model.knows(item.hash()) ? move(kind, item.hash()) : "nothing";
  }

  /** Some blocks that are not waited for, perhaps something else, and then they are. */
  private String ahead() {
    int count = 0;
    for (int tries = 0; tries < 10; tries++) {
      BlockTree.Item item = tree.items().get(random.nextInt(tree.items().size()));
      // What breaks a rule when its turn comes may be accepted at first; another test is for that.
      if (model.copy().block(item).isEmpty()) {
        begun.add(item.hash().toString());
        assertThat(ahead(item.block())).isEqualTo(model.block(item));
        count++;
      }
    }
    String meanwhile = random.nextBoolean() ? step() : "nothing";
    chain.catchUp();
    assertThat(chain.hasBlocksAhead()).isFalse();
    return count + " blocks ahead, " + meanwhile;
  }

  private String goBack() {
    int index = random.nextInt(marks.size());
    Marked marked = marks.get(index);
    chain.revert(marked.mark(), () -> {});
    model = marked.model().copy();
    marks.subList(index + 1, marks.size()).clear();
    Coins.assertConsistent(chain, tree.allBlocks());
    return "back to mark " + index;
  }

  private String move(int kind, BlockHash hash) {
    HeaderNode node = chain.headers().find(hash).orElseThrow();
    if (kind < 16) {
      chain.invalidate(node);
      model.invalidate(hash);
      return "invalidate " + node;
    }
    if (kind < 18) {
      chain.reconsider(node);
      model.reconsider(hash);
      return "reconsider " + node;
    }
    chain.prefer(node);
    model.prefer(hash);
    return "prefer " + node;
  }

  private Optional<String> header(Block block) {
    return reason(chain.acceptHeader(block.header(), block.header().timeSeconds()));
  }

  private Optional<String> block(Block block) {
    return reason(chain.acceptBlock(block, block.header().timeSeconds()));
  }

  private Optional<String> ahead(Block block) {
    return reason(chain.acceptBlockAhead(block, block.header().timeSeconds()));
  }

  private static Optional<String> reason(Verdict verdict) {
    return verdict instanceof Verdict.Rejected rejected
        ? Optional.of(rejected.reason().label())
        : Optional.empty();
  }

  private void compare(String when) {
    ChainSnapshot now = chain.snapshot();
    assertThat(now.tip().hash()).as(when).isEqualTo(model.tip());
    Map<String, ChainTip.Status> tips = new TreeMap<>();
    chain.tips().forEach(tip -> tips.put(tip.node().hash().toString(), tip.status()));
    assertThat(comparable(tips)).as(when).isEqualTo(comparable(model.tips()));
    assertThat(now.bestHeader().height()).as(when).isEqualTo(model.bestHeight());
  }

  /**
   * Of some blocks the chain need not know yet that they are valid, which the model always does.
   */
  private Map<String, ChainTip.Status> comparable(Map<String, ChainTip.Status> tips) {
    Map<String, ChainTip.Status> comparable = new TreeMap<>(tips);
    comparable.replaceAll(
        (hash, status) ->
            begun.contains(hash) && status == ChainTip.Status.VALID_FORK
                ? ChainTip.Status.VALID_HEADERS
                : status);
    return comparable;
  }
}
