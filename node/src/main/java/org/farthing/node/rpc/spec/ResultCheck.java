package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farthing.node.rpc.json.Json;

/** Holds answers against what their methods declare. */
public final class ResultCheck {
  private ResultCheck() {}

  /** What does not fit any declared result; empty if one fits. */
  public static List<String> mismatches(MethodSpec spec, JsonNode answer) {
    List<String> all = new ArrayList<>();
    for (Result result : spec.results()) {
      List<String> found = new ArrayList<>();
      check(result, answer, spec.name(), found);
      if (found.isEmpty()) {
        return List.of();
      }
      all.addAll(found);
    }
    return all;
  }

  private static void check(Result result, JsonNode given, String path, List<String> found) {
    JsonNode value = Json.resolved(given);
    boolean fits =
        switch (result.type()) {
          case TEXT -> value.isTextual();
          case HEX -> value.isTextual() && value.textValue().matches("([0-9a-f]{2})*");
          case NUMBER, TIME -> value.isIntegralNumber();
          case DECIMAL -> value.isNumber();
          case AMOUNT -> value.isBigDecimal() && value.decimalValue().scale() == 8;
          case FLAG -> value.isBoolean();
          case FALSE -> value.isBoolean() && !value.booleanValue();
          case NULL -> value.isNull();
          case OBJECT, MAP -> value.isObject();
          case ARRAY -> value.isArray();
          case FIXED ->
              value.isArray()
                  && value.size() >= result.required()
                  && value.size() <= result.inner().size();
          case EITHER, ANY -> true;
        };
    if (!fits) {
      found.add(path + ": " + result.type() + " expected, not " + value);
      return;
    }
    switch (result.type()) {
      case OBJECT -> object(result, value, path, found);
      case MAP, ARRAY -> value.forEach(inner -> either(result, inner, path + "[]", found));
      case EITHER -> either(result, value, path, found);
      case FIXED -> {
        for (int i = 0; i < value.size(); i++) {
          check(result.inner().get(i), value.get(i), path + "[" + i + "]", found);
        }
      }
      default -> {}
    }
  }

  private static void either(Result result, JsonNode value, String path, List<String> found) {
    List<String> all = new ArrayList<>();
    for (Result alternative : result.inner()) {
      List<String> one = new ArrayList<>();
      check(alternative, value, path, one);
      if (one.isEmpty()) {
        return;
      }
      all.addAll(one);
    }
    found.addAll(all);
  }

  private static void object(Result result, JsonNode value, String path, List<String> found) {
    Set<String> unknown = new HashSet<>();
    value.fieldNames().forEachRemaining(unknown::add);
    for (Result field : result.inner()) {
      unknown.remove(field.key());
      JsonNode inner = value.get(field.key());
      if (inner != null) {
        check(field, inner, path + "." + field.key(), found);
      } else if (!field.optional()) {
        found.add(path + "." + field.key() + " is missing");
      }
    }
    unknown.forEach(key -> found.add(path + "." + key + " is not declared"));
  }
}
