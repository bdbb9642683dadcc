package org.farthing.node.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try") // What happens after one side has closed is the question.
class UnixBridgeIT {
  @TempDir Path folder;
  private ServerSocket server;
  private UnixBridge bridge;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    bridge = UnixBridge.open(path(), server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    bridge.close();
    server.close();
    assertThat(path()).doesNotExist();
  }

  private Path path() {
    return folder.resolve("socket");
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path()));
    return channel;
  }

  /** Much more than the buffers hold, both ways at once. */
  @Test
  void bytesGoThroughUnchanged() throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (SocketChannel client = connect();
        Socket inner = server.accept()) {
      CompletableFuture<Void> echo =
          CompletableFuture.runAsync(
              () -> {
                try {
                  inner.getInputStream().transferTo(inner.getOutputStream());
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Channels.newOutputStream(client).write(sent);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      // Over the channel itself: streams of one channel exclude each other.
      java.nio.ByteBuffer received = java.nio.ByteBuffer.allocate(sent.length);
      while (received.hasRemaining()) {
        assertThat(client.read(received)).isPositive();
      }
      assertThat(received.array()).isEqualTo(sent);
      writing.get();
      client.close();
      echo.get();
    }
  }

  @Test
  void whenOneSideEndsSoDoesTheOther() throws Exception {
    try (SocketChannel client = connect();
        Socket inner = server.accept()) {
      inner.close();
      try (InputStream in = Channels.newInputStream(client)) {
        assertThat(in.read()).isEqualTo(-1);
      }
    }
    try (SocketChannel client = connect();
        Socket inner = server.accept()) {
      client.close();
      assertThat(inner.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aSocketThatWasLeftIsReplacedAndAFileIsNot() throws IOException {
    Path left = folder.resolve("left");
    try (var channel = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(left));
    }
    assertThat(left).exists();
    UnixBridge.open(left, server.getLocalPort()).close();
    assertThat(left).doesNotExist();
    Path file = Files.writeString(folder.resolve("file"), "precious");
    assertThatThrownBy(() -> UnixBridge.open(file, server.getLocalPort()))
        .isInstanceOf(IOException.class);
    assertThat(file).hasContent("precious");
  }
}
