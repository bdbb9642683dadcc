package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.address;
import static org.farthing.node.app.TestNodes.awaitSameTip;
import static org.farthing.node.app.TestNodes.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.config.Option;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageCodec;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Input that no honest peer sends costs its sender the connection, or only the message where it
 * cannot be decoded, as in Bitcoin Core; it costs nobody else anything.
 */
@Timeout(60)
class BadPeerIT {
  private static final int MAGIC = ConsensusParams.regtest().network().magic();
  private static final int BITCOIN = 0xf9beb4d9;
  private static final int READ_TIMEOUT_MILLIS = 20_000;
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir static Path folder;
  private static TestNodes nodes;
  private static Node node;
  private static TestRpc rpc;
  private static TestRpc friend;
  private static String friendsAddress;

  @BeforeAll
  static void twoNodes() throws Exception {
    nodes = new TestNodes(folder);
    // Nobody who speaks bytes here would know the encrypted protocol.
    node = nodes.startWith("node", Map.of(Option.V2_TRANSPORT, "0"));
    rpc = rpc(node);
    friend = rpc(nodes.start("friend", address(node)));
    await().until(() -> !peers().isEmpty());
    friendsAddress = peers().get(0);
  }

  @AfterAll
  static void close() {
    nodes.close();
  }

  /** What a peer sends, the handshake included where it comes so far. */
  record BadInput(String name, List<byte[]> parts) {
    static BadInput of(String name, byte[]... parts) {
      return new BadInput(name, List.of(parts));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<BadInput> badInputs() {
    byte[] version = frame(MAGIC, ScriptedPeer.version(Version.PROTOCOL, 77));
    byte[] verack = frame(MAGIC, new Verack());
    InvItem item = new InvItem(InvType.BLOCK, BlockHash.ZERO);
    return Stream.of(
        BadInput.of("another network", frame(BITCOIN, new Verack())),
        BadInput.of("another network after the handshake", version, verack, new byte[24]),
        BadInput.of("a message of 4 GB", header("tx", 0xffffffffL)),
        BadInput.of("a message one byte too long", header("tx", FrameHeader.MAX_PAYLOAD + 1L)),
        BadInput.of("garbage", garbage()),
        BadInput.of(
            "one item too many",
            version,
            verack,
            frame("inv", tooMany(new Inv(Collections.nCopies(InvItem.MAX_ITEMS, item))))));
  }

  static Stream<BadInput> undecodableInputs() {
    byte[] version = frame(MAGIC, ScriptedPeer.version(Version.PROTOCOL, 77));
    byte[] verack = frame(MAGIC, new Verack());
    return Stream.of(
        BadInput.of("a cut version", frame("version", new byte[10]), version, verack),
        BadInput.of("a cut transaction", version, verack, frame("tx", new byte[9])),
        BadInput.of("a list that ends too early", version, verack, frame("inv", new byte[] {3, 0})),
        BadInput.of(
            "more items than there are bytes",
            version,
            verack,
            frame("headers", new byte[] {(byte) 0xfe, -1, -1, -1, 127})));
  }

  private static byte[] garbage() {
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    return garbage;
  }

  /** The list with its last item twice. */
  private static byte[] tooMany(Inv full) {
    byte[] items = MessageCodec.encode(full);
    int prefix = 3;
    int size = (items.length - prefix) / full.items().size();
    return new ByteWriter()
        .compactSize(full.items().size() + 1L)
        .bytes(Arrays.copyOfRange(items, prefix, items.length))
        .bytes(Arrays.copyOfRange(items, items.length - size, items.length))
        .toByteArray();
  }

  private static byte[] header(String command, long length) {
    ByteWriter out = new ByteWriter();
    new FrameHeader(MAGIC, command, length, 0).writeTo(out);
    return out.toByteArray();
  }

  private static byte[] frame(int magic, Message message) {
    return frame(magic, message.command(), MessageCodec.encode(message));
  }

  private static byte[] frame(String command, byte[] payload) {
    return frame(MAGIC, command, payload);
  }

  private static byte[] frame(int magic, String command, byte[] payload) {
    ByteWriter out = new ByteWriter();
    FrameHeader.of(magic, command, payload).writeTo(out);
    return out.bytes(payload).toByteArray();
  }

  @ParameterizedTest
  @MethodSource("badInputs")
  void itCostsTheSenderItsConnectionAndNothingElse(BadInput bad) throws IOException {
    String sender = send(bad);
    await().until(() -> !peers().contains(sender));
    assertNobodyElseNotices();
  }

  @ParameterizedTest
  @MethodSource("undecodableInputs")
  void whatCannotBeDecodedCostsOnlyTheMessage(BadInput bad) throws IOException {
    int port = node.listening().orElseThrow().port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      for (byte[] part : bad.parts()) {
        socket.getOutputStream().write(part);
      }
      socket.getOutputStream().write(frame(MAGIC, new Ping(5)));
      readUntil(socket.getInputStream(), frame(MAGIC, new Pong(5)));
      assertThat(peers()).contains("127.0.0.1:" + socket.getLocalPort());
      assertNobodyElseNotices();
    }
  }

  /** Fails where the connection ends, or nothing comes any more, before these bytes have come. */
  private static void readUntil(InputStream in, byte[] wanted) throws IOException {
    String end = new String(wanted, StandardCharsets.ISO_8859_1);
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).as("the connection has ended").isNotNegative();
      read.append((char) next);
    }
  }

  private static void assertNobodyElseNotices() {
    assertThat(peers()).contains(friendsAddress);
    rpc.call("generatetoaddress", 1, ADDRESS);
    awaitSameTip(rpc, friend);
    assertThat(node.failure()).isEmpty();
  }

  /** The addresses of all that the node is connected to. */
  private static List<String> peers() {
    return StreamSupport.stream(rpc.call("getpeerinfo").spliterator(), false)
        .map(peer -> peer.get("addr").asText())
        .toList();
  }

  /** Returns the sender's address when the node has closed the connection. */
  private static String send(BadInput bad) throws IOException {
    int port = node.listening().orElseThrow().port();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    try (socket) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      OutputStream out = socket.getOutputStream();
      for (byte[] part : bad.parts()) {
        out.write(part);
      }
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      assertThat(reset).hasMessageMatching("(?i).*(reset|broken pipe|abort).*");
    }
    return "127.0.0.1:" + socket.getLocalPort();
  }
}
