package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;

/**
 * A parameter of a method, declared once: name, type, whether it may be missing, and how its value
 * becomes a {@code T}.
 *
 * @param names the first is shown; callers may use any
 * @param fallback what a missing value stands for; null where there is none
 */
public record Param<T>(
    List<String> names,
    ParamType type,
    String description,
    boolean optional,
    JsonNode fallback,
    Function<JsonNode, T> reader) {
  public Param {
    names = List.copyOf(names);
  }

  public static Param<String> text(String name, String description) {
    return required(name, ParamType.TEXT, description, JsonNode::textValue);
  }

  public static Param<byte[]> hex(String name, String description) {
    return required(name, ParamType.HEX, description, value -> Read.hex(name, value.textValue()));
  }

  public static Param<Integer> integer(String name, String description) {
    return required(name, ParamType.NUMBER, description, Read::int32);
  }

  public static Param<Long> number(String name, String description) {
    return required(name, ParamType.NUMBER, description, Read::int64);
  }

  public static Param<Boolean> flag(String name, String description) {
    return required(name, ParamType.FLAG, description, JsonNode::booleanValue);
  }

  /** Coins, read to satoshis. */
  public static Param<Long> amount(String name, String description) {
    return required(name, ParamType.AMOUNT, description, Read::amountSat);
  }

  public static Param<Txid> txid(String name, String description) {
    return required(
        name, ParamType.HEX, description, value -> Txid.of(Read.hash(name, value.textValue())));
  }

  public static Param<BlockHash> blockHash(String name, String description) {
    return required(
        name,
        ParamType.HEX,
        description,
        value -> BlockHash.of(Read.hash(name, value.textValue())));
  }

  public static Param<JsonNode> object(String name, String description) {
    return required(name, ParamType.OBJECT, description, Function.identity());
  }

  public static Param<JsonNode> array(String name, String description) {
    return required(name, ParamType.ARRAY, description, Function.identity());
  }

  /** Several types: {@code reader} throws {@link RpcException} for others. */
  public static <T> Param<T> any(String name, String description, Function<JsonNode, T> reader) {
    return required(name, ParamType.ANY, description, reader);
  }

  private static <T> Param<T> required(
      String name, ParamType type, String description, Function<JsonNode, T> reader) {
    return new Param<>(List.of(name), type, description, false, null, reader);
  }

  /** May also be called by another name. */
  public Param<T> alias(String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new Param<>(more, type, description, optional, fallback, reader);
  }

  /** May be missing; the method then finds nothing. */
  public Param<T> orNothing() {
    return new Param<>(names, type, description, true, null, reader);
  }

  public Param<T> or(boolean value) {
    return or(Json.flag(value));
  }

  public Param<T> or(long value) {
    return or(Json.number(value));
  }

  public Param<T> or(String value) {
    return or(Json.text(value));
  }

  /** May be missing, and then stands for {@code value}. */
  public Param<T> or(JsonNode value) {
    return new Param<>(names, type, description, true, value, reader);
  }

  public String name() {
    return names.get(0);
  }

  /**
   * The value as the method wants it.
   *
   * @param given null and JSON's null both mean that it is missing
   * @throws RpcException if the value cannot be read
   */
  public Optional<T> read(JsonNode given) {
    boolean missing = given == null || given.isNull();
    JsonNode value = missing ? fallback : given;
    return value == null ? Optional.empty() : Optional.of(reader.apply(value));
  }
}
