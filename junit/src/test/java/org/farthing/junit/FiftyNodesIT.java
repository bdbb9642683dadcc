package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many nodes in one JVM as a large test may want, each for itself and all together. */
@Timeout(240)
class FiftyNodesIT {
  private static final int NODES = 50;

  /** Beside its own, nodes share their threads. */
  private static final int SHARED_THREADS = 20;

  @Test
  void eachForItself() {
    int before = Thread.activeCount();
    List<RegtestNode> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(RegtestNode.start());
      }
      for (int i = 0; i < NODES; i++) {
        nodes.get(i).mine(i);
      }
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + NODES + SHARED_THREADS);
      assertThat(nodes.stream().map(RegtestNode::tip).collect(Collectors.toSet())).hasSize(NODES);
      for (int i = 0; i < NODES; i++) {
        assertThat(nodes.get(i).height()).isEqualTo(nodes.get(0).height() + i);
      }
    } finally {
      nodes.forEach(RegtestNode::close);
    }
  }

  /** A payment at one end is in a block at the other. */
  @Test
  void allTogether() {
    try (RegtestNetwork network = RegtestNetwork.of(NODES, node -> node.coins(1))) {
      RegtestNode first = network.node(0);
      RegtestNode last = network.node(NODES - 1);
      Txid payment = last.send(first.newAddress(), 12_345);
      network.awaitSync();
      assertThat(first.isWaiting(payment)).isTrue();
      first.mine(1);
      network.awaitSync();
      assertThat(last.wallet().confirmations(payment)).isEqualTo(1);
      Set<Integer> heights =
          network.nodes().stream().map(RegtestNode::height).collect(Collectors.toSet());
      assertThat(heights).containsExactly(first.height());
    }
  }
}
