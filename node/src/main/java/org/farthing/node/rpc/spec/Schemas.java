package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.node.rpc.json.Json;

/**
 * JSON Schemas (draft 7) of parameters and results. Extensions have the names that Bitcoin Core
 * gives them, so that generators made for its document understand ours.
 */
final class Schemas {
  private static final String HEX = "^[0-9a-fA-F]+$";

  /** Fields of answers may be empty, such as the script of an input that needs none. */
  private static final String HEX_OR_EMPTY = "^[0-9a-fA-F]*$";

  private final boolean hidden;

  /**
   * @param hidden whether fields for tests are shown too
   */
  Schemas(boolean hidden) {
    this.hidden = hidden;
  }

  ObjectNode of(Param<?> param) {
    ObjectNode schema = shape(param, false);
    Presence presence = param.presence();
    if (presence.fallback() != null) {
      schema.set("default", shown(param.type(), presence.fallback()));
    } else if (!presence.words().isEmpty()) {
      schema.put("x-bitcoin-default-hint", presence.words());
    }
    return schema;
  }

  /** Amounts as texts: what is read into a binary fraction would be another number. */
  private static JsonNode shown(ParamType type, JsonNode fallback) {
    return fallback.isBigDecimal() && type != ParamType.DECIMAL
        ? Json.text(fallback.decimalValue().toPlainString())
        : fallback;
  }

  /**
   * @param alternative one of several that a reader tells apart, and not a type that is checked
   */
  private ObjectNode shape(Param<?> param, boolean alternative) {
    return switch (param.type()) {
      case TEXT -> typed("string");
      case HEX -> typed("string").put("pattern", HEX);
      case NUMBER -> typed(alternative ? "integer" : "number");
      case DECIMAL -> typed("number");
      case FLAG -> typed("boolean");
      case AMOUNT -> oneOf("oneOf", List.of(typed("number"), typed("string")));
      case RANGE ->
          oneOf(
              "oneOf",
              List.of(typed("number"), exactly(List.of(typed("number"), typed("number")))));
      case ARRAY -> array(param, alternative);
      case OBJECT, OPTIONS -> object(param, alternative);
      case MAP -> map(param, alternative);
      case ANY ->
          param.inner().isEmpty()
              ? Json.object()
              : oneOf("oneOf", param.inner().stream().map(one -> shape(one, true)).toList());
    };
  }

  private ObjectNode array(Param<?> param, boolean alternative) {
    List<ObjectNode> kinds =
        param.inner().stream().map(element -> shape(element, alternative)).distinct().toList();
    ObjectNode schema = typed("array");
    if (!kinds.isEmpty()) {
      schema.set(
          "items",
          kinds.size() == 1 ? kinds.get(0) : oneOf(alternative ? "anyOf" : "oneOf", kinds));
    }
    return schema;
  }

  private ObjectNode object(Param<?> param, boolean alternative) {
    ObjectNode schema = typed("object");
    if (param.inner().isEmpty()) {
      return schema;
    }
    ObjectNode properties = schema.putObject("properties");
    schema.put("additionalProperties", false);
    ArrayNode required = Json.array();
    for (Param<?> field : param.inner()) {
      if (field.isHidden() && !hidden) {
        continue;
      }
      ObjectNode property = alternative ? shape(field, false) : of(field);
      describe(property, field.description());
      marks(property, field);
      properties.set(field.name(), property);
      if (!field.optional()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private ObjectNode map(Param<?> param, boolean alternative) {
    Param<?> value = param.inner().get(0);
    ObjectNode schema = typed("object");
    schema.set("additionalProperties", shape(value, alternative));
    describe(schema, value.description());
    return schema;
  }

  /** What Bitcoin Core says of a parameter beside its schema. */
  static void marks(ObjectNode json, Param<?> param) {
    if (param.traits().placeholder()) {
      json.put("x-bitcoin-placeholder", true);
    }
    if (param.traits().alsoPositional()) {
      json.put("x-bitcoin-also-positional", true);
    }
  }

  ObjectNode of(Result result) {
    return switch (result.type()) {
      case TEXT -> typed("string");
      case HEX -> typed("string").put("pattern", HEX_OR_EMPTY);
      case NUMBER, DECIMAL -> typed("number");
      case AMOUNT -> typed("number").put("x-bitcoin-unit", "amount");
      case TIME -> typed("number").put("x-bitcoin-unit", "unix-time");
      case FLAG -> typed("boolean");
      case FALSE -> Json.object().put("const", false);
      case NULL -> typed("null");
      case ARRAY -> {
        List<ObjectNode> kinds = result.inner().stream().map(this::of).distinct().toList();
        ObjectNode schema = typed("array");
        schema.set("items", kinds.size() == 1 ? kinds.get(0) : oneOf("oneOf", kinds));
        yield schema;
      }
      case FIXED ->
          exactly(result.inner().stream().map(this::of).toList())
              .put("minItems", result.required());
      case EITHER -> oneOf("oneOf", result.inner().stream().map(this::of).toList());
      case OBJECT -> object(result);
      case MAP -> {
        ObjectNode schema = typed("object");
        schema.set("additionalProperties", of(result.inner().get(0)));
        yield schema;
      }
      case ANY -> Json.object();
    };
  }

  private ObjectNode object(Result result) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    schema.put("additionalProperties", false);
    ArrayNode required = Json.array();
    for (Result field : result.inner()) {
      ObjectNode property = of(field);
      describe(property, field.description());
      properties.set(field.key(), property);
      if (!field.optional()) {
        required.add(field.key());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  /** Of all shapes that an answer may have. */
  ObjectNode ofAll(List<Result> results) {
    List<ObjectNode> shapes =
        results.stream()
            .filter(result -> result.type() != Result.Type.ANY)
            .map(
                result -> {
                  ObjectNode schema = of(result);
                  if (results.size() > 1) {
                    describe(schema, result.description());
                  }
                  return schema;
                })
            .toList();
    if (shapes.isEmpty()) {
      return Json.object();
    }
    return shapes.size() == 1 ? shapes.get(0) : oneOf("oneOf", shapes);
  }

  static void describe(ObjectNode schema, String description) {
    if (!description.isEmpty()) {
      schema.put("description", description);
    }
  }

  private static ObjectNode typed(String type) {
    return Json.object().put("type", type);
  }

  private static ObjectNode oneOf(String key, List<? extends JsonNode> schemas) {
    ObjectNode schema = Json.object();
    schema.putArray(key).addAll(schemas);
    return schema;
  }

  private static ObjectNode exactly(List<ObjectNode> elements) {
    ObjectNode schema = typed("array");
    schema.putArray("items").addAll(elements);
    schema.put("additionalItems", false);
    schema.put("minItems", elements.size());
    return schema.put("maxItems", elements.size());
  }
}
