package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.UnknownMessage;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    // They end within an element, or before the count of elements does.
    "inv, 0300",
    "getdata, fd",
    "headers, 01",
    "addr, 01",
    "addrv2, ''",
    "tx, 02",
    "block, 00",
    "notfound, 01",
    "getheaders, 01",
    "getblocks, 01",
    "feefilter, 00",
    "sendcmpct, 01",
    // A count that is not in its shortest form.
    "inv, fd0000",
    // An address that is longer than any.
    "addrv2, 0161bc66490001fd0102"
  })
  void onlyTheMessageIsDropped(String command, String hex) throws DecodeException {
    peer.sayAndWait(new UnknownMessage(command, Hex.decode(hex)), new Ping(5));
    assertThat(peer.isClosed()).isFalse();
    assertThat(peer.heard).contains(new Pong(5));
  }

  /** Lists that nobody makes by mistake. */
  @ParameterizedTest
  @CsvSource({
    "inv, 50001, 36",
    "getdata, 50001, 36",
    "headers, 2001, 81",
    "addr, 1001, 30",
    "addrv2, 1001, 13",
    "getheaders, 102, 32",
    "getblocks, 102, 32"
  })
  void anEndlessListCostsTheConnection(String command, int count, int size) {
    ByteWriter list = new ByteWriter();
    if (command.startsWith("get") && !command.equals("getdata")) {
      list.int32(70016);
    }
    list.compactSize(count).bytes(new byte[count * size + 32]);
    peer.sayAndWait(new UnknownMessage(command, list.toByteArray()));
    assertThat(peer.isClosed()).isTrue();
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
