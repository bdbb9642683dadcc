package org.farthing.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.farthing.client.rpc.Methods;

/**
 * A node, as a program calls it: a method for each of its own. Connections are kept and used again.
 * Any number of threads may call; each waits for its own answer.
 *
 * <pre>{@code
 * NodeClient node = NodeClient.at(URI.create("http://127.0.0.1:18443"), Credentials.cookie(file));
 * long height = node.getBlockCount();
 * String address = node.wallet("alice").getNewAddress();
 * }</pre>
 */
public final class NodeClient implements Methods {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Some methods work for long: the keys of a wallet are stretched, many blocks are mined. */
  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(15);

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final HttpClient http;
  private final Endpoint endpoint;
  private final Session session;

  /**
   * @param path of the wallet, or {@code /}
   */
  private record Endpoint(URI address, String path, Duration timeout) {
    URI uri() {
      return address.resolve(path);
    }
  }

  /** Credentials, and what they said last: a cookie is not read for each call. */
  private static final class Session {
    private final Credentials credentials;
    private volatile String header;

    Session(Credentials credentials) {
      this.credentials = credentials;
    }

    String header() {
      String known = header;
      if (known == null) {
        known = credentials.header();
        header = known;
      }
      return known;
    }

    /** Whether there is something else to be said than what was refused. */
    boolean renew(String refused) {
      String now = credentials.header();
      header = now;
      return !now.equals(refused);
    }
  }

  private NodeClient(HttpClient http, Endpoint endpoint, Session session) {
    this.http = http;
    this.endpoint = endpoint;
    this.session = session;
  }

  /**
   * The node at an address. Nothing is sent before the first call.
   *
   * @param address {@code http://host:port}
   */
  public static NodeClient at(URI address, Credentials credentials) {
    Objects.requireNonNull(credentials, "credentials");
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    return new NodeClient(
        http, new Endpoint(address, "/", USUAL_TIMEOUT), new Session(credentials));
  }

  /** The same node; methods of wallets are about this one. */
  public NodeClient wallet(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return new NodeClient(
        http, new Endpoint(endpoint.address, "/wallet/" + encoded, endpoint.timeout), session);
  }

  /**
   * The same node, waited for no longer than this.
   *
   * @param timeout for each call
   */
  public NodeClient timeout(Duration timeout) {
    return new NodeClient(http, new Endpoint(endpoint.address, endpoint.path, timeout), session);
  }

  /** A batch without calls so far. */
  public Batch batch() {
    return new Batch(this);
  }

  @Override
  public <T> T call(Call<T> call) {
    return Wire.result(call, exchange(Wire.request(call, 1)));
  }

  /** Sends a request, and waits for the answer. */
  JsonNode exchange(JsonNode request) {
    byte[] body = bytes(request);
    String header = session.header();
    HttpResponse<byte[]> response = send(body, header);
    // A node that was started again has another cookie.
    if (response.statusCode() == UNAUTHORIZED && session.renew(header)) {
      response = send(body, session.header());
    }
    return switch (response.statusCode()) {
      case UNAUTHORIZED -> throw refused("refuses these credentials", response);
      case FORBIDDEN -> throw refused("does not allow this user this call", response);
      case UNAVAILABLE ->
          throw refused(
              "is too busy: " + new String(response.body(), StandardCharsets.UTF_8), response);
      default -> read(response);
    };
  }

  private ConnectionException refused(String reason, HttpResponse<byte[]> response) {
    return new ConnectionException(
        "the node at " + endpoint.address + " " + reason, response.statusCode(), null);
  }

  private HttpResponse<byte[]> send(byte[] body, String authorization) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.uri())
            .timeout(endpoint.timeout)
            .header("Content-Type", "application/json")
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new ConnectionException(
          "no answer from " + endpoint.address + ": " + e.getMessage(), 0, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionException("interrupted while waiting for " + endpoint.address, 0, e);
    }
  }

  private static byte[] bytes(JsonNode request) {
    try {
      return MAPPER.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for " + request, e);
    }
  }

  private JsonNode read(HttpResponse<byte[]> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UnexpectedAnswerException(
          "what answers at "
              + endpoint.address
              + " is no node (HTTP status "
              + response.statusCode()
              + ")",
          e);
    }
  }

  @Override
  public String toString() {
    return "node at " + endpoint.uri();
  }
}
