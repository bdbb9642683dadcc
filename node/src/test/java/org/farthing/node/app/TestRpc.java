package org.farthing.node.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A caller of a node's methods that shares no code with the node. */
final class TestRpc {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI uri;
  private final String authorization;

  TestRpc(int port, Path cookie) {
    this(port, read(cookie));
  }

  private TestRpc(int port, String login) {
    this.uri = URI.create("http://127.0.0.1:" + port + "/");
    byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  static TestRpc withPassword(int port, String user, String password) {
    return new TestRpc(port, user + ":" + password);
  }

  private static String read(Path cookie) {
    try {
      return Files.readString(cookie);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The result; an error is an {@link AssertionError} with the node's answer. */
  JsonNode call(String method, Object... params) {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", method);
    ArrayNode array = request.putArray("params");
    for (Object param : params) {
      array.add(JSON.valueToTree(param));
    }
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", authorization)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (answer == null || answer.hasNonNull("error")) {
        throw new AssertionError(method + ": " + response.body());
      }
      return answer.get("result");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
