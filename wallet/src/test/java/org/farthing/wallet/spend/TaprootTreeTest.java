package org.farthing.wallet.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.wallet.spend.TaprootTree.Leaf;
import org.junit.jupiter.api.Test;

class TaprootTreeTest {
  private static final LeafScript LEAF = new LeafScript(ByteString.of(new byte[] {1}), 0xc0);

  @Test
  void whatIsNoTreeIsRefused() {
    for (int[] depths : new int[][] {{}, {1}, {0, 0}, {1, 1, 1}, {2, 1, 1}, {2, 2}, {129}}) {
      assertThatThrownBy(() -> new TaprootTree(leaves(depths)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new TaprootTree(leaves(0)).leaves()).hasSize(1);
    assertThat(new TaprootTree(leaves(2, 2, 1)).leaves()).hasSize(3);
  }

  @Test
  void theDeepestTreeHas128Levels() {
    List<Leaf> deepest = new ArrayList<>();
    for (int depth = 1; depth <= TaprootTree.MAX_DEPTH; depth++) {
      deepest.add(new Leaf(depth, LEAF));
    }
    deepest.add(new Leaf(TaprootTree.MAX_DEPTH, LEAF));
    assertThat(new TaprootTree(deepest).leaves()).hasSize(129);
    deepest.set(128, new Leaf(129, LEAF));
    assertThatThrownBy(() -> new TaprootTree(deepest)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Leaf> leaves(int... depths) {
    List<Leaf> leaves = new ArrayList<>();
    for (int depth : depths) {
      leaves.add(new Leaf(depth, LEAF));
    }
    return leaves;
  }
}
