package org.farthing.node.rpc.electrum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.node.rpc.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation with one client: answers its requests, and tells it what changed of what it
 * subscribed to. No sockets here. Used by one thread at a time.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private static final String HEADERS = "blockchain.headers.subscribe";
  private static final String SCRIPT = "blockchain.scripthash.subscribe";

  /** Scripts that one client may watch: each change costs a look at all of them. */
  private static final int MAX_SCRIPTS = 50_000;

  private final ServerInfo server;
  private final ChainCalls chain;
  private final ScriptCalls scripts;
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final Map<ScriptHash, JsonNode> watched = new LinkedHashMap<>();
  private JsonNode lastTip;

  /** A method: the names of its parameters, and what it does. */
  private record Call(List<String> names, Body body) {}

  @FunctionalInterface
  private interface Body {
    JsonNode answer(Params params) throws ElectrumException;
  }

  Session(ElectrumPort node, ServerInfo server, ScriptCalls scripts) {
    this.server = server;
    this.scripts = scripts;
    this.chain = new ChainCalls(node);
    serverCalls();
    chainCalls();
    scriptCalls();
  }

  private void call(String name, Body body, String... params) {
    calls.put(name, new Call(List.of(params), body));
  }

  private void serverCalls() {
    call("server.version", server::version, ServerInfo.CLIENT_NAME, ServerInfo.PROTOCOL_VERSION);
    call("server.features", params -> server.features());
    call("server.banner", params -> Json.text(server.banner()));
    call("server.donation_address", params -> Json.text(""));
    call("server.peers.subscribe", params -> Json.array());
    call("server.ping", params -> Json.nothing());
  }

  private void chainCalls() {
    call(HEADERS, params -> watchHeaders());
    call("blockchain.block.header", chain::header, "height", "cp_height");
    call("blockchain.block.headers", chain::headers, "start_height", "count", "cp_height");
    call("blockchain.transaction.get", chain::transaction, "tx_hash", "verbose");
    call("blockchain.transaction.broadcast", chain::broadcast, "raw_tx");
    call("blockchain.transaction.get_merkle", chain::merkle, "tx_hash", "height");
    call("blockchain.transaction.id_from_pos", chain::idFromPosition, "height", "tx_pos", "merkle");
    call("blockchain.estimatefee", chain::estimateFee, "number");
    call("blockchain.relayfee", params -> chain.relayFee());
    call("mempool.get_fee_histogram", params -> chain.feeHistogram());
  }

  private void scriptCalls() {
    String name = "scripthash";
    call("blockchain.scripthash.get_balance", p -> scripts.balance(p.scriptHash(0)), name);
    call("blockchain.scripthash.get_history", p -> scripts.history(p.scriptHash(0)), name);
    call("blockchain.scripthash.get_mempool", p -> scripts.mempool(p.scriptHash(0)), name);
    call("blockchain.scripthash.listunspent", p -> scripts.unspent(p.scriptHash(0)), name);
    call(SCRIPT, p -> watch(p.scriptHash(0)), name);
    call(
        "blockchain.scripthash.unsubscribe",
        p -> Json.flag(watched.remove(p.scriptHash(0)) != null),
        name);
  }

  private JsonNode watchHeaders() {
    lastTip = chain.tip();
    return lastTip;
  }

  private JsonNode watch(ScriptHash script) throws ElectrumException {
    if (watched.size() >= MAX_SCRIPTS && !watched.containsKey(script)) {
      throw ElectrumException.badRequest("a client may watch " + MAX_SCRIPTS + " scripts");
    }
    JsonNode status = scripts.status(script);
    watched.put(script, status);
    return status;
  }

  /** The answer to a line, which is one request or a batch; empty where none is owed. */
  Optional<JsonNode> handle(String line) {
    JsonNode request;
    try {
      request = Json.parse(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.of(failure(Json.nothing(), ElectrumException.Code.PARSE, "invalid JSON"));
    }
    if (!request.isArray()) {
      return one(request);
    }
    ArrayNode answers = Json.array();
    request.forEach(each -> one(each).ifPresent(answers::add));
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers);
  }

  private Optional<JsonNode> one(JsonNode request) {
    JsonNode id = request.path("id");
    try {
      JsonNode result = execute(request);
      if (id.isMissingNode()) {
        return Optional.empty();
      }
      ObjectNode answer = envelope();
      answer.set("result", result);
      answer.set("id", id);
      return Optional.of(answer);
    } catch (ElectrumException e) {
      return Optional.of(failure(id, e.code(), e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("Electrum: a request failed", e);
      return Optional.of(failure(id, ElectrumException.Code.INTERNAL, "internal error: " + e));
    }
  }

  private JsonNode execute(JsonNode request) throws ElectrumException {
    if (!request.path("method").isTextual()) {
      throw new ElectrumException(
          ElectrumException.Code.INVALID_REQUEST, "a request is an object with a method");
    }
    String method = request.get("method").textValue();
    Call call = calls.get(method);
    if (call == null) {
      throw new ElectrumException(
          ElectrumException.Code.UNKNOWN_METHOD, "unknown method \"" + method + "\"");
    }
    JsonNode params = request.path("params");
    JsonNode given = params.isMissingNode() || params.isNull() ? Json.array() : params;
    return call.body().answer(new Params(given, call.names()));
  }

  private static ObjectNode envelope() {
    return Json.object().put("jsonrpc", "2.0");
  }

  private static JsonNode failure(JsonNode id, ElectrumException.Code code, String message) {
    ObjectNode answer = envelope();
    answer.putObject("error").put("code", code.number()).put("message", message);
    answer.set("id", id.isMissingNode() ? Json.nothing() : id);
    return answer;
  }

  /** What the client has to be told since it was told last. */
  List<JsonNode> news() {
    List<JsonNode> news = new ArrayList<>();
    if (lastTip != null && !lastTip.equals(chain.tip())) {
      news.add(notification(HEADERS, watchHeaders()));
    }
    for (Map.Entry<ScriptHash, JsonNode> each : watched.entrySet()) {
      try {
        JsonNode status = scripts.status(each.getKey());
        if (!status.equals(each.getValue())) {
          each.setValue(status);
          news.add(notification(SCRIPT, Json.text(each.getKey().hex()), status));
        }
      } catch (ElectrumException e) {
        // Its history has become too long to be told.
        news.add(notification(SCRIPT, Json.text(each.getKey().hex()), Json.nothing()));
      }
    }
    return news;
  }

  private static JsonNode notification(String method, JsonNode... params) {
    ObjectNode json = envelope().put("method", method);
    json.putArray("params").addAll(List.of(params));
    return json;
  }
}
