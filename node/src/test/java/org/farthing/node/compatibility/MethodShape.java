package org.farthing.node.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A method as an OpenRPC document describes it.
 *
 * @param parameters in their order, all names of each
 * @param results the JSON types at each place of the answer: {@code tx[].vin[].txid} → string; the
 *     answer itself is at the empty place
 */
record MethodShape(
    String name,
    String category,
    List<List<String>> parameters,
    Map<String, TreeSet<String>> results) {

  /** What stands for the keys of an object whose keys are data. */
  private static final String ANY_KEY = "{}";

  static MethodShape of(JsonNode method) {
    List<List<String>> parameters = new ArrayList<>();
    for (JsonNode parameter : method.path("params")) {
      List<String> names = new ArrayList<>();
      names.add(parameter.path("name").asText());
      parameter.path("x-bitcoin-aliases").forEach(alias -> names.add(alias.asText()));
      parameters.add(names);
    }
    Map<String, TreeSet<String>> results = new TreeMap<>();
    collect("", method.path("result").path("schema"), results);
    return new MethodShape(
        method.path("name").asText(),
        method.path("x-bitcoin-category").asText(),
        parameters,
        results);
  }

  private static void collect(String place, JsonNode schema, Map<String, TreeSet<String>> results) {
    for (String choice : List.of("oneOf", "anyOf")) {
      schema.path(choice).forEach(variant -> collect(place, variant, results));
    }
    type(schema).ifPresent(type -> results.computeIfAbsent(place, p -> new TreeSet<>()).add(type));
    schema
        .path("properties")
        .properties()
        .forEach(field -> collect(inside(place, field.getKey()), field.getValue(), results));
    if (schema.path("additionalProperties").isObject()) {
      collect(inside(place, ANY_KEY), schema.get("additionalProperties"), results);
    }
    JsonNode items = schema.path("items");
    if (items.isArray()) {
      items.forEach(item -> collect(place + "[]", item, results));
    } else if (items.isObject()) {
      collect(place + "[]", items, results);
    }
  }

  private static Optional<String> type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isTextual() ? Optional.of(type.asText()) : Optional.empty();
  }

  private static String inside(String place, String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  /** A parameter is found by any of its names. */
  boolean takes(List<String> names) {
    return parameters.stream().anyMatch(own -> own.stream().anyMatch(names::contains));
  }
}
