package org.farthing.node.rpc.method;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;

/** A parameter that says how much to show: a number, or true for 1 and false for 0. */
public final class Verbosity {
  private Verbosity() {}

  public static Param<Integer> param(String description) {
    return Param.any("verbosity", description, Verbosity::read)
        .oneOf(Param.integer("", ""), Param.flag("", ""))
        .alias("verbose");
  }

  private static Integer read(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    }
    return Read.int32(value);
  }
}
