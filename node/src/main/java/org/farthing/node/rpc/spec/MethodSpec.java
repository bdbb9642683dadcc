package org.farthing.node.rpc.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a method declares about itself.
 *
 * @param results the possible shapes of the answer; which one, its description says
 * @param examples parameters as on the command line, one line each
 * @param own Bitcoin Core has no such method
 */
public record MethodSpec(
    String name,
    Category category,
    String description,
    List<Param<?>> params,
    List<Result> results,
    List<String> examples,
    boolean own) {
  public MethodSpec {
    params = List.copyOf(params);
    results = List.copyOf(results);
    examples = List.copyOf(examples);
  }

  /** A method without parameters or result so far. */
  public static MethodSpec of(String name, Category category, String description) {
    return new MethodSpec(name, category, description, List.of(), List.of(), List.of(), false);
  }

  public MethodSpec takes(Param<?>... parameters) {
    return new MethodSpec(name, category, description, List.of(parameters), results, examples, own);
  }

  /** Bitcoin Core has no such method. */
  public MethodSpec ofFarthing() {
    return new MethodSpec(name, category, description, params, results, examples, true);
  }

  /** Adds a possible shape of the answer. */
  public MethodSpec returns(Result result) {
    List<Result> more = new ArrayList<>(results);
    more.add(result);
    return new MethodSpec(name, category, description, params, more, examples, own);
  }

  /** Adds an example: the parameters as on the command line. */
  public MethodSpec example(String arguments) {
    List<String> more = new ArrayList<>(examples);
    more.add(arguments);
    return new MethodSpec(name, category, description, params, results, more, own);
  }

  /** The position of a declared parameter, from 0. */
  public int indexOf(Param<?> param) {
    for (int i = 0; i < params.size(); i++) {
      if (params.get(i).name().equals(param.name())) {
        return i;
      }
    }
    throw new IllegalArgumentException(name + " declares no parameter " + param.name());
  }

  /** How many parameters a caller has to give at least. */
  public int leastParams() {
    for (int i = params.size(); i > 0; i--) {
      if (!params.get(i - 1).optional()) {
        return i;
      }
    }
    return 0;
  }
}
