package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.HelpPage;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;

/** All methods by name. Checks the parameters of a call against what its method declares. */
public final class MethodTable {
  private final Map<String, RpcMethod> methods = new TreeMap<>();
  private final Map<Long, Started> running = new ConcurrentSkipListMap<>();
  private final AtomicLong nextTicket = new AtomicLong();

  private volatile CallObserver observer = CallObserver.NONE;

  private record Started(String method, long nanos) {}

  /** A call that runs, and for how long already, in microseconds. */
  public record Running(String method, long micros) {}

  public MethodTable(Collection<RpcMethod> all) {
    for (RpcMethod method : all) {
      if (methods.put(method.spec().name(), method) != null) {
        throw new IllegalArgumentException("two methods named " + method.spec().name());
      }
    }
  }

  /**
   * Finds the method and calls it.
   *
   * @throws RpcException the answer, if it is an error
   */
  public JsonNode execute(String name, JsonNode params, Caller caller) {
    return prepare(name, params, caller).run();
  }

  /** Finds the method, and checks the parameters. */
  Call prepare(String name, JsonNode params, Caller caller) {
    RpcMethod method = methods.get(name);
    if (method == null) {
      throw new RpcException(RpcErrorCode.METHOD_NOT_FOUND, "Method not found");
    }
    MethodSpec spec = method.spec();
    List<JsonNode> positional = Arguments.positional(spec, params);
    checkCount(spec, positional.size());
    checkTypes(spec, positional);
    return new Call(method, new RpcRequest(spec, positional, caller));
  }

  /** A call that is yet to be made. */
  final class Call {
    private final RpcMethod method;
    private final RpcRequest request;

    private Call(RpcMethod method, RpcRequest request) {
      this.method = method;
      this.request = request;
    }

    MethodSpec spec() {
      return method.spec();
    }

    Pace pace() {
      return method.pace(request);
    }

    JsonNode run() {
      Long ticket = nextTicket.getAndIncrement();
      long begin = System.nanoTime();
      running.put(ticket, new Started(method.spec().name(), begin));
      boolean failed = true;
      try {
        JsonNode result = method.call(request);
        failed = false;
        return result;
      } finally {
        running.remove(ticket);
        observer.called(method.spec().name(), System.nanoTime() - begin, failed);
      }
    }
  }

  /** The observer, and none else, is told of each call that is made from now on. */
  public void observe(CallObserver who) {
    observer = who;
  }

  /** The calls that run now, the oldest first. */
  public List<Running> running() {
    long now = System.nanoTime();
    return running.values().stream()
        .map(call -> new Running(call.method(), (now - call.nanos()) / 1000))
        .toList();
  }

  private static void checkCount(MethodSpec spec, int count) {
    if (count < spec.leastParams() || count > spec.params().size()) {
      throw RpcException.misc(HelpPage.of(spec));
    }
  }

  private static void checkTypes(MethodSpec spec, List<JsonNode> values) {
    ObjectNode mismatches = Json.object();
    for (int i = 0; i < spec.params().size(); i++) {
      Param<?> param = spec.params().get(i);
      JsonNode value = i < values.size() ? values.get(i) : Json.nothing();
      if (value.isNull() && param.optional()) {
        continue;
      }
      String position = "Position " + (i + 1) + " (" + param.label() + ")";
      param.type().mismatch(value).ifPresent(text -> mismatches.put(position, text));
    }
    if (!mismatches.isEmpty()) {
      throw RpcException.typeError("Wrong type passed:\n" + Json.indented(mismatches));
    }
  }

  public Optional<MethodSpec> find(String name) {
    return Optional.ofNullable(methods.get(name)).map(RpcMethod::spec);
  }

  /** What all methods declare, by name. */
  public List<MethodSpec> specs() {
    return methods.values().stream().map(RpcMethod::spec).toList();
  }

  /**
   * For command lines made for Bitcoin Core: method, position, name, and whether the value is a
   * text, for each name under which a parameter can be given.
   */
  public ArrayNode conversions() {
    ArrayNode rows = Json.array();
    for (MethodSpec spec : specs().stream().filter(one -> !one.own()).toList()) {
      for (int i = 0; i < spec.params().size(); i++) {
        Param<?> param = spec.params().get(i);
        conversion(rows, spec, i, param);
        if (param.type() == ParamType.OPTIONS) {
          for (Param<?> field : param.inner()) {
            conversion(rows, spec, i, field);
          }
        }
      }
    }
    return rows;
  }

  private static void conversion(ArrayNode rows, MethodSpec spec, int position, Param<?> param) {
    for (String name : param.isOwn() ? List.<String>of() : param.names()) {
      rows.addArray().add(spec.name()).add(position).add(name).add(param.usualType().isText());
    }
  }

  /** One line for each method, by category. */
  public String overview() {
    Map<Category, List<String>> chapters = new LinkedHashMap<>();
    for (Category category : Category.values()) {
      List<String> lines =
          specs().stream().filter(s -> s.category() == category).map(HelpPage::summary).toList();
      if (category != Category.HIDDEN && !lines.isEmpty()) {
        chapters.put(category, lines);
      }
    }
    return chapters.entrySet().stream()
        .map(e -> "== " + e.getKey().title() + " ==\n" + String.join("\n", e.getValue()))
        .collect(Collectors.joining("\n\n"));
  }
}
