package org.farthing.node.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcClientTest {
  private HttpServer server;
  private RpcClient client;
  private volatile String path;
  private volatile String request;
  private volatile String authorization;
  private volatile int status = 200;
  private volatile String answer = "{\"jsonrpc\":\"2.0\",\"result\":7,\"id\":1}";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          path = exchange.getRequestURI().getRawPath();
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (status == 401) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"jsonrpc\"");
          }
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new RpcClient(
            new RpcEndpoint(
                "127.0.0.1",
                server.getAddress().getPort(),
                Path.of("no-cookie"),
                Optional.of("me:secret")));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void callsGoOutAsJsonRpcTwo() throws CliException, RefusedException {
    assertThat(client.call("getblockhash", 7, "x", true, null).asInt()).isEqualTo(7);
    assertThat(request)
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getblockhash\","
                + "\"params\":[7,\"x\",true,null]}");
    assertThat(path).isEqualTo("/");
    assertThat(authorization).isEqualTo("Basic bWU6c2VjcmV0");
  }

  @Test
  void aWalletIsPartOfThePath() throws CliException, RefusedException {
    client.wallet("my wallet/ä").call("getbalance");
    assertThat(path).isEqualTo("/wallet/my%20wallet%2F%C3%A4");
  }

  @Test
  void refusalsKeepTheirNumber() {
    answer = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-6,\"message\":\"Insufficient funds\"}}";
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> client.call("sendtoaddress"));
    assertThat(refused).hasMessage("Insufficient funds");
    assertThat(refused.is(RpcErrorCode.WALLET_INSUFFICIENT_FUNDS)).isTrue();
  }

  @Test
  void errorsWithAnHttpStatusAreReadToo() {
    status = 500;
    answer = "{\"result\":null,\"error\":{\"code\":-8,\"message\":\"no\"},\"id\":1}";
    assertThatThrownBy(() -> client.call("x")).isInstanceOf(RefusedException.class);
  }

  @Test
  void wrongCredentialsHaveAnExitCodeOfTheirOwn() {
    status = 401;
    answer = "";
    assertThat(failure()).hasMessageContaining("refuses these credentials");
    assertThat(failure().exitCode()).isEqualTo(ExitCode.NO_ACCESS);
  }

  @Test
  void aBusyNodeIsNotMistakenForAnother() {
    status = 503;
    answer = "Work queue depth exceeded";
    assertThat(failure()).hasMessageContaining("too busy: Work queue depth exceeded");
  }

  @Test
  void somethingElseMayListenThere() {
    answer = "<html>";
    assertThat(failure()).hasMessageContaining("is not a node");
    answer = "{}";
    assertThat(failure()).hasMessageContaining("is not a node");
  }

  @Test
  void whereNothingListensTheHintSaysWhatToDo() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    client =
        new RpcClient(new RpcEndpoint("127.0.0.1", free, Path.of("no-cookie"), Optional.empty()));
    CliException failure = failure();
    assertThat(failure).hasMessage("no node answers at 127.0.0.1:" + free);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_NODE);
    assertThat(failure.hint())
        .hasValueSatisfying(hint -> assertThat(hint).contains("farthing node"));
  }

  private CliException failure() {
    return catchThrowableOfType(CliException.class, () -> client.call("getblockcount"));
  }
}
