package org.farthing.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** Holds answers against what their methods declare. */
final class ResultCheck {
  private ResultCheck() {}

  /** What does not fit any declared result; empty if one fits. */
  static List<String> mismatches(MethodSpec spec, JsonNode answer) {
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

  private static void check(Result result, JsonNode value, String path, List<String> found) {
    boolean fits =
        switch (result.type()) {
          case TEXT -> value.isTextual();
          case HEX -> value.isTextual() && value.textValue().matches("([0-9a-f]{2})*");
          case NUMBER, TIME -> value.isNumber();
          case AMOUNT -> value.isBigDecimal() && value.decimalValue().scale() == 8;
          case FLAG -> value.isBoolean();
          case NULL -> value.isNull();
          case OBJECT, MAP -> value.isObject();
          case ARRAY -> value.isArray();
          case ANY -> true;
        };
    if (!fits) {
      found.add(path + ": " + result.type() + " expected, not " + value);
      return;
    }
    switch (result.type()) {
      case OBJECT -> object(result, value, path, found);
      case MAP, ARRAY ->
          value.forEach(inner -> check(result.inner().get(0), inner, path + "[]", found));
      default -> {}
    }
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
