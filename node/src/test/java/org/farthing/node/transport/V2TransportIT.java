package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.transport.RecordingHandler.await;
import static org.farthing.node.transport.TransportFixture.MAGIC;
import static org.farthing.node.transport.TransportFixture.frame;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.farthing.consensus.crypto.ElligatorSwift;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageCodec;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.SendHeaders;
import org.farthing.node.wire.UnknownMessage;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The encrypted protocol between two of us, and with peers that know only the other one. */
@Timeout(60)
class V2TransportIT {
  private static final long CONNECT_MILLIS = 5000;

  private final TransportFixture fixture = new TransportFixture(true);
  private final RecordingHandler server = new RecordingHandler();
  private final RecordingHandler client = new RecordingHandler();

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private NettyTransport transport() {
    return fixture.transport(TransportLimits.DEFAULT);
  }

  private NetAddress listen() throws IOException {
    return TransportFixture.listen(transport(), server);
  }

  private static Version version() {
    return new Version(
        Version.PROTOCOL,
        0,
        1,
        new Version.Endpoint(0, NetAddress.NONE),
        new Version.Endpoint(0, NetAddress.NONE),
        7,
        new Version.Client("/test/", 0, true));
  }

  @Test
  void messagesOfAllLengthsArriveInTheirOrder() throws IOException {
    transport().connect(listen(), true, client, CONNECT_MILLIS);
    List<Message> first =
        List.of(
            version(),
            new Verack(),
            new SendHeaders(),
            new Ping(1),
            new UnknownMessage("twelve chars", new byte[] {1, 2, 3}),
            new BlockMessage(ConsensusParams.regtest().genesis()),
            new UnknownMessage("large", new byte[FrameHeader.MAX_PAYLOAD]));
    first.forEach(client.connection()::send);
    await(() -> server.messages.size() == first.size());
    for (int index = 0; index < first.size(); index++) {
      assertThat(server.messages.get(index).command()).isEqualTo(first.get(index).command());
      assertThat(MessageCodec.encode(server.messages.get(index)))
          .isEqualTo(MessageCodec.encode(first.get(index)));
    }
    Encryption encryption = server.connection().encryption();
    assertThat(encryption.protocol()).isEqualTo(Encryption.Protocol.V2);
    assertThat(encryption.sessionId()).hasSize(64);
    assertThat(client.connection().encryption()).isEqualTo(encryption);
    // A number, eight bytes, and what hides them.
    assertThat(server.connection().traffic().receivedByType())
        .containsEntry(MessageType.PING, 3L + 1 + 1 + 8 + 16);
    List<Message> answers =
        IntStream.range(0, 1000).<Message>mapToObj(number -> new Ping(number)).toList();
    answers.forEach(server.connection()::send);
    await(() -> client.messages.size() == answers.size());
    assertThat(client.messages).isEqualTo(answers);
  }

  @Test
  void whatIsTooLongIsNotSent() throws IOException {
    transport().connect(listen(), true, client, CONNECT_MILLIS);
    client.connection().send(new Ping(1));
    await(() -> server.messages.size() == 1);
    client.connection().send(new UnknownMessage("huge", new byte[FrameHeader.MAX_PAYLOAD + 1]));
    await(() -> !client.closed.isEmpty());
    assertThat(client.closed.get(0)).contains("huge of 4000001 bytes is too long to be sent");
    assertThat(server.messages).hasSize(1);
  }

  @Test
  void whoBeginsUnencryptedIsAnsweredSo() throws IOException {
    Socket socket = fixture.rawSocket(listen());
    byte[] hello = frame(MAGIC, version());
    socket.getOutputStream().write(hello, 0, 15);
    await(() -> server.connection().traffic().received() == 15);
    assertThat(server.connection().encryption().protocol())
        .isEqualTo(Encryption.Protocol.DETECTING);
    server.connection().send(new Ping(9));
    socket.getOutputStream().write(hello, 15, hello.length - 15);
    await(() -> server.messages.size() == 1);
    assertThat(server.connection().encryption()).isEqualTo(Encryption.NONE);
    byte[] ping = frame(MAGIC, new Ping(9));
    assertThat(socket.getInputStream().readNBytes(ping.length)).isEqualTo(ping);
    assertThat(server.connection().traffic().received()).isEqualTo(hello.length);
  }

