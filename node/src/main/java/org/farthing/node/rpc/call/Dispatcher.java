package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.farthing.node.config.RpcWhitelist;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.BoundedOutput;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.NoRoomException;
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
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int INTERNAL_SERVER_ERROR = 500;

  private final RpcWhitelist whitelist;
  private final boolean checkResults;
  private volatile String warmup = "RPC server started";
  private volatile MethodTable methods;

  /** Everybody may call everything. */
  public Dispatcher() {
    this(RpcWhitelist.OPEN, false);
  }

  /**
   * @param whitelist who may call what
   * @param checkResults hold each answer against what its method declares
   */
  public Dispatcher(RpcWhitelist whitelist, boolean checkResults) {
    this.whitelist = whitelist;
    this.checkResults = checkResults;
  }

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
    return prepare(body, body.length, caller, Budget.UNLIMITED.open()).run();
  }

  /**
   * Reads a request, and checks its calls.
   *
   * @param body begins with the request
   * @param length of the request in bytes
   * @param account for what has to be kept until the work is done
   */
  public Work prepare(byte[] body, int length, Caller caller, Budget.Account account) {
    JsonNode request;
    try {
      request = Json.parse(body, length, account::take);
    } catch (NoRoomException e) {
      return Work.done(Reply.noRoom());
    } catch (IOException e) {
      return refused(new RpcException(RpcErrorCode.PARSE_ERROR, "Parse error"));
    }
    if (!whitelist.admits(caller.user())) {
      LOG.warn("RPC User {} not allowed to call any methods", caller.user());
      return forbidden();
    }
    if (request.isArray()) {
      return batch(request, caller, account);
    }
    if (!request.isObject()) {
      return refused(new RpcException(RpcErrorCode.PARSE_ERROR, "Top-level object parse error"));
    }
    Step step = step(request, caller);
    return mayCall(request, caller) ? new Single(step, account) : forbidden();
  }

  private Work batch(JsonNode requests, Caller caller, Budget.Account account) {
    List<Step> steps = new ArrayList<>(requests.size());
    for (JsonNode request : requests) {
      if (!mayCall(request, caller)) {
        return forbidden();
      }
      steps.add(step(request, caller));
    }
    return new Batch(steps, account);
  }

  /** What has no name is refused for other reasons. */
  private boolean mayCall(JsonNode request, Caller caller) {
    JsonNode method = request.path("method");
    if (!method.isTextual() || whitelist.allows(caller.user(), method.textValue())) {
      return true;
    }
    LOG.warn(
        "RPC User {} not allowed to call method {}", caller.user(), LogText.of(method.textValue()));
    return false;
  }

  private Step step(JsonNode request, Caller caller) {
    return Step.of(request, () -> call(request, caller), checkResults);
  }

  private static Work forbidden() {
    return Work.done(Reply.ofCall(FORBIDDEN, List.of()));
  }

  private static Work refused(RpcException reason) {
    return Work.done(failure(reason, Envelope.UNKNOWN, Budget.UNLIMITED.open()));
  }

  private MethodTable.Call call(JsonNode request, Caller caller) {
    String name = Envelope.method(request);
    LOG.debug(
        "ThreadRPCServer method={} user={} id={}",
        LogText.of(name),
        caller.user(),
        LogText.of(request.path("id").asText()));
    JsonNode params = Envelope.params(request);
    MethodTable table = methods;
    if (table == null) {
      throw new RpcException(RpcErrorCode.IN_WARMUP, warmup);
    }
    return table.prepare(name, params, caller);
  }

  /** A request that is not one of several. */
  private record Single(Step step, Budget.Account account) implements Work {
    @Override
    public Pace pace() {
      return step.pace();
    }

    @Override
    public Reply run() {
      Envelope envelope = step.envelope();
      try {
        JsonNode result = step.run();
        return envelope.isNotification() ? nothing() : reply(OK, envelope.success(result), account);
      } catch (RpcException e) {
        if (!envelope.isVersion2()) {
          return failure(e, envelope, account);
        }
        return envelope.isNotification() ? nothing() : reply(OK, envelope.failure(e), account);
      }
    }
  }

  /** The answer to each call is written before the next one is made. */
  private record Batch(List<Step> steps, Budget.Account account) implements Work {
    @Override
    public Pace pace() {
      return steps.stream().map(Step::pace).max(Comparator.naturalOrder()).orElse(Pace.QUICK);
    }

    @Override
    public Reply run() {
      BoundedOutput out = new BoundedOutput(account::take);
      int answers = 0;
      try {
        out.write('[');
        for (Step step : steps) {
          ObjectNode answer = answer(step);
          if (!step.envelope().isNotification()) {
            if (answers > 0) {
              out.write(',');
            }
            Json.write(answer, out);
            answers++;
          }
        }
        out.write(']');
        out.write('\n');
      } catch (IOException e) {
        return noRoom();
      }
      return answers == 0 && !steps.isEmpty() ? nothing() : Reply.ofCall(OK, out.pieces());
    }

    private static ObjectNode answer(Step step) {
      try {
        return step.envelope().success(step.run());
      } catch (RpcException e) {
        return step.envelope().failure(e);
      }
    }
  }

  private static Reply failure(RpcException e, Envelope envelope, Budget.Account account) {
    int status =
        switch (e.code()) {
          case INVALID_REQUEST -> BAD_REQUEST;
          case METHOD_NOT_FOUND -> NOT_FOUND;
          default -> INTERNAL_SERVER_ERROR;
        };
    return reply(status, envelope.failure(e), account);
  }

  private static Reply nothing() {
    return Reply.ofCall(NO_CONTENT, List.of());
  }

  private static Reply noRoom() {
    LOG.warn("RPC: no room in memory for an answer");
    return Reply.noRoom();
  }

  private static Reply reply(int status, JsonNode content, Budget.Account account) {
    BoundedOutput out = new BoundedOutput(account::take);
    try {
      Json.write(content, out);
      out.write('\n');
    } catch (IOException e) {
      // The only reason that this stream has.
      return noRoom();
    }
    return Reply.ofCall(status, out.pieces());
  }
}
