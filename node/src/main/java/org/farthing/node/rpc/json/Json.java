package org.farthing.node.rpc.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;

/**
 * Reading and writing JSON. Numbers with a point are exact decimals, never binary fractions; depth
 * and lengths are bounded, so that no text can exhaust the stack or the heap.
 */
public final class Json {
  /** As in Bitcoin Core's UniValue. */
  private static final int MAX_DEPTH = 512;

  private static final int MAX_NUMBER_LENGTH = 100;

  /** Of a number with its exponent written out: what we write can be read again. */
  private static final int MAX_DIGITS = 90;

  private static final int AMOUNT_DECIMALS = 8;
  private static final MathContext DOUBLE_PRECISION = new MathContext(16);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .nodeFactory(new ReadNodes())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Json() {}

  /**
   * Reads one value that fills the bytes.
   *
   * @throws IOException if they are not JSON, or nested too deeply, or a number is out of all range
   */
  public static JsonNode parse(byte[] utf8) throws IOException {
    return parse(utf8, utf8.length);
  }

  /**
   * The same for the first bytes of an array.
   *
   * @param length how many
   */
  public static JsonNode parse(byte[] utf8, int length) throws IOException {
    JsonNode value;
    try {
      value = MAPPER.readTree(utf8, 0, length);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (NumberFormatException e) {
      // The parser lets an exponent of more than nine digits through, and only then stumbles.
      throw new IOException("number out of range", e);
    }
    if (value == null || value.isMissingNode()) {
      throw new IOException("no value");
    }
    return value;
  }

  /** Refuses numbers like {@code 1e999999999}: an answer may repeat them, digit by digit. */
  private static final class ReadNodes extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueNode numberNode(BigDecimal value) {
      if (value.precision() + Math.abs((long) value.scale()) > MAX_DIGITS) {
        throw new UncheckedIOException(new IOException("number out of range"));
      }
      return super.numberNode(value);
    }
  }

  /** One line of UTF-8, without a line end. */
  public static byte[] bytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree can be written", e);
    }
  }

  /** For people: indented. */
  public static String pretty(JsonNode value) {
    return value.toPrettyString();
  }

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  /** The texts of the elements, in order. */
  public static ArrayNode strings(Collection<?> elements) {
    ArrayNode array = NODES.arrayNode(elements.size());
    elements.forEach(element -> array.add(element.toString()));
    return array;
  }

  public static JsonNode text(Object value) {
    return NODES.textNode(value.toString());
  }

  public static JsonNode number(long value) {
    return NODES.numberNode(value);
  }

  /** With 16 significant digits, as Bitcoin Core prints such numbers. */
  public static JsonNode number(double value) {
    return DecimalNode.valueOf(new BigDecimal(value, DOUBLE_PRECISION).stripTrailingZeros());
  }

  public static JsonNode flag(boolean value) {
    return NODES.booleanNode(value);
  }

  public static JsonNode nothing() {
    return NODES.nullNode();
  }

  /** Coins with exactly eight decimals. */
  public static JsonNode amount(long sat) {
    return DecimalNode.valueOf(BigDecimal.valueOf(sat, AMOUNT_DECIMALS));
  }

  /** The name that Bitcoin Core's messages give to the type of a value. */
  public static String typeName(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> "null";
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case STRING, BINARY, POJO -> "string";
      case ARRAY -> "array";
      case OBJECT -> "object";
    };
  }
}
