package org.farthing.node.rpc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.farthing.node.config.BindAddress;
import org.farthing.node.config.RpcConfig;
import org.farthing.node.config.RpcLogin;
import org.farthing.node.config.RpcWhitelist;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.call.TestMethods;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.transport.EventLoops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcServerIT {
  private static final RpcLogin ALICE = RpcLogin.ofPassword("alice", "secret");
  private static final RpcConfig.Limits LIMITS = new RpcConfig.Limits(1, 1, 30, false, Set.of());

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch answered = new CountDownLatch(1);
  private final EventLoops loops = new EventLoops("rpc-io", 1);
  private RpcServer server;

  @BeforeEach
  void start() throws IOException {
    server = start(config(0, List.of()));
  }

  private RpcConfig config(int port, List<String> binds) {
    List<BindAddress> addresses = new ArrayList<>();
    for (String bind : binds.isEmpty() ? List.of("127.0.0.1") : binds) {
      addresses.add(new BindAddress(bind, OptionalInt.empty(), false));
    }
    return new RpcConfig(
        true,
        new RpcConfig.Listen(addresses, port, Optional.empty()),
        new RpcConfig.Access(
            Optional.empty(),
            List.of(ALICE.user() + ":" + ALICE.salt() + "$" + ALICE.hmac()),
            Optional.of(new RpcConfig.CookieFile(cookie(), Optional.empty())),
            RpcWhitelist.OPEN),
        LIMITS);
  }

  private RpcServer start(RpcConfig config) throws IOException {
    RpcServer started =
        RpcServer.start(config, new Sites(Optional.of(new Open()), Optional.empty()), loops);
    started.ready(
        new MethodTable(
            List.of(
                TestMethods.echo(),
                TestMethods.wallet(),
                TestMethods.of("wait", request -> waitForRelease()),
                TestMethods.waiting("slow", request -> waitForRelease()),
                TestMethods.of("large", request -> Json.text("x".repeat(Body.MAX_BYTES / 2))),
                TestMethods.of(
                    "last",
                    request -> {
                      request.caller().whenAnswered(answered::countDown);
                      return Json.text("bye");
                    }))));
    return started;
  }

  /** Repeats what it is asked. */
  private static final class Open implements OpenSite {
    @Override
    public boolean serves(String uri) {
      return uri.startsWith("/open/");
    }

    @Override
    public Reply answer(String uri, byte[] body) {
      byte[] text = (uri + " " + body.length + "\n").getBytes(StandardCharsets.US_ASCII);
      return Reply.of(200, new Reply.Content("text/plain", "max-age=7"), text);
    }
  }

  private JsonNode waitForRelease() {
    entered.countDown();
    begun.release();
    try {
      release.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      Thread.currentThread().interrupt();
    }
    return Json.text("waited");
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.close();
    loops.close();
    assertThat(cookie()).doesNotExist();
  }

  private Path cookie() {
    return folder.resolve(".cookie");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> post(String path, String pair, String body) throws Exception {
    return client.send(
        request(path)
            .header("Authorization", basic(pair))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String call(String method) throws Exception {
    return post("/", "alice:secret", "{\"method\":\"" + method + "\",\"id\":1}").body();
  }

  @Test
  void answersWhoHasThePassword() throws Exception {
    HttpResponse<String> response =
        post("/", "alice:secret", "{\"method\":\"echo\",\"params\":[\"a\"],\"id\":1}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body())
        .isEqualTo(
            "{\"result\":{\"text\":\"a\",\"number\":7,\"sat\":-1},\"error\":null,\"id\":1}\n");
  }

  @Test
  void answersWhoHasTheCookie() throws Exception {
    String pair = Files.readString(cookie());
    assertThat(pair).matches("__cookie__:[0-9a-f]{64}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cookie())))
        .isEqualTo("rw-------");
    assertThat(post("/", pair, "{\"method\":\"wallet\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongPasswordCostsAQuarterOfASecond() throws Exception {
    long before = System.nanoTime();
    HttpResponse<String> response = post("/", "alice:wrong", "{\"method\":\"echo\"}");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(249));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("www-authenticate")).isPresent();
  }

  @Test
  void whoSendsNoCredentialsIsRefused() throws Exception {
    HttpResponse<String> response =
        client.send(
            request("/").POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(401);
  }

  @Test
  void otherPathsAndVerbsAreRefused() throws Exception {
    assertThat(post("/elsewhere", "alice:secret", "{}").statusCode()).isEqualTo(404);
    assertThat(
            client
                .send(request("/").GET().build(), HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
  }

  private HttpResponse<String> open(String method, String path, HttpRequest.BodyPublisher body)
      throws Exception {
    return client.send(
        request(path).method(method, body).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsOpenNeedsNoCredentials() throws Exception {
    HttpResponse<String> response =
        open("GET", "/open/a?b=%25", HttpRequest.BodyPublishers.noBody());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("/open/a?b=%25 0\n");
    assertThat(response.headers().firstValue("content-type")).contains("text/plain");
    assertThat(response.headers().firstValue("cache-control")).contains("max-age=7");
    assertThat(open("HEAD", "/open/a", HttpRequest.BodyPublishers.noBody()).body()).isEmpty();
    assertThat(open("POST", "/open/a", HttpRequest.BodyPublishers.ofString("abc")).body())
        .isEqualTo("/open/a 3\n");
    HttpResponse<String> refused = open("PATCH", "/open/a", HttpRequest.BodyPublishers.noBody());
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("cache-control")).contains("no-store");
  }

  @Test
  void nobodyMakesTheNodeHoldMuchWithoutCredentials() throws Exception {
    byte[] most = new byte[Gate.MAX_OPEN_BODY_BYTES];
    byte[] more = new byte[Gate.MAX_OPEN_BODY_BYTES + 1];
    assertThat(open("POST", "/open/a", HttpRequest.BodyPublishers.ofByteArray(most)).body())
        .isEqualTo("/open/a " + most.length + "\n");
    assertThat(open("POST", "/open/a", HttpRequest.BodyPublishers.ofByteArray(more)).statusCode())
        .isEqualTo(413);
    // In chunks, whose sum nobody says beforehand.
    HttpRequest.BodyPublisher chunks =
        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(more));
    assertThat(open("POST", "/open/a", chunks).statusCode()).isEqualTo(413);
  }

  /** A request with credentials and one without, on one connection: each as it is. */
  @Test
  void openAndClosedRequestsTakeTurns() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String body = "{\"method\":\"wallet\"}";
      String call =
          "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(basic("alice:secret"), body.length(), body);
      String read = "GET /open/a HTTP/1.1\r\nHost: x\r\n\r\n";
      socket
          .getOutputStream()
          .write((call + read + call + read).getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(10_000);
      List<String> statuses = new ArrayList<>();
      while (statuses.size() < 4) {
        String line = firstLine(socket);
        assertThat(line).isNotEmpty();
        if (line.startsWith("HTTP/1.1 ")) {
          statuses.add(line.substring(9, 12));
        }
      }
      assertThat(statuses).containsExactly("200", "200", "200", "200");
    }
  }

  @Test
  void thePathNamesAWallet() throws Exception {
    assertThat(post("/wallet/my%20wallet", "alice:secret", "{\"method\":\"wallet\"}").body())
        .contains("\"my wallet\"");
    assertThat(call("wallet")).contains("\"none\"");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String head =
          "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(basic("alice:secret"), Body.MAX_BYTES + 1);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[1024]);
      assertThat(firstLine(socket)).contains("413 Content too large");
    }
    assertThat(call("wallet")).contains("none");
  }

  @Test
  void requestsInOnePieceAreAnsweredInTheirOrder() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        String body = "{\"method\":\"echo\",\"params\":[\"n\"," + i + "],\"id\":" + i + "}";
        requests.append(
            "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n%s\r\n%s"
                .formatted(
                    basic("alice:secret"),
                    body.length(),
                    i == 19 ? "Connection: close\r\n" : "",
                    body));
      }
      socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int at = 0;
      for (int i = 0; i < 20; i++) {
        at = answers.indexOf("\"id\":" + i + "}", at);
        assertThat(at).as("answer " + i).isPositive();
      }
    }
  }

  @Test
  void slowCallsKeepNobodyWaiting() throws Exception {
    // One thread, and room for one in the queue: so many may be slow at a time.
    List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      slow.add(client.sendAsync(calling("slow"), HttpResponse.BodyHandlers.ofString()));
      assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
    for (int i = 0; i < 50; i++) {
      assertThat(call("wallet")).contains("none");
    }
    HttpResponse<String> refused = post("/", "alice:secret", "{\"method\":\"slow\"}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).isEqualTo("Work queue depth exceeded");
    release.countDown();
    for (var call : slow) {
      assertThat(call.get(10, TimeUnit.SECONDS).body()).contains("waited");
    }
  }

  @Test
  void whoeverWaitsForACallerThatHasGoneIsInterrupted() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, "/", "{\"method\":\"slow\"}");
      assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aRefusalWaitsForTheAnswerBeforeIt() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, "/", "{\"method\":\"slow\"}");
      send(socket, "/" + "x".repeat(20_000), "{}");
      assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(call("wallet")).contains("none");
      release.countDown();
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answers).containsSubsequence("200 OK", "waited", "400 Bad Request");
    }
  }

  @Test
  void whatServersUnderstandInDifferentWaysIsRefused() throws Exception {
    List<String> heads =
        List.of(
            "GET / ",
            "GET / HTTP/9.9",
            "GET / HTTP/INVALID",
            "GET / NOTHTTP/1.1",
            "GET /\0/x HTTP/1.1",
            "POST / HTTP/1.1\r\nAuthorization : " + basic("alice:secret"),
            "POST / HTTP/1.1\r\nAuthorization: Basic\r\n " + basic("alice:secret").substring(6),
            "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip",
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Length: 2\r\n".repeat(2));
    for (String head : heads) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket
            .getOutputStream()
            .write((head + "\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(firstLine(socket)).as(head).startsWith("HTTP/1.1 400");
      }
    }
  }

  /**
   * A length beside chunks is not believed, and nothing after the chunks is taken for a request.
   */
  @Test
  void chunksCountMoreThanALength() throws Exception {
    String body = "{\"method\":\"wallet\"}";
    String smuggled =
        "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(basic("alice:secret"), body.length(), body);
    for (String length : List.of("4", "1000000")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        String request =
            "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %s\r\n"
                    .formatted(basic("alice:secret"), length)
                + "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                    .formatted(body.length(), body);
        socket.getOutputStream().write((request + smuggled).getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(10_000);
        String answers =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(answers).as(length).startsWith("HTTP/1.1 200 OK").contains("\"none\"");
        assertThat(answers.split("HTTP/1.1", -1)).as(length).hasSize(2);
      }
    }
  }

  @Test
  void whoIsNotOnTheWhitelistIsForbidden() throws Exception {
    server.close();
    RpcConfig open = config(0, List.of());
    RpcConfig.Access access = open.access();
    server =
        start(
            new RpcConfig(
                true,
                open.listen(),
                new RpcConfig.Access(
                    access.password(),
                    access.auths(),
                    access.cookie(),
                    new RpcWhitelist(Map.of("alice", Set.of("wallet")), true)),
                LIMITS));
    assertThat(post("/", "alice:secret", "{\"method\":\"wallet\"}").statusCode()).isEqualTo(200);
    assertThat(post("/", "alice:secret", "{\"method\":\"echo\"}").statusCode()).isEqualTo(403);
    assertThat(
            post("/", "alice:secret", "[{\"method\":\"wallet\"},{\"method\":\"echo\"}]")
                .statusCode())
        .isEqualTo(403);
    String cookie = Files.readString(cookie());
    assertThat(post("/", cookie, "{\"method\":\"wallet\"}").statusCode()).isEqualTo(403);
  }

  @Test
  void aFullQueueIsSaid() throws Exception {
    // One worker runs, one call waits in the queue: the third is too many.
    var running = client.sendAsync(waiting(), HttpResponse.BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<HttpResponse<String>> second =
        client.sendAsync(waiting(), HttpResponse.BodyHandlers.ofString());
    CompletableFuture<HttpResponse<String>> third =
        client.sendAsync(waiting(), HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> refused =
        second.applyToEither(third, response -> response).get(10, TimeUnit.SECONDS);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).isEqualTo("Work queue depth exceeded");
    release.countDown();
    assertThat(running.get(10, TimeUnit.SECONDS).body()).contains("waited");
  }

  private HttpRequest waiting() {
    return calling("wait");
  }

  private HttpRequest calling(String method) {
    return request("/")
        .header("Authorization", basic("alice:secret"))
        .POST(HttpRequest.BodyPublishers.ofString("{\"method\":\"" + method + "\"}"))
        .build();
  }

  private static void send(Socket socket, String path, String body) throws IOException {
    socket
        .getOutputStream()
        .write(
            "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, basic("alice:secret"), body.length(), body)
                .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aSlowReaderHoldsUpNobodyElse() throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String body = "{\"method\":\"large\"}";
      slow.getOutputStream()
          .write(
              "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(basic("alice:secret"), body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(firstLine(slow)).contains("200 OK");
      assertThat(call("wallet")).contains("none");
    }
  }

  @Test
  void whatComesAfterTheAnswerComesAfterIt() throws Exception {
    assertThat(call("last")).contains("bye");
    assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anotherServerOnThePortIsSaid() throws Exception {
    String before = Files.readString(cookie());
    RpcConfig same = config(server.port(), List.of());
    assertThatThrownBy(() -> RpcServer.start(same, Sites.NONE, loops))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot listen for RPC on 127.0.0.1 port " + server.port());
    assertThat(Files.readString(cookie())).isEqualTo(before);
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = socket.getInputStream().read(); b >= 0 && b != '\n'; ) {
      line.append((char) b);
      b = socket.getInputStream().read();
    }
    return line.toString();
  }
}
