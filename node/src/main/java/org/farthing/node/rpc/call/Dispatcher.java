package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;

/**
 * From the body of an HTTP request to the answer. Without {@code "jsonrpc":"2.0"} an error changes
 * the HTTP status (JSON-RPC 1.0 and 1.1 as Bitcoin Core speaks them); with it, and in batches,
 * errors are answers like others.
 */
public final class Dispatcher {
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

  /** Reads a request, checks its calls, and makes them. */
  public Reply handle(byte[] body, Caller caller) {
    return prepare(body, caller).run();
  }

  /** Reads a request, and checks its calls. */
  public Work prepare(byte[] body, Caller caller) {
    JsonNode request;
    try {
      request = Json.parse(body);
    } catch (IOException e) {
      return refused(new RpcException(RpcErrorCode.PARSE_ERROR, "Parse error"));
    }
    if (request.isArray()) {
      List<Step> steps = new ArrayList<>(request.size());
      request.forEach(one -> steps.add(Step.of(one, () -> call(one, caller))));
      return new Batch(steps);
    }
    if (!request.isObject()) {
      return refused(new RpcException(RpcErrorCode.PARSE_ERROR, "Top-level object parse error"));
    }
    return new Single(Step.of(request, () -> call(request, caller)));
  }

  private static Work refused(RpcException reason) {
    return Work.done(failure(reason, Envelope.UNKNOWN));
  }

  private MethodTable.Call call(JsonNode request, Caller caller) {
    String name = Envelope.method(request);
    JsonNode params = Envelope.params(request);
    MethodTable table = methods;
    if (table == null) {
      throw new RpcException(RpcErrorCode.IN_WARMUP, warmup);
    }
    return table.prepare(name, params, caller);
  }

  /** A request that is not one of several. */
  private record Single(Step step) implements Work {
    @Override
    public Pace pace() {
      return step.pace();
    }

    @Override
    public Reply run() {
      Envelope envelope = step.envelope();
      try {
        JsonNode result = step.run();
        return envelope.isNotification() ? nothing() : reply(OK, envelope.success(result));
      } catch (RpcException e) {
        if (!envelope.isVersion2()) {
          return failure(e, envelope);
        }
        return envelope.isNotification() ? nothing() : reply(OK, envelope.failure(e));
      }
    }
  }

  private record Batch(List<Step> steps) implements Work {
    @Override
    public Pace pace() {
      return steps.stream().map(Step::pace).max(Comparator.naturalOrder()).orElse(Pace.QUICK);
    }

    @Override
    public Reply run() {
      ArrayNode replies = Json.array();
      for (Step step : steps) {
        ObjectNode answer;
        try {
          answer = step.envelope().success(step.run());
        } catch (RpcException e) {
          answer = step.envelope().failure(e);
        }
        if (!step.envelope().isNotification()) {
          replies.add(answer);
        }
      }
      return replies.isEmpty() && !steps.isEmpty() ? nothing() : reply(OK, replies);
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
