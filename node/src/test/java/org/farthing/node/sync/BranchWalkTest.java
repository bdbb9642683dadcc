package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

class BranchWalkTest {
  private static final int HEIGHT = 300;

  private static List<Integer> heights(BranchWalk walk) {
    List<HeaderNode> nodes = new ArrayList<>();
    walk.forEachRemaining(nodes::add);
    return nodes.stream().map(HeaderNode::height).toList();
  }

  private static List<Integer> from(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void blocksComeLowestFirstUpToTheEndOrAsManyAsAreWanted() {
    try (ChainBuilder builder = ChainBuilder.on(ConsensusParams.regtest())) {
      builder.mine(HEIGHT);
      HeaderNode best = builder.chain().snapshot().tip();
      HeaderNode genesis = best.ancestor(0);
      assertThat(heights(new BranchWalk(best, genesis, 1024))).isEqualTo(from(1, HEIGHT));
      assertThat(heights(new BranchWalk(best, genesis, 200))).isEqualTo(from(1, 200));
      assertThat(heights(new BranchWalk(best, best.ancestor(290), 1024)))
          .isEqualTo(from(291, HEIGHT));
      assertThat(new BranchWalk(best, best, 1024)).isExhausted();
      assertThatThrownBy(() -> new BranchWalk(best, best, 1024).next())
          .isInstanceOf(NoSuchElementException.class);
    }
  }
}
