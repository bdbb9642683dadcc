package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;

/**
 * Brings parameters into the order in which a method declares them. A caller gives a list, or names
 * ({@code {"height": 1}}), or names with the first ones in a list ({@code {"args": [1], "verbose":
 * true}}). The fields of options may be named as if they were parameters.
 */
final class Arguments {
  private static final String POSITIONAL = "args";

  private final Map<String, JsonNode> named = new LinkedHashMap<>();
  private final List<JsonNode> values = new ArrayList<>();

  /** The first parameter that was named, and its position; null if none was. */
  private Param<?> first;

  private int firstPosition;

  private Arguments(JsonNode params) {
    Json.repeatedKey(params)
        .ifPresent(
            name -> {
              throw RpcException.invalidParameter(
                  "Parameter " + name + " specified multiple times");
            });
    params.properties().forEach(entry -> named.put(entry.getKey(), entry.getValue()));
  }

  /** The values by position; ones left out before a given one are JSON's null. */
  static List<JsonNode> positional(MethodSpec spec, JsonNode params) {
    if (params.isArray()) {
      List<JsonNode> values = new ArrayList<>(params.size());
      params.forEach(values::add);
      return values;
    }
    return new Arguments(params).inOrder(spec);
  }

  private List<JsonNode> inOrder(MethodSpec spec) {
    for (int i = 0; i < spec.params().size(); i++) {
      Param<?> param = spec.params().get(i);
      ObjectNode options = param.type() == ParamType.OPTIONS ? fields(param) : Json.object();
      JsonNode value = take(param);
      if (value != null && !options.isEmpty()) {
        throw RpcException.invalidParameter(
            "Parameter "
                + param.name()
                + " conflicts with parameter "
                + options.fieldNames().next());
      }
      if (value != null || !options.isEmpty()) {
        put(param, i, value != null ? value : options);
      }
    }
    return withPositional();
  }

  private void put(Param<?> param, int position, JsonNode value) {
    if (first == null) {
      first = param;
      firstPosition = position;
    }
    while (values.size() < position) {
      values.add(Json.nothing());
    }
    values.add(value);
  }

  private ObjectNode fields(Param<?> options) {
    ObjectNode given = Json.object();
    for (Param<?> field : options.inner()) {
      JsonNode value = take(field);
      if (value != null) {
        given.set(field.name(), value);
      }
    }
    return given;
  }

  private List<JsonNode> withPositional() {
    JsonNode list = named.get(POSITIONAL);
    List<JsonNode> all = values;
    if (list != null && list.isArray()) {
      named.remove(POSITIONAL);
      if (first != null && firstPosition < list.size()) {
        throw RpcException.invalidParameter(
            "Parameter "
                + first.label()
                + " specified twice both as positional and named argument");
      }
      all = new ArrayList<>();
      list.forEach(all::add);
      for (int i = all.size(); i < values.size(); i++) {
        all.add(values.get(i));
      }
    }
    if (!named.isEmpty()) {
      throw RpcException.invalidParameter(
          "Unknown named parameter " + named.keySet().iterator().next());
    }
    return all;
  }

  private JsonNode take(Param<?> param) {
    for (String name : param.names()) {
      JsonNode value = named.remove(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
