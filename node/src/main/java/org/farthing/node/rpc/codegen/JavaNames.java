package org.farthing.node.rpc.codegen;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.node.rpc.call.RpcMethod;

/** From the names of JSON to those of Java. */
final class JavaNames {
  /** Words of the language, and what no component of a record may be called. */
  private static final Set<String> TAKEN =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do"
                  + " double else enum extends final finally float for goto if implements import"
                  + " instanceof int interface long native new package private protected public"
                  + " return short static strictfp super switch synchronized this throw throws"
                  + " transient try void volatile while true false null _ clone finalize getClass"
                  + " hashCode notify notifyAll toString wait")
              .split(" "));

  private static final int MOST_WORDS = 6;

  private JavaNames() {}

  /**
   * Of a method: as its class is called, since the name itself does not show its words. Where the
   * class has another name, or serves several methods, the name itself.
   */
  static String method(RpcMethod method) {
    String rpc = method.spec().name();
    String type = method.getClass().getSimpleName();
    return type.toLowerCase(Locale.ROOT).equals(rpc) ? decapitalised(type) : variable(rpc);
  }

  /** {@code best_block} becomes {@code bestBlock}. */
  static String variable(String name) {
    String joined = decapitalised(camel(name));
    String valid = joined.isEmpty() || Character.isDigit(joined.charAt(0)) ? "_" + joined : joined;
    return TAKEN.contains(valid) ? valid + "_" : valid;
  }

  /** {@code best_block} becomes {@code BestBlock}. */
  static String type(String name) {
    String joined = camel(name);
    return joined.isEmpty() || Character.isDigit(joined.charAt(0)) ? "_" + joined : joined;
  }

  /** The first words of a sentence as one name. */
  static String ofWords(String sentence) {
    String words =
        Arrays.stream(sentence.split("[^A-Za-z0-9]+"))
            .filter(word -> !word.isEmpty())
            .limit(MOST_WORDS)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("_"));
    return variable(words);
  }

  static String capitalised(String name) {
    return name.isEmpty() ? "" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String decapitalised(String name) {
    return name.isEmpty() ? "" : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static String camel(String name) {
    return Arrays.stream(name.split("[^A-Za-z0-9]+"))
        .filter(part -> !part.isEmpty())
        .map(JavaNames::capitalised)
        .collect(Collectors.joining());
  }
}
