package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether a parameter may be missing, and what it then stands for.
 *
 * @param fallback the value; null where there is none
 * @param words what the help says of the value where it is no constant; empty otherwise
 */
public record Presence(boolean optional, JsonNode fallback, String words) {
  static final Presence REQUIRED = new Presence(false, null, "");
  static final Presence OPTIONAL = new Presence(true, null, "");

  static Presence fallback(JsonNode value) {
    return new Presence(true, value, "");
  }

  static Presence described(String words) {
    return new Presence(true, null, words);
  }
}
