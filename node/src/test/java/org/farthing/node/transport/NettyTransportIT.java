package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.farthing.node.transport.RecordingHandler.await;
import static org.farthing.node.transport.TransportFixture.ANY_PORT;
import static org.farthing.node.transport.TransportFixture.MAGIC;
import static org.farthing.node.transport.TransportFixture.frame;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.GetAddr;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.UnknownMessage;
import org.farthing.node.wire.Verack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NettyTransportIT {
  private static final long CONNECT_MILLIS = 5000;

  private final TransportFixture fixture = new TransportFixture(false);
  private final RecordingHandler server = new RecordingHandler();
  private final RecordingHandler client = new RecordingHandler();

  @AfterEach
  void nothingIsLeft() throws IOException {
    fixture.close();
    await(() -> TransportFixture.threads().noneMatch(name -> name.startsWith("p2p-")));
  }

  @AfterAll
  static void alsoNettysHelperIsGone() {
    await(
        () -> TransportFixture.threads().noneMatch(name -> name.startsWith("globalEventExecutor")));
  }

  private NettyTransport transport() {
    return fixture.transport(TransportLimits.DEFAULT);
  }

  private NetAddress listen() throws IOException {
    return TransportFixture.listen(transport(), server);
  }

  @Test
  void messagesArriveInOrderOnBothSides() throws IOException {
    NetAddress address = listen();
    transport().connect(address, false, client, CONNECT_MILLIS);
    Connection out = client.connection();
    Connection in = server.connection();
    assertThat(out.remote()).isEqualTo(address).isEqualTo(in.local());
    assertThat(out.local()).isEqualTo(in.remote());
    assertThat(out.inbound()).isFalse();
    assertThat(in.inbound()).isTrue();

    List<Message> messages = new ArrayList<>(List.of(new Verack()));
    IntStream.range(0, 3000).forEach(i -> messages.add(new Ping(i)));
    messages.add(new BlockMessage(ConsensusParams.regtest().genesis()));
    messages.forEach(out::send);
    in.send(new GetAddr());
    await(() -> server.messages.size() == messages.size() && client.messages.size() == 1);
    assertThat(server.messages).isEqualTo(messages);
    assertThat(client.messages).containsExactly(new GetAddr());
  }

  @Test
  void trafficIsCountedByType() throws IOException {
    transport().connect(listen(), false, client, CONNECT_MILLIS);
    client.connection().send(new Ping(1));
    client.connection().send(new Ping(2));
    client.connection().send(new UnknownMessage("nonsense", new byte[7]));
    await(() -> server.messages.size() == 3);
    await(() -> client.connection().traffic().sent() == 95);
    Traffic received = server.connection().traffic();
    assertThat(received.received()).isEqualTo(95);
    assertThat(received.receivedByType()).containsEntry(MessageType.PING, 64L).hasSize(2);
    assertThat(received.receivedByType()).containsEntry(MessageType.OTHER, 31L);
    assertThat(client.connection().traffic().sentByType()).isEqualTo(received.receivedByType());
  }

  @Test
  void aClosedConnectionHasSentWhatWasBefore() throws IOException {
    transport().connect(listen(), false, client, CONNECT_MILLIS);
    Connection out = client.connection();
    IntStream.range(0, 500).forEach(i -> out.send(new Ping(i)));
    out.close("done");
    out.close("never said");
    out.send(new Ping(-1));
    await(() -> !server.closed.isEmpty() && !client.closed.isEmpty());
    assertThat(server.messages).hasSize(500);
    assertThat(client.closed).containsExactly("done");
    assertThat(server.closed).containsExactly("closed by the other side");
  }

  @Test
  void theWrongNetworkCostsTheConnectionOnly() throws IOException {
    NetAddress address = listen();
    fixture.rawSocket(address).getOutputStream().write(frame(0xf9beb4d9, new Verack()));
    await(() -> !server.closed.isEmpty());
    assertThat(server.closed.get(0))
        .isEqualTo("Header error: Wrong MessageStart f9beb4d9 received");
    assertThat(server.messages).isEmpty();
    transport().connect(address, false, client, CONNECT_MILLIS);
    client.connection().send(new Ping(1));
    await(() -> server.messages.size() == 1);
  }

  @Test
  void aMessageThatIsTooLongCostsTheConnection() throws IOException {
    ByteWriter header = new ByteWriter();
    new FrameHeader(MAGIC, "tx", FrameHeader.MAX_PAYLOAD + 1L, 0).writeTo(header);
    fixture.rawSocket(listen()).getOutputStream().write(header.toByteArray());
    await(() -> !server.closed.isEmpty());
    assertThat(server.closed.get(0)).isEqualTo("Header error: Size too large (tx, 4000001 bytes)");
  }

  @Test
  void garbageCostsTheConnection() throws IOException {
    byte[] garbage = new byte[1000];
    ThreadLocalRandom.current().nextBytes(garbage);
    garbage[0] = 0;
    fixture.rawSocket(listen()).getOutputStream().write(garbage);
    await(() -> !server.closed.isEmpty());
    assertThat(server.closed.get(0)).startsWith("Header error: Wrong MessageStart 00");
  }

  @Test
  void anUnfinishedMessageWaitsAndIsDroppedAtTheEnd() throws IOException {
    Socket socket = fixture.rawSocket(listen());
    byte[] ping = frame(MAGIC, new Ping(7));
    socket.getOutputStream().write(ping);
    socket.getOutputStream().write(ping, 0, ping.length - 1);
    socket.shutdownOutput();
    await(() -> !server.closed.isEmpty());
    assertThat(server.messages).containsExactly(new Ping(7));
  }

  @Test
  void aMessageMayComeByteByByte() throws IOException {
    Socket socket = fixture.rawSocket(listen());
    socket.setTcpNoDelay(true);
    for (byte each : frame(MAGIC, new Ping(7))) {
      socket.getOutputStream().write(each);
    }
    await(() -> server.messages.size() == 1);
  }

  @Test
  void aWrongChecksumOrNameDropsTheMessageOnly() throws IOException {
    Socket socket = fixture.rawSocket(listen());
    byte[] badChecksum = frame(MAGIC, new Ping(1));
    badChecksum[20] ^= 1;
    byte[] badName = frame(MAGIC, new Ping(2));
    badName[4 + 11] = 'x';
    socket.getOutputStream().write(badChecksum);
    socket.getOutputStream().write(badName);
    socket.getOutputStream().write(frame(MAGIC, new Ping(3)));
    await(() -> server.messages.size() == 1);
    assertThat(server.messages).containsExactly(new Ping(3));
    assertThat(server.connection().traffic().receivedByType())
        .containsEntry(MessageType.OTHER, 64L)
        .containsEntry(MessageType.PING, 32L);
    assertThat(server.closed).isEmpty();
  }

  @Test
  void aPayloadThatCannotBeDecodedIsReportedAndClosesByDefault() throws IOException {
    Socket socket = fixture.rawSocket(listen());
    byte[] payload = {1, 2, 3};
    ByteWriter out = new ByteWriter();
    FrameHeader.of(MAGIC, "inv", payload).writeTo(out);
    socket.getOutputStream().write(out.bytes(payload).toByteArray());
    await(() -> !server.closed.isEmpty());
    assertThat(server.malformed).containsExactly("inv of 3 bytes");
    assertThat(server.closed.get(0)).startsWith("malformed inv: ");
  }

  @Test
  void manyConnectionsAtOnce() throws IOException {
    NetAddress address = listen();
    NettyTransport dialer = transport();
    for (int i = 0; i < 200; i++) {
      dialer.connect(address, false, client, CONNECT_MILLIS);
    }
    await(() -> client.connections.size() == 200 && server.connections.size() == 200);
    client.connections.forEach(each -> each.send(new Ping(each.id())));
    await(() -> server.messages.size() == 200);
    assertThat(server.messages)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 200).mapToObj(i -> (Message) new Ping(i)).toList());
  }

  @Test
  void aConnectionThatDoesNotComeAboutFails() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    transport().connect(ANY_PORT.withPort(free), false, client, CONNECT_MILLIS);
    await(() -> client.failed.size() == 1);
    assertThat(client.failed.get(0)).contains("refused");
    assertThat(client.connections).isEmpty();
  }

  @Test
  void aPortInUseIsRefusedWithAReason() throws IOException {
    NetAddress taken = listen();
    NettyTransport other = transport();
    assertThatThrownBy(() -> other.listen(taken, client))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(taken.toString())
        .hasMessageContaining("in use");
  }

  @Test
  void closingGivesThePortBackAndSaysNothingMore() throws IOException {
    NettyTransport first = transport();
    NetAddress address = TransportFixture.listen(first, server);
    transport().connect(address, false, client, CONNECT_MILLIS);
    client.connection();
    server.connection();
    first.close();
    first.close();
    await(() -> client.closed.size() == 1);
    assertThat(server.closed).isEmpty();
    NettyTransport second = transport();
    assertThat(second.listen(address, server)).isEqualTo(address);
  }
}
