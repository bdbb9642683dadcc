package org.farthing.node.rpc.method;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.error.RpcException;
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

  /** The same where only a number will do. */
  public static Param<Integer> number(String description) {
    return Param.any("verbosity", description, Verbosity::readNumber).oneOf(Param.integer("", ""));
  }

  private static Integer readNumber(JsonNode value) {
    if (value.isBoolean()) {
      throw RpcException.typeError("Verbosity was boolean but only integer allowed");
    }
    return Read.int32(value);
  }

  private static Integer read(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    }
    return Read.int32(value);
  }
}
