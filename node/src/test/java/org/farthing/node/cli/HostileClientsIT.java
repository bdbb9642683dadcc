package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that ask for too much, or behave badly, of a node that is a process of its own: each gets
 * a clear answer, the memory stays bounded, and others are served meanwhile.
 */
class HostileClientsIT {
  private static final int CLIENTS = 100;

  /** What the process may take on top of what it took before; 256 MiB are the budget of RPC. */
  private static final long MORE_KIB = 2_000_000;

  private static final Duration QUICK = Duration.ofSeconds(20);

  @TempDir private Path base;
  private final List<Socket> sockets = new ArrayList<>();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private BitcoindProcess node;
  private String authorization;
  private long before;

  @BeforeEach
  void start() throws Exception {
    node = BitcoindProcess.start(base, "-rpcservertimeout=600");
    String pair = Files.readString(node.data().cookie());
    authorization =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    before = residentKib();
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    clients.shutdownNow();
    node.close();
  }

  private Socket connect() throws IOException {
    int port = Integer.parseInt(Files.readString(node.data().rpcPort()).strip());
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) Duration.ofMinutes(2).toMillis());
    synchronized (sockets) {
      sockets.add(socket);
    }
    return socket;
  }

  private void head(Socket socket, long length) throws IOException {
    socket
        .getOutputStream()
        .write(
            "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(authorization, length)
                .getBytes(StandardCharsets.US_ASCII));
  }

  /** The status of the answer to a body. */
  private String send(byte[] body) throws IOException {
    Socket socket = connect();
    head(socket, body.length);
    try {
      socket.getOutputStream().write(body);
    } catch (IOException e) {
      // The node has said what it thinks of it already.
    }
    return status(socket);
  }

  private static String status(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  private long residentKib() throws IOException {
    Path status = Path.of("/proc", Long.toString(node.pid()), "status");
    assumeThat(status).exists();
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private void assertUnharmed() throws Exception {
    long began = System.nanoTime();
    assertThat(node.rpc().call("getblockcount").asInt()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(QUICK);
    long more = residentKib() - before;
    System.out.println("hostile clients: " + more / 1024 + " MiB more than before");
    assertThat(more).isLessThan(MORE_KIB);
  }

  private List<String> together(int count, byte[] body) {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return send(body);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              clients));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void bodiesOfAHundredMegabytesAreRefusedAtOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      Socket socket = connect();
      head(socket, 100_000_000);
      assertThat(status(socket)).isEqualTo("HTTP/1.1 413 Content too large");
    }
    assertUnharmed();
  }

  @Test
  void deepJsonIsAParseError() throws Exception {
    byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    assertThat(together(CLIENTS, deep))
        .hasSize(CLIENTS)
        .allMatch(line -> line.contains(" 500 ") || line.contains(" 503 "));
    assertUnharmed();
  }

  @Test
  void manyLargeBodiesAtOnceAreAnsweredOneWayOrAnother() throws Exception {
    String small = "\"a\",".repeat(2_000_000);
    byte[] body =
        ("{\"method\":\"echo\",\"params\":[[" + small + "\"a\"]]}")
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(together(CLIENTS, body))
        .hasSize(CLIENTS)
        .allMatch(line -> line.contains(" 200 ") || line.contains(" 503 "))
        .anyMatch(line -> line.contains(" 503 "));
    assertUnharmed();
  }

  @Test
  void slowReadersHoldUpNobody() throws Exception {
    String text = "x".repeat(8_000_000);
    byte[] body =
        ("{\"method\":\"echo\",\"params\":[\"" + text + "\"]}").getBytes(StandardCharsets.US_ASCII);
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Socket socket = connect();
      socket.setReceiveBufferSize(4096);
      sent.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  head(socket, body.length);
                  socket.getOutputStream().write(body);
                } catch (IOException e) {
                  // Refused meanwhile.
                }
              },
              clients));
    }
    sent.forEach(CompletableFuture::join);
    assertUnharmed();
  }

  @Test
  void halfOpenConnectionsCostNothing() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      Socket socket = connect();
      if (i % 2 == 0) {
        socket.getOutputStream().write("POST / HT".getBytes(StandardCharsets.US_ASCII));
      } else {
        head(socket, 1000);
      }
    }
    assertUnharmed();
  }
}
