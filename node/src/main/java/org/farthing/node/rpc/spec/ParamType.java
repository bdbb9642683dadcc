package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.node.rpc.json.Json;

/** The JSON type of a parameter: its word in the help, and what it accepts. */
public enum ParamType {
  TEXT("string", "string"),
  HEX("string", "string"),
  NUMBER("numeric", "number"),
  FLAG("boolean", "bool"),
  OBJECT("json object", "object"),
  ARRAY("json array", "array"),
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

  /** What is wrong with the type of a value, in Bitcoin Core's words; empty if nothing is. */
  public Optional<String> mismatch(JsonNode value) {
    String actual = Json.typeName(value);
    return expected.isEmpty() || expected.equals(actual)
        ? Optional.empty()
        : Optional.of("JSON value of type " + actual + " is not of expected type " + expected);
  }
}
