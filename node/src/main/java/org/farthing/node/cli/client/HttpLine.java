package org.farthing.node.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.farthing.node.cli.outcome.CliException;

/**
 * JSON-RPC over HTTP. Uses {@link HttpURLConnection}: the JDK's newer client takes 150 ms longer to
 * start, which is most of a command's time.
 */
record HttpLine(RpcEndpoint endpoint) implements RpcLine {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Long enough for a wallet's keys to be stretched, or for many blocks to be mined. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(15);

  @Override
  public JsonNode exchange(byte[] request, Optional<String> wallet) throws CliException {
    HttpURLConnection connection = connect(request.length, wallet);
    try {
      try (OutputStream out = connection.getOutputStream()) {
        out.write(request);
      }
      return read(connection);
    } catch (HttpRetryException e) {
      throw refused();
    } catch (JsonProcessingException e) {
      throw CliException.failed("what answers at " + endpoint + " is not a node");
    } catch (IOException e) {
      throw CliException.failed(
          "the node at " + endpoint + " broke off the call, its outcome is not known: " + e);
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection connect(int length, Optional<String> wallet) throws CliException {
    try {
      HttpURLConnection connection = open(length, wallet);
      connection.connect();
      return connection;
    } catch (IOException e) {
      throw unreachable(e);
    } catch (URISyntaxException e) {
      throw CliException.usage("'" + endpoint + "' is not HOST:PORT (for --rpc)");
    }
  }

  private HttpURLConnection open(int length, Optional<String> wallet)
      throws IOException, URISyntaxException {
    String path =
        wallet
            .map(name -> "/wallet/" + URLEncoder.encode(name, StandardCharsets.UTF_8))
            .map(text -> text.replace("+", "%20"))
            .orElse("/");
    URI uri = new URI("http://" + endpoint + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    connection.setReadTimeout((int) ANSWER_TIMEOUT.toMillis());
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    endpoint.authorization().ifPresent(it -> connection.setRequestProperty("Authorization", it));
    connection.setDoOutput(true);
    // Also keeps the JDK from sending a payment twice when a kept connection breaks.
    connection.setFixedLengthStreamingMode(length);
    return connection;
  }

  private JsonNode read(HttpURLConnection connection) throws IOException, CliException {
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED) {
      throw refused();
    }
    if (status == HttpURLConnection.HTTP_FORBIDDEN) {
      throw CliException.noAccess("the node at " + endpoint + " does not allow us this call");
    }
    try (InputStream in =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (status == HttpURLConnection.HTTP_UNAVAILABLE) {
        throw CliException.failed("the node at " + endpoint + " is too busy: " + text.trim());
      }
      return Json.parse(text);
    }
  }

  private CliException refused() {
    if (endpoint.authorization().isEmpty()) {
      return CliException.noAccess(
              "the node at "
                  + endpoint
                  + " wants credentials, and there is no "
                  + endpoint.cookie())
          .hint("say where the node keeps its data with --data, or use --rpc-user.");
    }
    return CliException.noAccess("the node at " + endpoint + " refuses these credentials")
        .hint(
            endpoint.login().isPresent()
                ? "check --rpc-user and its password."
                : "another node may have the port: say whose data to use with --data.");
  }

  private CliException unreachable(IOException cause) {
    String reason =
        cause instanceof ConnectException || cause.getMessage() == null
            ? ""
            : " (" + cause.getMessage() + ")";
    return CliException.noNode("no node answers at " + endpoint + reason)
        .hint("start one with 'farthing node', or say where it is with --data or --rpc.");
  }
}
