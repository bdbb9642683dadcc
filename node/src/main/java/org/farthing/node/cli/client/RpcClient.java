package org.farthing.node.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.farthing.node.cli.outcome.CliException;

/** Calls the methods of one node (JSON-RPC 2.0), or of what answers in its place. */
public final class RpcClient {
  private final RpcEndpoint endpoint;
  private final RpcLine line;
  private final Optional<String> wallet;

  /** Of a node that listens. */
  public RpcClient(RpcEndpoint endpoint) {
    this(endpoint, new HttpLine(endpoint));
  }

  /**
   * @param endpoint where the node would be found, for people
   */
  public RpcClient(RpcEndpoint endpoint, RpcLine line) {
    this(endpoint, line, Optional.empty());
  }

  private RpcClient(RpcEndpoint endpoint, RpcLine line, Optional<String> wallet) {
    this.endpoint = endpoint;
    this.line = line;
    this.wallet = wallet;
  }

  /** The same node; methods of wallets are about this one. */
  public RpcClient wallet(String name) {
    return new RpcClient(endpoint, line, Optional.of(name));
  }

  public RpcEndpoint endpoint() {
    return endpoint;
  }

  public Optional<String> walletName() {
    return wallet;
  }

  /**
   * Calls with positional arguments.
   *
   * @return the result; may be JSON's null
   * @throws RefusedException if the node refuses
   * @throws CliException if no node answers, or refuses our credentials
   */
  public JsonNode call(String method, Object... arguments) throws RefusedException, CliException {
    return callWith(method, Json.of(Arrays.asList(arguments)));
  }

  /**
   * @param parameters an array of positional or an object of named parameters
   */
  public JsonNode callWith(String method, JsonNode parameters)
      throws RefusedException, CliException {
    ObjectNode request = Json.object();
    request.put("jsonrpc", "2.0");
    request.put("id", 1);
    request.put("method", method);
    request.set("params", parameters);
    byte[] bytes = Json.compact(request).getBytes(StandardCharsets.UTF_8);
    return result(line.exchange(bytes, wallet));
  }

  private JsonNode result(JsonNode answer) throws RefusedException, CliException {
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RefusedException(error.path("code").asInt(), error.path("message").asText());
    }
    if (!answer.has("result")) {
      throw CliException.failed("what answers at " + endpoint + " is not a node");
    }
    return answer.get("result");
  }
}
