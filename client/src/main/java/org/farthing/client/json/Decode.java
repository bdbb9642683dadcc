package org.farthing.client.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.client.Amount;
import org.farthing.client.UnexpectedAnswerException;

/** From JSON to values. All methods throw {@link UnexpectedAnswerException} for other types. */
public final class Decode {
  private Decode() {}

  public static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw unexpected("a text", value);
    }
    return value.textValue();
  }

  public static long number(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw unexpected("a whole number", value);
    }
    return value.longValue();
  }

  public static BigDecimal decimal(JsonNode value) {
    if (!value.isNumber()) {
      throw unexpected("a number", value);
    }
    return value.decimalValue();
  }

  public static Amount amount(JsonNode value) {
    if (!value.isNumber()) {
      throw unexpected("an amount", value);
    }
    try {
      return Amount.ofCoins(value.decimalValue());
    } catch (ArithmeticException e) {
      throw unexpected("an amount", value);
    }
  }

  public static boolean flag(JsonNode value) {
    if (!value.isBoolean()) {
      throw unexpected("true or false", value);
    }
    return value.booleanValue();
  }

  /** Of what answers nothing. */
  public static Void nothing(JsonNode value) {
    return null;
  }

  /** Any JSON. */
  public static JsonNode json(JsonNode value) {
    return value;
  }

  /** A field that an object must have. */
  public static <T> T required(JsonNode object, String name, Function<JsonNode, T> decoder) {
    JsonNode value = object(object).get(name);
    if (value == null) {
      throw unexpected("an object with a field " + name, object);
    }
    return decoder.apply(value);
  }

  /** A field that an object may have. */
  public static <T> Optional<T> optional(
      JsonNode object, String name, Function<JsonNode, T> decoder) {
    JsonNode value = object(object).get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(decoder.apply(value));
  }

  public static <T> List<T> list(JsonNode array, Function<JsonNode, T> decoder) {
    if (!array.isArray()) {
      throw unexpected("a list", array);
    }
    List<T> list = new ArrayList<>(array.size());
    array.forEach(element -> list.add(decoder.apply(element)));
    return Collections.unmodifiableList(list);
  }

  public static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> decoder) {
    if (!object.isObject()) {
      throw unexpected("an object", object);
    }
    Map<String, T> map = new LinkedHashMap<>();
    object.properties().forEach(field -> map.put(field.getKey(), decoder.apply(field.getValue())));
    return Collections.unmodifiableMap(map);
  }

  /** The same value, if it is an object. */
  public static JsonNode object(JsonNode value) {
    if (!value.isObject()) {
      throw unexpected("an object", value);
    }
    return value;
  }

  private static UnexpectedAnswerException unexpected(String wanted, JsonNode value) {
    String shown = value.toString();
    return new UnexpectedAnswerException(
        wanted + " was expected, not " + shown.substring(0, Math.min(shown.length(), 200)));
  }
}
