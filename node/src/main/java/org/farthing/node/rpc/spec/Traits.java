package org.farthing.node.rpc.spec;

/**
 * How a parameter is shown, beside its name and type.
 *
 * @param hidden for tests only: neither the help nor the usual OpenRPC document has it
 * @param placeholder kept for old callers, and without effect
 * @param alsoPositional a field of options that has the name of a parameter, on purpose
 * @param summary stands for the parameter in the first line of the help; empty: made from the type
 * @param word stands for the type in the help; empty: the type's own
 * @param own Bitcoin Core has no such parameter
 * @param usual the type that a value of several types usually has; null: the first that it may have
 */
record Traits(
    boolean hidden,
    boolean placeholder,
    boolean alsoPositional,
    String summary,
    String word,
    boolean own,
    ParamType usual) {
  static final Traits NONE = new Traits(false, false, false, "", "", false, null);

  Traits asHidden() {
    return new Traits(true, placeholder, alsoPositional, summary, word, own, usual);
  }

  Traits asPlaceholder() {
    return new Traits(hidden, true, alsoPositional, summary, word, own, usual);
  }

  Traits asAlsoPositional() {
    return new Traits(hidden, placeholder, true, summary, word, own, usual);
  }

  Traits summarised(String text) {
    return new Traits(hidden, placeholder, alsoPositional, text, word, own, usual);
  }

  Traits worded(String text) {
    return new Traits(hidden, placeholder, alsoPositional, summary, text, own, usual);
  }

  Traits asOwn() {
    return new Traits(hidden, placeholder, alsoPositional, summary, word, true, usual);
  }

  Traits usually(ParamType type) {
    return new Traits(hidden, placeholder, alsoPositional, summary, word, own, type);
  }
}
