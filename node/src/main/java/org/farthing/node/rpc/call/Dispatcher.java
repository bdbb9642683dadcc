package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the body of an HTTP request to the answer. Without {@code "jsonrpc":"2.0"} an error changes
 * the HTTP status (JSON-RPC 1.0 and 1.1 as Bitcoin Core speaks them); with it, and in batches,
 * errors are answers like others.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int INTERNAL_SERVER_ERROR = 500;

  private volatile String warmup = "RPC server started";
  private volatile MethodTable methods;

  /** What callers are told (-28) until {@link #ready}. */
  public void warmup(String stage) {
    warmup = stage;
  }

  /** Calls are answered from now on. */
  public void ready(MethodTable table) {
    methods = table;
  }

  public Reply handle(byte[] body, Caller caller) {
    JsonNode request;
    try {
      request = Json.parse(body);
    } catch (IOException e) {
      return failure(new RpcException(RpcErrorCode.PARSE_ERROR, "Parse error"), Envelope.UNKNOWN);
    }
    if (request.isArray()) {
      return batch(request, caller);
    }
    if (!request.isObject()) {
      return failure(
          new RpcException(RpcErrorCode.PARSE_ERROR, "Top-level object parse error"),
          Envelope.UNKNOWN);
    }
    return single(request, caller);
  }

  private Reply single(JsonNode request, Caller caller) {
    Envelope envelope = Envelope.of(request);
    try {
      JsonNode result = execute(envelope, request, caller);
      return envelope.isNotification() ? nothing() : reply(OK, envelope.success(result));
    } catch (RpcException e) {
      if (!envelope.isVersion2()) {
        return failure(e, envelope);
      }
      return envelope.isNotification() ? nothing() : reply(OK, envelope.failure(e));
    }
  }

  private Reply batch(JsonNode requests, Caller caller) {
    ArrayNode replies = Json.array();
    for (JsonNode request : requests) {
      Envelope envelope = Envelope.of(request);
      ObjectNode answer;
      try {
        answer = envelope.success(execute(envelope, request, caller));
      } catch (RpcException e) {
        answer = envelope.failure(e);
      }
      if (!envelope.isNotification()) {
        replies.add(answer);
      }
    }
    return replies.isEmpty() && !requests.isEmpty() ? nothing() : reply(OK, replies);
  }

  private JsonNode execute(Envelope envelope, JsonNode request, Caller caller) {
    envelope.check(request);
    String name = Envelope.method(request);
    JsonNode params = Envelope.params(request);
    MethodTable table = methods;
    if (table == null) {
      throw new RpcException(RpcErrorCode.IN_WARMUP, warmup);
    }
    try {
      return table.execute(name, params, caller);
    } catch (RpcException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("RPC {} failed", name, e);
      throw new RpcException(RpcErrorCode.INTERNAL_ERROR, "Internal error: " + e);
    }
  }

  private static Reply failure(RpcException e, Envelope envelope) {
    int status =
        switch (e.code()) {
          case INVALID_REQUEST -> BAD_REQUEST;
          case METHOD_NOT_FOUND -> NOT_FOUND;
          default -> INTERNAL_SERVER_ERROR;
        };
    return reply(status, envelope.failure(e));
  }

  private static Reply nothing() {
    return Reply.ofCall(NO_CONTENT, new byte[0]);
  }

  private static Reply reply(int status, JsonNode content) {
    byte[] json = Json.bytes(content);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return Reply.ofCall(status, line);
  }
}
