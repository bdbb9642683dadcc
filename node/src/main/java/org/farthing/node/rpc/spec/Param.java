package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
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
 * becomes a {@code T}. Objects and arrays declare what stands in them in the same way.
 *
 * @param names the first is shown; callers may use any; empty for elements and alternatives
 * @param inner the fields of an object, the kinds of element of an array, the one kind of value of
 *     a map, the alternatives of {@link ParamType#ANY}
 */
public record Param<T>(
    List<String> names,
    ParamType type,
    String description,
    Presence presence,
    List<Param<?>> inner,
    Traits traits,
    Function<JsonNode, T> reader) {
  public Param {
    names = List.copyOf(names);
    inner = List.copyOf(inner);
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

  /** A number that need not be whole. */
  public static Param<BigDecimal> decimal(String name, String description) {
    return required(name, ParamType.DECIMAL, description, Read::decimal);
  }

  /** A whole number of at most so many bits, not negative. */
  public static Param<Long> unsigned(String name, int bits, String description) {
    return required(name, ParamType.NUMBER, description, value -> Read.unsigned(value, bits));
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
    return blockHash(name, name, description);
  }

  /** The same where errors call it by another name. */
  public static Param<BlockHash> blockHash(String name, String inErrors, String description) {
    return required(
        name,
        ParamType.HEX,
        description,
        value -> BlockHash.of(Read.hash(inErrors, value.textValue())));
  }

  /** An object; {@link Fields} reads what is declared to stand in it. */
  public static Param<JsonNode> object(String name, String description, Param<?>... fields) {
    return required(name, ParamType.OBJECT, description, Function.<JsonNode>identity())
        .of(List.of(fields));
  }

  /**
   * An object whose fields callers may also give as parameters by name. No other fields are
   * accepted.
   */
  public static Param<Fields> options(String name, String description, Param<?>... fields) {
    List<Param<?>> declared = List.of(fields);
    return required(name, ParamType.OPTIONS, description, value -> Fields.of(value, declared, true))
        .of(declared);
  }

  /** An object whose keys are data; the name of {@code value} says what they are. */
  public static Param<JsonNode> map(String name, String description, Param<?> value) {
    return required(name, ParamType.MAP, description, Function.<JsonNode>identity())
        .of(List.of(value));
  }

  /** An array of elements each of one of these kinds. */
  public static Param<JsonNode> array(String name, String description, Param<?>... elements) {
    return required(name, ParamType.ARRAY, description, Function.<JsonNode>identity())
        .of(List.of(elements));
  }

  /** The last index, or the first and the last in an array; {@code reader} checks it. */
  public static <T> Param<T> range(String name, String description, Function<JsonNode, T> reader) {
    return required(name, ParamType.RANGE, description, reader);
  }

  /** Several types: {@code reader} throws {@link RpcException} for others. */
  public static <T> Param<T> any(String name, String description, Function<JsonNode, T> reader) {
    return required(name, ParamType.ANY, description, reader);
  }

  private static <T> Param<T> required(
      String name, ParamType type, String description, Function<JsonNode, T> reader) {
    List<String> names = name.isEmpty() ? List.of() : List.of(name);
    return new Param<>(names, type, description, Presence.REQUIRED, List.of(), Traits.NONE, reader);
  }

  private Param<T> of(List<Param<?>> declared) {
    return new Param<>(names, type, description, presence, declared, traits, reader);
  }

  private Param<T> presence(Presence other) {
    return new Param<>(names, type, description, other, inner, traits, reader);
  }

  private Param<T> traits(Traits others) {
    return new Param<>(names, type, description, presence, inner, others, reader);
  }

  /** May also be called by another name. */
  public Param<T> alias(String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new Param<>(more, type, description, presence, inner, traits, reader);
  }

  /** May be missing; the method then finds nothing. */
  public Param<T> orNothing() {
    return presence(Presence.OPTIONAL);
  }

  /** May be missing; the method then finds nothing, and does what these words say. */
  public Param<T> otherwise(String words) {
    return presence(Presence.described(words));
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
    return presence(Presence.fallback(value));
  }

  /** Of a value of several types: which ones, the usual one first. */
  public Param<T> oneOf(Param<?>... alternatives) {
    return of(List.of(alternatives));
  }

  /** Of a value of any type: which one it usually has. */
  public Param<T> usually(ParamType usual) {
    return traits(traits.usually(usual));
  }

  /** Bitcoin Core has no such parameter. */
  public Param<T> own() {
    return traits(traits.asOwn());
  }

  /** For tests only, and not shown. */
  public Param<T> hidden() {
    return traits(traits.asHidden());
  }

  /** Kept for old callers. */
  public Param<T> placeholder() {
    return traits(traits.asPlaceholder());
  }

  /** A field of options that has the name of a parameter: by name it is the parameter. */
  public Param<T> alsoPositional() {
    return traits(traits.asAlsoPositional());
  }

  /** How the first line of the help shows the parameter, if not by its name and type. */
  public Param<T> summary(String text) {
    return traits(traits.summarised(text));
  }

  /** What the help calls the type, if not by its own word. */
  public Param<T> word(String text) {
    return traits(traits.worded(text));
  }

  public String name() {
    return names.isEmpty() ? "" : names.get(0);
  }

  public boolean optional() {
    return presence.optional();
  }

  /** What a missing value stands for; null where there is none. */
  public JsonNode fallback() {
    return presence.fallback();
  }

  /** Whether Bitcoin Core has no such parameter. */
  public boolean isOwn() {
    return traits.own();
  }

  public boolean isHidden() {
    return traits.hidden();
  }

  /** The type, or of several types the usual one. */
  public ParamType usualType() {
    if (type != ParamType.ANY) {
      return type;
    }
    if (traits.usual() != null) {
      return traits.usual();
    }
    return inner.isEmpty() ? ParamType.ANY : inner.get(0).type();
  }

  /** All names, as messages show them. */
  public String label() {
    return String.join("|", names);
  }

  /**
   * The value as the method wants it.
   *
   * @param given null and JSON's null both mean that it is missing
   * @throws RpcException if the value cannot be read
   */
  public Optional<T> read(JsonNode given) {
    boolean missing = given == null || given.isNull();
    JsonNode value = missing ? fallback() : given;
    return value == null ? Optional.empty() : Optional.of(reader.apply(value));
  }
}
