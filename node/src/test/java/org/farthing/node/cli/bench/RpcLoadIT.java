package org.farthing.node.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.farthing.node.cli.client.RpcEndpoint;
import org.farthing.node.cli.outcome.CliException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The load of the benchmark, on a server that is not ours. */
class RpcLoadIT {
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"result\":7,\"id\":1}";
  private static final Duration TIME = Duration.ofMillis(100);

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final AtomicInteger calls = new AtomicInteger();
  private final Set<String> bodies = ConcurrentHashMap.newKeySet();

  RpcLoadIT() throws IOException {
    server.setExecutor(Executors.newCachedThreadPool());
  }

  /**
   * @param length that the answer states; 0 for chunks
   */
  private RpcLoad loadOf(int clients, int status, String answer, long length) {
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          calls.incrementAndGet();
          exchange.sendResponseHeaders(status, length);
          exchange.getResponseBody().write(answer.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    RpcEndpoint endpoint =
        new RpcEndpoint(
            "127.0.0.1",
            server.getAddress().getPort(),
            Path.of("no cookie"),
            Optional.of("user:password"));
    return new RpcLoad(endpoint, clients);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void eachCallIsMeasured() throws Exception {
    RpcLoad.Outcome outcome = loadOf(3, 200, RESULT, RESULT.length()).run(List.of("a", "b"), TIME);
    assertThat(outcome.calls()).isEqualTo(calls.get());
    assertThat(outcome.seconds()).isGreaterThanOrEqualTo(0.1);
    assertThat(bodies).isSubsetOf("a", "b").isNotEmpty();
  }

  @Test
  void answersInChunksAreReadWhole() throws Exception {
    String big = RESULT.replace("7", "\"" + "7".repeat(100_000) + "\"");
    RpcLoad.Outcome outcome = loadOf(2, 200, big, 0).run(List.of("a"), TIME);
    assertThat(outcome.calls()).isEqualTo(calls.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aRefusalEndsTheBenchmark() {
    String error = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-8}}";
    RpcLoad load = loadOf(1, 200, error, error.length());
    assertThatThrownBy(() -> load.run(List.of("a"), TIME))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void aStatusThatIsNotOkEndsTheBenchmark() {
    RpcLoad load = loadOf(1, 503, "busy", 4);
    assertThatThrownBy(() -> load.run(List.of("a"), TIME))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("503");
  }

  @Test
  void theSlowestInAHundred() {
    long[] nanos = new long[200];
    for (int index = 0; index < nanos.length; index++) {
      nanos[index] = (index + 1) * 1_000_000L;
    }
    RpcLoad.Outcome outcome = new RpcLoad.Outcome(nanos, 4);
    assertThat(outcome.millis(0.99)).isEqualTo(198);
    assertThat(outcome.millis(1)).isEqualTo(200);
    assertThat(outcome.callsInSecond()).isEqualTo(50);
  }
}
