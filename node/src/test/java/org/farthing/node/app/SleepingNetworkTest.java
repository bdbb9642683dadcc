package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network whose last block is a week old does not wait for itself (ADR 2). */
class SleepingNetworkTest {
  private static final long MINUTE = 60_000;
  private static final long WEEK = 7 * 24 * 60 * MINUTE;

  private final List<SimulatedNode> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(SimulatedNode::close);
  }

  @Test
  void itGoesOnWithItsNextBlock() {
    try (ChainBuilder past = ChainBuilder.regtest()) {
      past.mine(110);
      VirtualTime time = new VirtualTime(past.nowSeconds() * 1000 + WEEK);
      SimulatedNetwork network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(4));
      for (int i = 0; i < 4; i++) {
        nodes.add(new SimulatedNode(time, network, i, nodes.subList(0, Math.min(1, i))));
        past.blocks().forEach(nodes.get(i).core.intake()::accept);
      }
      time.runFor(MINUTE);
      assertThat(nodes)
          .allMatch(node -> node.core.gossip().initialDownload().isRunning())
          .allMatch(node -> node.height() == 110);

      nodes.get(2).mine(1);
      time.runUntil(() -> nodes.stream().allMatch(node -> node.height() > 110), 10 * MINUTE);
      assertThat(nodes).noneMatch(node -> node.core.gossip().initialDownload().isRunning());
      nodes.get(2).stopMining();
      Transaction payment =
          past.spend(past.coinbase(1), TestKey.number(5).p2wpkh(), 49 * Amount.COIN);
      assertThat(
              nodes
                  .get(3)
                  .core
                  .gossip()
                  .transactions()
                  .submit(payment, time.nowMillis())
                  .isAccepted())
          .isTrue();
      time.runUntil(
          () -> nodes.stream().allMatch(node -> node.core.mempool().contains(payment.txid())),
          5 * MINUTE);
    }
  }
}
