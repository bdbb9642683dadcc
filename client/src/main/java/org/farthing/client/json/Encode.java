package org.farthing.client.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import org.farthing.client.Amount;
import org.farthing.client.IndexRange;

/** From values to JSON. */
public final class Encode {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Encode() {}

  /** An object without fields so far. */
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /**
   * Texts, numbers, booleans, null; amounts and ranges; JSON itself; and lists and maps of all of
   * them.
   *
   * @throws IllegalArgumentException for any other value
   */
  public static JsonNode json(Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof JsonNode json) {
      return json;
    }
    if (value instanceof JsonSource source) {
      return source.toJson();
    }
    if (value instanceof String text) {
      return NODES.textNode(text);
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Amount amount) {
      return NODES.numberNode(amount.coins());
    }
    if (value instanceof IndexRange range) {
      return NODES.arrayNode().add(range.first()).add(range.last());
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((key, inner) -> object.set(key.toString(), json(inner)));
      return object;
    }
    if (value instanceof Iterable<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(element -> array.add(json(element)));
      return array;
    }
    return number(value);
  }

  private static JsonNode number(Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof BigDecimal decimal) {
      return NODES.numberNode(decimal);
    }
    if (value instanceof Double || value instanceof Float) {
      return NODES.numberNode(new BigDecimal(value.toString()));
    }
    throw new IllegalArgumentException("no JSON for " + value.getClass());
  }
}
