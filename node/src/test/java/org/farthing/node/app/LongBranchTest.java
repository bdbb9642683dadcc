package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

/** A branch that is longer than the window of the download, and better only at its end. */
class LongBranchTest {
  /** The window is 1024 blocks. */
  private static final int LENGTH = 1030;

  private final Map<BlockHash, Block> store = new HashMap<>();

  @Test
  void theNodeFetchesAllOfItAndMovesOver() {
    try (ChainBuilder elsewhere = ChainBuilder.regtest()) {
      List<Block> first = elsewhere.mine(LENGTH);
      List<Block> better = elsewhere.fork(0, LENGTH + 1);
      VirtualTime time = new VirtualTime(elsewhere.nowSeconds() * 1000);
      SimulatedNetwork network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1));
      try (SimulatedNode node = new SimulatedNode(time, network, 0, List.of())) {
        time.runFor(100);
        ScriptedPeer peer = new ScriptedPeer(time, network).join(node);
        offer(peer, first);
        assertThat(node.height()).isEqualTo(LENGTH);
        offer(peer, better);
        assertThat(node.height()).isEqualTo(LENGTH + 1);
        assertThat(peer.isClosed()).isFalse();
      }
    }
  }

  /** Announces the blocks and sends those that it is asked for, until it is asked no more. */
  private void offer(ScriptedPeer peer, List<Block> blocks) {
    blocks.forEach(block -> store.put(block.hash(), block));
    int answered = peer.askedFor().size();
    peer.sayAndWait(new Headers(blocks.stream().map(Block::header).toList()));
    List<InvItem> asked = peer.askedFor();
    while (answered < asked.size()) {
      asked.subList(answered, asked.size()).forEach(item -> send(peer, (BlockHash) item.hash()));
      answered = asked.size();
      peer.sayAndWait();
      asked = peer.askedFor();
    }
  }

  private void send(ScriptedPeer peer, BlockHash hash) {
    peer.say(new BlockMessage(store.get(hash)));
  }
}
