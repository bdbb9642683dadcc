package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.simulation.HeapLedger;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.SimulatedNode.Setup;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

class BranchesAdapterTest {
  @Test
  void aChainThatWentBackIsWrittenDownAfterAMinute() {
    try (ChainBuilder elsewhere = ChainBuilder.regtest()) {
      List<Block> blocks = elsewhere.mine(3);
      VirtualTime time = new VirtualTime(elsewhere.nowSeconds() * 1000);
      VirtualTime.NodeScheduler scheduler = time.newScheduler();
      HeapLedger ledger = new HeapLedger();
      NodeCore core =
          new org.farthing.node.simulation.SimulatedNode(
                  time,
                  scheduler,
                  new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1)).newHost(scheduler),
                  Setup.of("node", 0),
                  ledger)
              .core();
      blocks.forEach(core.intake()::accept);
      BranchesAdapter branches = new BranchesAdapter(core, time);
      branches.invalidate(core.chain().snapshot().tip());
      assertThat(core.chain().snapshot().tip().hash()).isEqualTo(blocks.get(1).hash());
      time.runFor(59_000);
      assertThat(ledger.tip()).contains(blocks.get(2).hash());
      time.runFor(2_000);
      assertThat(ledger.tip()).contains(blocks.get(1).hash());
      // What is connected is written at once.
      branches.reconsider(core.chain().headers().find(blocks.get(2).hash()).orElseThrow());
      assertThat(ledger.tip()).contains(blocks.get(2).hash());
      core.close();
    }
  }
}
