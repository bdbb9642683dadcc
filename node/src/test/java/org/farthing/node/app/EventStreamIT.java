package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The event stream of a node: who gets what, and who does not. */
@Timeout(120)
class EventStreamIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final String WELCOME = "https://shop.example";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Node node;
  private TestRpc rpc;

  @BeforeEach
  void start() throws Exception {
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, "regtest")
            .add(Option.DATA_DIR, folder.toString())
            .add(Option.LISTEN, "0")
            .add(Option.RPC_PORT, "0")
            .add(Option.RPC_USER, "alice")
            .add(Option.RPC_PASSWORD, "secret")
            .add(Option.RPC_AUTH, "bob:" + hashed())
            .add(Option.RPC_WHITELIST, "bob:getblockcount")
            .add(Option.RPC_WHITELIST_DEFAULT, "0")
            .add(Option.EVENTS, "1")
            .add(Option.EVENTS_MAX_AGE, "1")
            .add(Option.EVENTS_ORIGIN, WELCOME);
    NodeConfig config = Options.parse(values, Map.of()).config();
    node = Node.start(config);
    rpc = TestRpc.withPassword(node.rpcPort(), "alice", "secret");
  }

  /** The password {@code secret} in the form of rpcauth. */
  private static String hashed() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("salt".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal("secret".getBytes(StandardCharsets.UTF_8));
    return "salt$" + HexFormat.of().formatHex(hash);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + node.rpcPort() + "/events" + query));
  }

  /** The first messages of a stream, as many as are wanted. */
  private List<JsonNode> read(HttpRequest.Builder request, int count) throws Exception {
    HttpResponse<Stream<String>> response =
        http.send(
            request.header("Authorization", basic("alice:secret")).build(),
            HttpResponse.BodyHandlers.ofLines());
    assertThat(response.statusCode()).isEqualTo(200);
    try (Stream<String> lines = response.body()) {
      return lines
          .filter(line -> line.startsWith("data: "))
          .map(line -> json(line.substring("data: ".length())))
          .limit(count)
          .toList();
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> types(List<JsonNode> messages) {
    return messages.stream().map(message -> message.get("type").asText()).toList();
  }

  /** Status and word of a refusal. */
  private String refusal(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        http.send(
            request.header("Authorization", basic("alice:secret")).build(),
            HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + json(response.body()).get("error").asText();
  }

  @Test
  void aReaderGetsWhatHappensFromItsCursorOn() throws Exception {
    rpc.call("createwallet", "payer");
    String own = rpc.call("getnewaddress").asText();
    rpc.call("generatetoaddress", 101, own);
    String txid = rpc.call("sendtoaddress", ADDRESS, "1").asText();
    String hash = rpc.call("generatetoaddress", 1, own).get(0).asText();
    List<JsonNode> all = read(request("?since=first"), 105);
    JsonNode open = all.get(0);
    assertThat(open.get("type").asText()).isEqualTo("open");
    assertThat(open.get("cursor").asText()).endsWith("-0");
    assertThat(open.get("height").asInt()).isEqualTo(102);
    assertThat(open.get("hash").asText()).isEqualTo(hash);
    assertThat(types(all.subList(102, 105)))
        .containsExactly("tx-added", "tx-removed", "block-connected");
    JsonNode added = all.get(102);
    assertThat(added.get("txid").asText()).isEqualTo(txid);
    assertThat(added.get("fee").decimalValue()).isPositive();
    assertThat(all.get(103).get("reason").asText()).isEqualTo("block");
    JsonNode block = all.get(104);
    assertThat(block.get("hash").asText()).isEqualTo(hash);
    assertThat(block.get("height").asInt()).isEqualTo(102);
    assertThat(block.get("nTx").asInt()).isEqualTo(2);
    assertThat(open.get("next").asText()).isEqualTo(block.get("cursor").asText());

    String cursor = added.get("cursor").asText();
    assertThat(read(request("?since=" + cursor), 3).subList(1, 3)).isEqualTo(all.subList(103, 105));
    // The header counts before the query, as browsers need it.
    assertThat(read(request("?since=first").header("Last-Event-ID", cursor), 3).subList(1, 3))
        .isEqualTo(all.subList(103, 105));
  }

  @Test
  void aReaderChoosesItsEvents() throws Exception {
    rpc.call("createwallet", "payer");
    String own = rpc.call("getnewaddress").asText();
    rpc.call("generatetoaddress", 103, own);
    String mine = rpc.call("sendtoaddress", ADDRESS, "1").asText();
    String other = rpc.call("getnewaddress").asText();
    rpc.call("sendtoaddress", other, "1");
    rpc.call("generatetoaddress", 1, own);
    List<JsonNode> kinds = read(request("?since=first&kind=tx-removed,tx-added"), 5);
    assertThat(types(kinds))
        .containsExactly("open", "tx-added", "tx-added", "tx-removed", "tx-removed");
    List<JsonNode> concerned =
        read(request("?since=first&kind=tx-removed&kind=tx-added&address=" + ADDRESS), 3);
    assertThat(concerned.get(1).get("txid").asText()).isEqualTo(mine);
    assertThat(concerned.get(2).get("txid").asText()).isEqualTo(mine);
    assertThat(concerned.get(2).get("reason").asText()).isEqualTo("block");
    String script = rpc.call("getaddressinfo", other).get("scriptPubKey").asText();
    assertThat(read(request("?since=first&kind=tx-added&script=" + script), 2).get(1))
        .isEqualTo(kinds.get(2));
  }

  @Test
  void whoMayNotReadIsTold() throws Exception {
    HttpResponse<String> bare =
        http.send(request("").build(), HttpResponse.BodyHandlers.ofString());
    assertThat(bare.statusCode()).isEqualTo(401);
    assertThat(bare.headers().firstValue("www-authenticate")).isPresent();
    HttpResponse<String> limited =
        http.send(
            request("").header("Authorization", basic("bob:secret")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(limited.statusCode()).isEqualTo(403);
    HttpResponse<String> stranger =
        http.send(
            request("")
                .header("Authorization", basic("alice:secret"))
                .header("Origin", "https://stranger.example")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(stranger.statusCode()).isEqualTo(403);
    assertThat(
            http.send(
                    request("")
                        .header("Authorization", basic("alice:secret"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
  }

  /** A browser asks first whether the page may ask. */
  @Test
  void aWelcomePageReadsEvents() throws Exception {
    HttpResponse<String> preflight =
        http.send(
            request("")
                .header("Origin", WELCOME)
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("access-control-allow-origin")).contains(WELCOME);
    assertThat(preflight.headers().firstValue("access-control-allow-headers").orElseThrow())
        .contains("authorization");
    HttpResponse<InputStream> stream =
        http.send(
            request("")
                .header("Origin", WELCOME)
                .header("Authorization", basic("alice:secret"))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.headers().firstValue("access-control-allow-origin")).contains(WELCOME);
    stream.body().close();
  }

  @Test
  void aCursorThatLeadsNowhereIsRefused() throws Exception {
    String hour = "3600";
    rpc.call("generatetoaddress", 1, ADDRESS);
    String cursor = read(request("?since=first"), 2).get(1).get("cursor").asText();
    String log = cursor.substring(0, 16);
    assertThat(refusal(request("?since=0123456789abcdef-1"))).isEqualTo("409 other-log");
    assertThat(refusal(request("?since=" + log + "-7"))).isEqualTo("409 other-log");
    for (String bad : List.of("?since=x", "?kind=x", "?address=x", "?script=x", "?x=y")) {
      assertThat(refusal(request(bad))).isEqualTo("400 malformed");
    }
    long now = rpc.call("getblockheader", rpc.call("getbestblockhash")).get("time").asLong();
    rpc.call("generatetoaddress", 2, ADDRESS);
    rpc.call("setmocktime", now + 2 * Long.parseLong(hour));
    rpc.call("generatetoaddress", 1, ADDRESS);
    await()
        .untilAsserted(
            () -> assertThat(refusal(request("?since=" + cursor))).isEqualTo("410 too-old"));
    List<JsonNode> kept = read(request("?since=first"), 2);
    assertThat(kept.get(1).get("cursor").asText()).isEqualTo(log + "-4");
  }

  /** Messages of a connection until it is closed, then why it was. */
  private static final class Messages implements WebSocket.Listener {
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      messages.add(json(data.toString()));
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code + " " + reason);
      return null;
    }
  }

  private WebSocket webSocket(String query, Messages messages, String... protocols)
      throws Exception {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (protocols.length == 0) {
      builder.header("Authorization", basic("alice:secret"));
    } else {
      builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    return builder
        .buildAsync(URI.create("ws://127.0.0.1:" + node.rpcPort() + "/events" + query), messages)
        .get();
  }

  @Test
  void aPageBringsItsCredentialsAsAProtocol() throws Exception {
    Messages messages = new Messages();
    String credentials =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
    WebSocket socket = webSocket("", messages, "farthing-events", "basic." + credentials);
    await().until(() -> messages.messages.size() == 1);
    rpc.call("generatetoaddress", 1, ADDRESS);
    await().until(() -> messages.messages.size() == 2);
    assertThat(types(messages.messages)).containsExactly("open", "block-connected");
    var unused = socket.sendClose(WebSocket.NORMAL_CLOSURE, "enough");
    assertThat(messages.closed.get()).isEqualTo("1000 enough");
  }

  @Test
  void aWebSocketIsToldWhyItEnds() throws Exception {
    Messages messages = new Messages();
    webSocket("?since=0123456789abcdef-1", messages);
    assertThat(messages.closed.get()).isEqualTo("4409 other-log");
    assertThat(messages.messages.get(0).get("error").asText()).isEqualTo("other-log");
    assertThat(
            catchThrowableOfType(
                    ExecutionException.class,
                    () -> webSocket("", new Messages(), "farthing-events", "basic.YWxpY2U6eA"))
                .getCause())
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
  }

  /** Nothing of all this where nobody wants it. */
  @Test
  void whatIsOffIsNotThere() throws Exception {
    node.close();
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, "regtest")
            .add(Option.DATA_DIR, folder.resolve("off").toString())
            .add(Option.LISTEN, "0")
            .add(Option.RPC_PORT, "0");
    node = Node.start(Options.parse(values, Map.of()).config());
    assertThat(http.send(request("").build(), HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(404);
    assertThat(node.config().data().events()).doesNotExist();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("events"));
  }
}
