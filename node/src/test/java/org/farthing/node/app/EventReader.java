package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/**
 * A reader of a node's events that keeps a mirror of chain and mempool, and fails on any event that
 * does not follow from those before it. It shares no code with the node.
 */
@SuppressWarnings("try")
final class EventReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<JsonNode> events = new ArrayList<>();
  private final Set<String> pool = new TreeSet<>();
  private String cursor = "";
  private String tip = "";
  private int connection;
  private AutoCloseable closing = () -> {};
  private Throwable failure;

  /** How the reader connects. */
  enum Form {
    SERVER_SENT,
    WEB_SOCKET
  }

  /** Reads on where it stopped, or begins with what happens from now on. */
  void connect(int port, Path cookie, Form form) throws Exception {
    disconnect();
    int mine;
    String since;
    synchronized (this) {
      mine = ++connection;
      since = cursor;
    }
    if (form == Form.SERVER_SENT) {
      readServerSent(port, authorization(cookie), since, mine);
    } else {
      readWebSocket(port, authorization(cookie), since, mine);
    }
  }

  static String authorization(Path cookie) throws IOException {
    byte[] login = Files.readString(cookie).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  private void readServerSent(int port, String authorization, String since, int mine)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
            .header("Authorization", authorization);
    if (!since.isEmpty()) {
      request.header("Last-Event-ID", since);
    }
    HttpResponse<InputStream> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    InputStream body = response.body();
    closing = body;
    Thread thread = new Thread(() -> readLines(body, mine), "event reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void readLines(InputStream body, int mine) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          take(line.substring("data: ".length()), mine);
        }
      }
    } catch (IOException e) {
      // The connection has ended, by whomever.
    }
  }

  private void readWebSocket(int port, String authorization, String since, int mine)
      throws Exception {
    String query = since.isEmpty() ? "" : "?since=" + since;
    WebSocket socket =
        http.newWebSocketBuilder()
            .header("Authorization", authorization)
            .subprotocols("farthing-events")
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/events" + query),
                new WebSocket.Listener() {
                  private final StringBuilder text = new StringBuilder();

                  @Override
                  public CompletionStage<?> onText(
                      WebSocket webSocket, CharSequence data, boolean last) {
                    text.append(data);
                    if (last) {
                      take(text.toString(), mine);
                      text.setLength(0);
                    }
                    webSocket.request(1);
                    return null;
                  }
                })
            .get();
    assertThat(socket.getSubprotocol()).isEqualTo("farthing-events");
    closing = socket::abort;
  }

  private synchronized void take(String text, int mine) {
    // What an abandoned connection still brings was not read.
    if (mine != connection || failure != null) {
      return;
    }
    try {
      apply(JSON.readTree(text));
    } catch (IOException e) {
      failure = new UncheckedIOException(e);
    } catch (AssertionError e) {
      failure = e;
    }
  }

  private void apply(JsonNode message) {
    String type = message.get("type").asText();
    assertThat(type).as(message.toString()).isNotEqualTo("error");
    String at = message.get("cursor").asText();
    if (type.equals("open") || type.equals("heartbeat")) {
      if (cursor.isEmpty()) {
        tip = message.get("hash").asText();
        cursor = at;
      }
      assertThat(at).isEqualTo(cursor);
      return;
    }
    assertThat(log(at)).as("log").isEqualTo(log(cursor));
    assertThat(sequence(at)).as("sequence").isEqualTo(sequence(cursor) + 1);
    cursor = at;
    events.add(message);
    switch (type) {
      case "block-connected" -> {
        assertThat(message.get("previousblockhash").asText()).isEqualTo(tip);
        tip = message.get("hash").asText();
      }
      case "block-disconnected" -> {
        assertThat(message.get("hash").asText()).isEqualTo(tip);
        tip = message.get("previousblockhash").asText();
      }
      case "tx-added" -> assertThat(pool.add(message.get("txid").asText())).isTrue();
      case "tx-removed" -> assertThat(pool.remove(message.get("txid").asText())).isTrue();
      default -> throw new AssertionError("unknown: " + message);
    }
  }

  private static String log(String cursor) {
    return cursor.substring(0, cursor.indexOf('-'));
  }

  private static long sequence(String cursor) {
    return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1));
  }

  /** Whether the mirror is what the node has. */
  synchronized boolean mirrors(TestRpc rpc) {
    check();
    Set<String> waiting = new TreeSet<>();
    rpc.call("getrawmempool").forEach(txid -> waiting.add(txid.asText()));
    return tip.equals(rpc.call("getbestblockhash").asText()) && pool.equals(waiting);
  }

  /** Everything that was read. */
  synchronized List<JsonNode> events() {
    check();
    return List.copyOf(events);
  }

  synchronized String cursor() {
    return cursor;
  }

  /** The next connection begins with the oldest event that the log keeps. */
  synchronized void beginWith(String position, String firstTip) {
    cursor = position;
    tip = firstTip;
  }

  private void check() {
    if (failure != null) {
      throw new AssertionError("after " + events.size() + " events", failure);
    }
  }

  /** Ends the connection; what it still brings does not count. */
  void disconnect() throws Exception {
    synchronized (this) {
      connection++;
    }
    closing.close();
    closing = () -> {};
  }

  @Override
  public void close() throws Exception {
    disconnect();
  }
}
