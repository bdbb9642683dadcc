package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.UnknownMessage;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of who sends a payload that cannot be decoded. */
class UndecodableMessageTest {
  private final ChainBuilder elsewhere = ChainBuilder.regtest();
  private VirtualTime time;
  private SimulatedNode node;
  private ScriptedPeer peer;

  @BeforeEach
  void start() {
    elsewhere.mine(1);
    time = new VirtualTime(elsewhere.nowSeconds() * 1000);
    SimulatedNetwork network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1));
    node = new SimulatedNode(time, network, 0, List.of());
    time.runFor(100);
    peer = new ScriptedPeer(time, network).join(node);
  }

  @AfterEach
  void close() {
    node.close();
    elsewhere.close();
  }

  @Test
  void aCutMessageCostsTheConnection() {
    peer.sayAndWait(new UnknownMessage("inv", new byte[] {3, 0}));
    assertThat(peer.closedBecause).contains("closed by the other side");
  }

  /** The count of transactions takes nine bytes; the block's hash and meaning are the same. */
  @Test
  void aBloatedBlockIsDroppedAndTheSameBlockTakenInItsCanonicalForm() {
    Block block = elsewhere.block(1);
    peer.sayAndWait(new Headers(List.of(block.header())));
    peer.sayAndWait(new UnknownMessage("block", bloated(block)));
    assertThat(peer.isClosed()).isFalse();
    assertThat(node.height()).isZero();
    peer.sayAndWait(new BlockMessage(block));
    assertThat(node.height()).isEqualTo(1);
  }

  private static byte[] bloated(Block block) {
    byte[] canonical = block.serialize();
    int countAt = BlockHeader.SIZE;
    return new ByteWriter()
        .bytes(canonical, 0, countAt)
        .uint8(0xff)
        .int64(canonical[countAt])
        .bytes(canonical, countAt + 1, canonical.length - countAt - 1)
        .toByteArray();
  }
}
