package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A reader over ZeroMQ hears what a node says. */
@Timeout(120)
class ZmqIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final String ANY_PORT = "tcp://127.0.0.1:*";

  @TempDir Path folder;
  private final ZMQ.Context context = ZMQ.context(1);
  private final List<ZMQ.Socket> sockets = new ArrayList<>();
  private Node node;

  /**
   * @param hash or whatever the body is, in hex
   */
  private record Message(String topic, String hash, int number) {}

  @AfterEach
  void close() {
    sockets.forEach(ZMQ.Socket::close);
    context.close();
    if (node != null) {
      node.close();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.matches("(zmq|reaper|iothread)-.*")));
  }

  private TestRpc start(OptionValues values) throws Exception {
    values
        .add(Option.NETWORK, "regtest")
        .add(Option.DATA_DIR, folder.resolve("node").toString())
        .add(Option.LISTEN, "0")
        .add(Option.RPC_PORT, "0");
    NodeConfig config = Options.parse(values, Map.of()).config();
    node = Node.start(config);
    return TestNodes.rpc(node);
  }

  private ZMQ.Socket reader(JsonNode notification) {
    ZMQ.Socket socket = context.socket(SocketType.SUB);
    sockets.add(socket);
    socket.subscribe(notification.get("type").asText().substring("pub".length()));
    socket.setReceiveTimeOut(300);
    socket.connect(notification.get("address").asText());
    return socket;
  }

  /** The next message, or null if none comes soon. */
  private static Message receive(ZMQ.Socket socket) {
    String topic = socket.recvStr();
    if (topic == null) {
      return null;
    }
    byte[] body = socket.recv();
    byte[] number = socket.recv();
    assertThat(socket.hasReceiveMore()).isFalse();
    return new Message(
        topic, Hex.encode(body), ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  private static String mine(TestRpc rpc) {
    return rpc.call("generatetoaddress", 1, ADDRESS).get(0).asText();
  }

  /** A connection takes its time: mines until a block is heard of, and returns that message. */
  private static Message awaitConnection(TestRpc rpc, ZMQ.Socket socket) {
    for (; ; ) {
      String hash = mine(rpc);
      for (Message message = receive(socket); message != null; message = receive(socket)) {
        if (message.hash().startsWith(hash)) {
          return message;
        }
      }
    }
  }

  @Test
  void messagesAreCountedByTopicAndAddress() throws Exception {
    TestRpc rpc =
        start(
            new OptionValues()
                .add(Option.ZMQ_PUB_HASH_BLOCK, ANY_PORT)
                .add(Option.ZMQ_PUB_SEQUENCE, "tcp://127.0.0.1:0")
                .add(Option.ZMQ_PUB_SEQUENCE_HWM, "5"));
    JsonNode notifications = rpc.call("getzmqnotifications");
    assertThat(notifications).hasSize(2);
    assertThat(notifications.get(0).get("type").asText()).isEqualTo("pubhashblock");
    assertThat(notifications.get(0).get("hwm").asInt()).isEqualTo(1000);
    assertThat(notifications.get(0).get("address").asText()).matches("tcp://127.0.0.1:[1-9]\\d+");
    assertThat(notifications.get(1).get("hwm").asInt()).isEqualTo(5);

    ZMQ.Socket blocks = reader(notifications.get(0));
    ZMQ.Socket sequence = reader(notifications.get(1));
    Message block = awaitConnection(rpc, blocks);
    Message connected = awaitConnection(rpc, sequence);
    // What was mined to wait for the second is still to be read of the first.
    while (receive(blocks) != null) {}
    String next = mine(rpc);
    sequence.setReceiveTimeOut(30_000);
    blocks.setReceiveTimeOut(30_000);
    Message nextConnected = receive(sequence);
    assertThat(nextConnected)
        .isEqualTo(new Message("sequence", next + "43", connected.number() + 1));
    Message nextBlock = receive(blocks);
    assertThat(nextBlock.hash()).isEqualTo(next);
    assertThat(nextBlock.number()).isGreaterThan(block.number());
  }

  @Test
  void anAddressThatCannotBeDoesNotStopTheNode() throws Exception {
    TestRpc rpc =
        start(
            new OptionValues()
                .add(Option.ZMQ_PUB_RAW_TX, "foo")
                .add(Option.ZMQ_PUB_HASH_TX, ANY_PORT));
    assertThat(rpc.call("getzmqnotifications")).isEmpty();
    assertThat(rpc.call("getblockcount").asInt()).isZero();
  }
}
