package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.node.rpc.json.Json;

/** The JSON type of a parameter: its word in the help, and what it accepts. */
public enum ParamType {
  TEXT("string", "string"),
  HEX("string", "string"),
  /** A whole number. */
  NUMBER("numeric", "number"),
  DECIMAL("numeric", "number"),
  FLAG("boolean", "bool"),
  OBJECT("json object", "object"),
  /** An object whose fields may also be given as named parameters. */
  OPTIONS("json object", "object"),
  /** An object whose keys are data. */
  MAP("json object", "object"),
  ARRAY("json array", "array"),
  /** The last index, or the first and the last in an array; its reader checks it. */
  RANGE("numeric or array", ""),
  /** Coins: a number or a string; its reader checks it. */
  AMOUNT("numeric or string", ""),
  /** Several types; its reader tells them apart. */
  ANY("any", "");

  private final String word;
  private final String expected;

  ParamType(String word, String expected) {
    this.word = word;
    this.expected = expected;
  }

  public String word() {
    return word;
  }

  /** The name of the JSON type that is accepted; empty where the reader decides. */
  public String expected() {
    return expected;
  }

  /** Whether a command line passes the value on as it is, and not as JSON. */
  public boolean isText() {
    return this == TEXT || this == HEX;
  }

  /** What is wrong with the type of a value, in Bitcoin Core's words; empty if nothing is. */
  public Optional<String> mismatch(JsonNode value) {
    String actual = Json.typeName(value);
    return accepts(actual)
        ? Optional.empty()
        : Optional.of("JSON value of type " + actual + " is not of expected type " + expected);
  }

  private boolean accepts(String actual) {
    return expected.isEmpty() || expected.equals(actual);
  }

  /** The same for the field of an object. */
  Optional<String> mismatch(String field, JsonNode value) {
    String actual = Json.typeName(value);
    return accepts(actual)
        ? Optional.empty()
        : Optional.of(
            "JSON value of type %s for field %s is not of expected type %s"
                .formatted(actual, field, expected));
  }
}
