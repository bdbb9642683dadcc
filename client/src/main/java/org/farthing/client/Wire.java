package org.farthing.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** JSON-RPC 2.0 around calls and results. */
final class Wire {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Wire() {}

  static ObjectNode request(Call<?> call, int id) {
    ObjectNode request = NODES.objectNode();
    request.put("jsonrpc", "2.0");
    request.put("id", id);
    request.put("method", call.method());
    request.set("params", call.params());
    return request;
  }

  /** The calls, each with its place as its id. */
  static ArrayNode batch(List<Call<?>> calls) {
    ArrayNode all = NODES.arrayNode();
    for (int i = 0; i < calls.size(); i++) {
      all.add(request(calls.get(i), i));
    }
    return all;
  }

  /** What an answer says. */
  static <T> T result(Call<T> call, JsonNode answer) {
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RpcException(
          call.method(), error.path("code").asInt(), error.path("message").asText());
    }
    if (!answer.has("result")) {
      throw new UnexpectedAnswerException("no answer to " + call.method() + ": " + answer);
    }
    return call.decoder().apply(answer.get("result"));
  }
}
