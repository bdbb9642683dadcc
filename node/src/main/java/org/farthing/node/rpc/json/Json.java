package org.farthing.node.rpc.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Reading and writing JSON. Numbers with a point are exact decimals, never binary fractions; depth
 * and lengths are bounded, so that no text can exhaust the stack or the heap.
 */
public final class Json {
  /** As in Bitcoin Core's UniValue. */
  private static final int MAX_DEPTH = 512;

  private static final int MAX_NUMBER_LENGTH = 100;

  private static final int AMOUNT_DECIMALS = 8;
  private static final MathContext DOUBLE_PRECISION = new MathContext(16);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();

  private static final DefaultIndenter INDENTER = new DefaultIndenter("    ", "\n");

  private Json() {}

  /**
   * Reads one value that fills the bytes.
   *
   * @throws IOException if they are not JSON, or nested too deeply, or a number is out of all range
   */
  public static JsonNode parse(byte[] utf8) throws IOException {
    return parse(utf8, utf8.length, bytes -> true);
  }

  /**
   * The same for the first bytes of an array.
   *
   * @param length how many
   * @param room asks for so many bytes of the heap more
   * @throws NoRoomException where {@code room} says no
   */
  public static JsonNode parse(byte[] utf8, int length, LongPredicate room) throws IOException {
    try (JsonParser parser = FACTORY.createParser(utf8, 0, length)) {
      return new JsonReader(parser, new Source(utf8, length), room).read();
    }
  }

  /** A key of an object that was read that came more than once, if there is one. */
  public static Optional<String> repeatedKey(JsonNode object) {
    return JsonReader.repeatedKey(object);
  }

  /** One line of UTF-8, without a line end. */
  public static byte[] bytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree can be written", e);
    }
  }

  /**
   * Writes a value without a line end.
   *
   * @throws IOException if the stream throws it
   */
  public static void write(JsonNode value, OutputStream out) throws IOException {
    MAPPER.writeValue(out, value);
  }

  /**
   * A value that stands in a large answer among many, and takes no memory before it is written nor
   * after: it is made then. Only for what is written; {@link #resolved} makes it to be looked at.
   *
   * @param value pure, and throws nothing
   */
  public static JsonNode later(Supplier<? extends JsonNode> value) {
    return NODES.pojoNode(new Later(value));
  }

  /** The value itself, made if it was to be made later. */
  public static JsonNode resolved(JsonNode value) {
    return value instanceof POJONode node && node.getPojo() instanceof Later later
        ? later.value().get()
        : value;
  }

  /** For people: indented. */
  public static String pretty(JsonNode value) {
    return value.toPrettyString();
  }

  /** Indented as Bitcoin Core does it in its messages. */
  public static String indented(JsonNode value) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(INDENTER)
            .withArrayIndenter(INDENTER);
    try {
      return MAPPER.writer(printer).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree can be written", e);
    }
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
