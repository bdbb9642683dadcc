package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/**
 * Brings parameters into the order in which a method declares them. A caller gives a list, or names
 * ({@code {"height": 1}}), or names with the first ones in a list ({@code {"args": [1], "verbose":
 * true}}).
 */
final class Arguments {
  private static final String POSITIONAL = "args";

  private Arguments() {}

  /** The values by position; ones left out before a given one are JSON's null. */
  static List<JsonNode> positional(MethodSpec spec, JsonNode params) {
    List<JsonNode> values = new ArrayList<>();
    if (params.isArray()) {
      params.forEach(values::add);
      return values;
    }
    Map<String, JsonNode> named = new LinkedHashMap<>();
    params.properties().forEach(entry -> named.put(entry.getKey(), entry.getValue()));
    if (named.get(POSITIONAL) != null && named.get(POSITIONAL).isArray()) {
      named.remove(POSITIONAL).forEach(values::add);
    }
    for (int i = 0; i < spec.params().size(); i++) {
      Param<?> param = spec.params().get(i);
      JsonNode value = take(param, named);
      if (value == null) {
        continue;
      }
      if (i < values.size()) {
        throw RpcException.invalidParameter(
            "Parameter "
                + String.join("|", param.names())
                + " specified twice both as positional and named argument");
      }
      while (values.size() < i) {
        values.add(Json.nothing());
      }
      values.add(value);
    }
    if (!named.isEmpty()) {
      throw RpcException.invalidParameter(
          "Unknown named parameter " + named.keySet().iterator().next());
    }
    return values;
  }

  private static JsonNode take(Param<?> param, Map<String, JsonNode> named) {
    for (String name : param.names()) {
      JsonNode value = named.remove(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
