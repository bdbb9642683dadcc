package org.farthing.node.rpc.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Makes a tree of what a parser reads. A tree can take thirty times the memory of its text: so
 * there is an account of it, and a text is given up when there is no more room.
 */
final class JsonReader {
  // About what these take in the heap of a JVM of 64 bits.
  private static final int SCALAR_BYTES = 48;
  private static final int ARRAY_BYTES = 72;
  private static final int OBJECT_BYTES = 128;
  private static final int FIELD_BYTES = 56;

  /** Room is asked for in steps of so many bytes. */
  private static final long STEP = 16 * 1024;

  /** Of a number with its exponent written out: what we write can be read again. */
  private static final int MAX_DIGITS = 90;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final Source source;
  private final LongPredicate room;
  private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
  private final Deque<String> names = new ArrayDeque<>();
  private long unasked;

  /**
   * @param source what the parser reads
   * @param room asks for so many bytes more
   */
  JsonReader(JsonParser parser, Source source, LongPredicate room) {
    this.parser = parser;
    this.source = source;
    this.room = room;
  }

  /** An object that remembers which of its keys came twice; the first value counts. */
  @SuppressWarnings("unchecked") // Jackson narrows a generic method.
  private static final class ReadObject extends ObjectNode {
    private static final long serialVersionUID = 1L;

    private String repeated;

    ReadObject() {
      super(NODES);
    }
  }

  /** A key of this object that came more than once, if there is one. */
  static Optional<String> repeatedKey(JsonNode object) {
    return object instanceof ReadObject read
        ? Optional.ofNullable(read.repeated)
        : Optional.empty();
  }

  /**
   * Reads one value, and nothing after it.
   *
   * @throws IOException for anything else; {@link NoRoomException} if there is no room for it
   */
  JsonNode read() throws IOException {
    JsonNode root = null;
    do {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new IOException("the text ends too early");
      }
      JsonNode value = node(token);
      if (value != null) {
        if (open.isEmpty()) {
          root = value;
        } else {
          add(value);
        }
        if (value instanceof ContainerNode<?> container) {
          open.push(container);
        }
      }
    } while (!open.isEmpty());
    if (parser.nextToken() != null) {
      throw new IOException("something follows the value");
    }
    return root;
  }

  /** The value that begins with a token; null where none does. */
  private JsonNode node(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        charge(OBJECT_BYTES);
        yield new ReadObject();
      }
      case START_ARRAY -> {
        charge(ARRAY_BYTES);
        yield NODES.arrayNode();
      }
      case END_OBJECT, END_ARRAY -> {
        open.pop();
        yield null;
      }
      case FIELD_NAME -> {
        names.push(parser.currentName());
        charge(FIELD_BYTES + parser.currentName().length());
        yield null;
      }
      case VALUE_STRING -> {
        String text = text();
        charge(SCALAR_BYTES + text.length());
        yield NODES.textNode(text);
      }
      case VALUE_NUMBER_INT -> {
        charge(SCALAR_BYTES);
        yield whole();
      }
      case VALUE_NUMBER_FLOAT -> {
        charge(SCALAR_BYTES);
        yield decimal();
      }
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IOException("unexpected " + token);
    };
  }

  private String text() throws IOException {
    if (source.isLong()) {
      Optional<String> plain = source.plainText(parser.currentTokenLocation().getByteOffset());
      if (plain.isPresent()) {
        return plain.get();
      }
    }
    return parser.getText();
  }

  private JsonNode whole() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  /** Refuses numbers like {@code 1e999999999}: an answer may repeat them, digit by digit. */
  private JsonNode decimal() throws IOException {
    BigDecimal value;
    try {
      value = parser.getDecimalValue();
    } catch (NumberFormatException e) {
      // The parser lets an exponent of more than nine digits through, and only then stumbles.
      throw new IOException("number out of range", e);
    }
    if (value.precision() + Math.abs((long) value.scale()) > MAX_DIGITS) {
      throw new IOException("number out of range");
    }
    return DecimalNode.valueOf(value);
  }

  private void add(JsonNode value) {
    if (open.peek() instanceof ArrayNode array) {
      array.add(value);
      return;
    }
    ReadObject object = (ReadObject) open.peek();
    String name = names.pop();
    if (object.has(name)) {
      object.repeated = name;
    } else {
      object.set(name, value);
    }
  }

  private void charge(long bytes) throws NoRoomException {
    unasked += bytes;
    if (unasked >= STEP) {
      if (!room.test(unasked)) {
        throw new NoRoomException();
      }
      unasked = 0;
    }
  }
}
