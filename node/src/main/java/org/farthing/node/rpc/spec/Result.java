package org.farthing.node.rpc.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * What a method answers, declared once: help is made from it, and tests hold answers against it.
 *
 * @param key in the object around it; empty at the top and in arrays
 * @param inner the fields of an object, the kinds of element of an array, the one kind of value of
 *     a map, the elements of a fixed array, the alternatives of {@link Type#EITHER}
 */
public record Result(
    String key, Type type, String description, boolean optional, List<Result> inner) {
  public Result {
    inner = List.copyOf(inner);
  }

  /** The JSON type, and what stands in it. */
  public enum Type {
    TEXT("\"str\"", "string"),
    HEX("\"hex\"", "string"),
    /** A whole number. */
    NUMBER("n", "numeric"),
    DECIMAL("n", "numeric"),
    AMOUNT("n", "numeric"),
    TIME("xxx", "numeric"),
    FLAG("true|false", "boolean"),
    /** Never true. */
    FALSE("false", "boolean"),
    NULL("null", "json null"),
    OBJECT("", "json object"),
    /** An object whose keys are data. */
    MAP("", "json object"),
    ARRAY("", "json array"),
    /** An array whose elements are declared one by one. */
    FIXED("", "json array"),
    /** One of several. */
    EITHER("", ""),
    ANY("xxx", "any");

    private final String sample;
    private final String word;

    Type(String sample, String word) {
      this.sample = sample;
      this.word = word;
    }

    /** What the help calls it. */
    public String word() {
      return word;
    }

    /** How the help shows a value. */
    public String sample() {
      return sample;
    }
  }

  private static Result of(String key, Type type, String description, Result... inner) {
    return new Result(key, type, description, false, List.of(inner));
  }

  public static Result text(String key, String description) {
    return of(key, Type.TEXT, description);
  }

  public static Result hex(String key, String description) {
    return of(key, Type.HEX, description);
  }

  public static Result number(String key, String description) {
    return of(key, Type.NUMBER, description);
  }

  /** A number that need not be whole. */
  public static Result decimal(String key, String description) {
    return of(key, Type.DECIMAL, description);
  }

  /** Coins with eight decimals. */
  public static Result amount(String key, String description) {
    return of(key, Type.AMOUNT, description);
  }

  /** Seconds since 1970. */
  public static Result time(String key, String description) {
    return of(key, Type.TIME, description);
  }

  public static Result flag(String key, String description) {
    return of(key, Type.FLAG, description);
  }

  public static Result nothing() {
    return of("", Type.NULL, "");
  }

  public static Result any(String key, String description) {
    return of(key, Type.ANY, description);
  }

  public static Result object(String key, String description, Result... fields) {
    return of(key, Type.OBJECT, description, fields);
  }

  public static Result map(String key, String description, Result value) {
    return of(key, Type.MAP, description, value);
  }

  /** An array of elements each of one of these kinds. */
  public static Result array(String key, String description, Result... elements) {
    return of(key, Type.ARRAY, description, elements);
  }

  /** An array of exactly these elements; the last ones can be missing where they are optional. */
  public static Result fixed(String key, String description, Result... elements) {
    return of(key, Type.FIXED, description, elements);
  }

  /** One of these; the help shows the first. */
  public static Result either(String key, String description, Result... alternatives) {
    return of(key, Type.EITHER, description, alternatives);
  }

  /** The constant false, as an alternative to something else. */
  public static Result never() {
    return of("", Type.FALSE, "");
  }

  /** How many of its parts must be there. */
  int required() {
    return (int) inner.stream().filter(part -> !part.optional()).count();
  }

  /** May be missing. */
  public Result maybe() {
    return new Result(key, type, description, true, inner);
  }

  /** The same under another key. */
  public Result as(String otherKey, String otherDescription) {
    return new Result(otherKey, type, otherDescription, optional, inner);
  }

  /** An object with more fields. */
  public Result plus(Result... fields) {
    List<Result> all = new ArrayList<>(inner);
    all.addAll(List.of(fields));
    return new Result(key, type, description, optional, all);
  }
}
