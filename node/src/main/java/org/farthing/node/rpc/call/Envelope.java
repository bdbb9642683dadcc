package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;

/**
 * What surrounds a call: the version of JSON-RPC and the caller's id.
 *
 * @param id null where the request has none
 */
record Envelope(boolean isVersion2, JsonNode id) {
  /** Of a request that cannot be read: it is answered as by version 1, without surprises. */
  static final Envelope UNKNOWN = new Envelope(false, Json.nothing());

  private static final String VERSION_FIELD = "jsonrpc";
  private static final String LEGACY = "1.0";
  private static final String CURRENT = "2.0";

  /** As far as it can be told; {@link #check} refuses the rest. */
  static Envelope of(JsonNode request) {
    JsonNode version = request.get(VERSION_FIELD);
    boolean current = version != null && CURRENT.equals(version.textValue());
    return new Envelope(current, request.get("id"));
  }

  /** Refuses what is no request, or of another version. */
  void check(JsonNode request) {
    if (!request.isObject()) {
      throw invalid("Invalid Request object");
    }
    JsonNode version = request.get(VERSION_FIELD);
    if (version == null || version.isNull()) {
      return;
    }
    if (!version.isTextual()) {
      throw invalid("jsonrpc field must be a string");
    }
    if (!version.textValue().equals(LEGACY) && !version.textValue().equals(CURRENT)) {
      throw invalid("JSON-RPC version not supported");
    }
  }

  static String method(JsonNode request) {
    JsonNode method = request.get("method");
    if (method == null || method.isNull()) {
      throw invalid("Missing method");
    }
    if (!method.isTextual()) {
      throw invalid("Method must be a string");
    }
    return method.textValue();
  }

  static JsonNode params(JsonNode request) {
    JsonNode params = request.get("params");
    if (params == null || params.isNull()) {
      return Json.array();
    }
    if (!params.isArray() && !params.isObject()) {
      throw invalid("Params must be an array or object");
    }
    return params;
  }

  private static RpcException invalid(String message) {
    return new RpcException(RpcErrorCode.INVALID_REQUEST, message);
  }

  /** A call of version 2 without id: nobody waits for an answer. */
  boolean isNotification() {
    return isVersion2 && id == null;
  }

  ObjectNode success(JsonNode result) {
    ObjectNode reply = Json.object();
    if (isVersion2) {
      reply.put(VERSION_FIELD, CURRENT);
    }
    reply.set("result", result);
    if (!isVersion2) {
      reply.putNull("error");
    }
    return withId(reply);
  }

  ObjectNode failure(RpcException e) {
    ObjectNode error = Json.object();
    error.put("code", e.code().number());
    error.put("message", e.getMessage());
    ObjectNode reply = Json.object();
    if (isVersion2) {
      reply.put(VERSION_FIELD, CURRENT);
    } else {
      reply.putNull("result");
    }
    reply.set("error", error);
    return withId(reply);
  }

  private ObjectNode withId(ObjectNode reply) {
    if (id != null) {
      reply.set("id", id);
    }
    return reply;
  }
}
