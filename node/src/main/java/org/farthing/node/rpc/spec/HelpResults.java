package org.farthing.node.rpc.spec;

/** How the help shows what a method answers. */
final class HelpResults {
  private final HelpColumns lines = new HelpColumns();

  private HelpResults() {}

  /** All possible shapes, each with the condition that its description names. */
  static String of(MethodSpec spec) {
    StringBuilder out = new StringBuilder();
    for (Result result : spec.results()) {
      boolean conditional = spec.results().size() > 1 && !result.description().isEmpty();
      out.append("\nResult");
      if (conditional) {
        out.append(" (").append(result.description()).append(')');
      }
      HelpResults shown = new HelpResults();
      shown.add(conditional ? result.as("", "") : result, "", false, true);
      out.append(":\n").append(shown.lines);
    }
    return out.toString();
  }

  private void add(Result result, String indent, boolean keyed, boolean top) {
    if (result.type() == Result.Type.EITHER) {
      Result first = result.inner().get(0).as(result.key(), result.description());
      add(result.optional() ? first.maybe() : first, indent, keyed, top);
      return;
    }
    String start = indent + (keyed ? '"' + result.key() + "\" : " : "");
    String comma = top ? "" : ",";
    switch (result.type()) {
      case OBJECT, MAP, ARRAY, FIXED -> structure(result, start, indent, comma);
      default -> lines.add(start + result.type().sample() + comma, explained(result));
    }
  }

  private void structure(Result result, String start, String indent, String comma) {
    boolean array = result.type() == Result.Type.ARRAY || result.type() == Result.Type.FIXED;
    if (result.inner().isEmpty()) {
      lines.add(start + (array ? "[]" : "{}") + comma, explained(result));
      return;
    }
    lines.add(start + (array ? "[" : "{"), explained(result));
    for (Result inner : result.inner()) {
      add(inner, indent + "  ", !array, false);
    }
    if (result.type() == Result.Type.OBJECT || result.type() == Result.Type.FIXED) {
      lines.dropLastComma();
    } else {
      lines.add(indent + "  ...", "");
    }
    lines.add(indent + (array ? "]" : "}") + comma, "");
  }

  private static String explained(Result result) {
    String text = result.description().isEmpty() ? "" : " " + result.description();
    return "(" + result.type().word() + (result.optional() ? ", optional" : "") + ")" + text;
  }
}