  @Test
  void ofAnotherNetworkNobodyIsAnswered() throws IOException {
    Socket socket = fixture.rawSocket(listen());
    socket.getOutputStream().write(frame(0xf9beb4d9, version()));
    await(() -> !server.closed.isEmpty());
    assertThat(server.closed.get(0))
        .isEqualTo("V2 transport error: V1 peer with wrong MessageStart f9beb4d9");
  }

  @Test
  void garbageThatDoesNotEndCostsTheConnection() throws IOException {
    Socket socket = fixture.rawSocket(listen());
    socket.getOutputStream().write(new byte[64 + 4095 + 16]);
    await(() -> !server.closed.isEmpty());
    assertThat(server.closed.get(0)).isEqualTo("V2 transport error: missing garbage terminator");
  }

  /** We call somebody that takes our key for a message: it hangs up, and nothing has come. */
  @Test
  void whoDoesNotKnowTheProtocolHangsUp() throws IOException {
    TransportFixture old = new TransportFixture(false);
    try (old) {
      NetAddress address = TransportFixture.listen(old.transport(TransportLimits.DEFAULT), server);
      transport().connect(address, true, client, CONNECT_MILLIS);
      await(() -> !client.closed.isEmpty());
      assertThat(client.connection().encryption().protocol())
          .isEqualTo(Encryption.Protocol.DETECTING);
      assertThat(client.connection().traffic().received()).isZero();
    }
  }

  /** A peer written here: garbage, decoys, and at last a packet that somebody changed. */
  @Test
  void decoysAreIgnoredAndChangedPacketsCostTheConnection() throws IOException {
    Socket socket = fixture.rawSocket(listen());
    Random random = new Random(324);
    byte[] key = new byte[32];
    random.nextBytes(key);
    byte[] ours = ElligatorSwift.encode(Secp256k1.publicKey(key), random);
    byte[] garbage = new byte[4095];
    random.nextBytes(garbage);
    socket.getOutputStream().write(ours);
    byte[] theirs = socket.getInputStream().readNBytes(ElligatorSwift.SIZE);
    V2Session session =
        new V2Session(MAGIC, ElligatorSwift.sharedSecret(key, ours, theirs, true), true);
    socket.getOutputStream().write(garbage);
    socket.getOutputStream().write(session.sendTerminator());
    byte[] none = {};
    socket.getOutputStream().write(session.encrypt(new byte[5000], garbage, true));
    socket.getOutputStream().write(session.encrypt(new byte[3], none, false));
    socket.getOutputStream().write(session.encrypt(new byte[10], none, true));
    byte[] ping = V2Contents.encode("ping", new byte[8]);
    socket.getOutputStream().write(session.encrypt(ping, none, false));
    await(() -> server.messages.size() == 1);
    assertThat(server.messages).containsExactly(new Ping(0));
    byte[] unknown = {99};
    socket.getOutputStream().write(session.encrypt(unknown, none, false));
    byte[] changed = session.encrypt(ping, none, false);
    changed[10] ^= 1;
    socket.getOutputStream().write(changed);
    await(() -> !server.closed.isEmpty());
    assertThat(server.closed.get(0))
        .isEqualTo("V2 transport error: packet decryption failure (9 bytes)");
    assertThat(server.messages).hasSize(1);
    drain(socket.getInputStream());
  }

  private static void drain(InputStream in) throws IOException {
    assertThat(in.readAllBytes()).isNotEmpty();
  }
}
