package org.farthing.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * A call that is yet to be made: alone, by {@link Caller#call}, or with others in a {@link Batch}.
 *
 * @param method its name
 * @param params an object of named, or an array of positional parameters
 * @param decoder makes the result of the answer
 */
public record Call<T>(String method, JsonNode params, Function<JsonNode, T> decoder) {
  /** A call of any method; its result is JSON. */
  public static Call<JsonNode> of(String method, JsonNode params) {
    return new Call<>(method, params, Function.identity());
  }
}
