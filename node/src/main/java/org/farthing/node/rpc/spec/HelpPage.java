package org.farthing.node.rpc.spec;

/** The help text of a method, made from what it declares, in the layout of Bitcoin Core's. */
public final class HelpPage {
  private HelpPage() {}

  /** One line: the name and the parameters, optional ones in brackets. */
  public static String summary(MethodSpec spec) {
    StringBuilder line = new StringBuilder(spec.name());
    boolean open = false;
    for (Param<?> param : spec.params()) {
      if (param.isHidden()) {
        break;
      }
      line.append(' ');
      if (param.optional() && !open) {
        line.append("( ");
      } else if (!param.optional() && open) {
        line.append(") ");
      }
      open = param.optional();
      line.append(HelpArguments.summary(param));
    }
    return line.append(open ? " )" : "").toString();
  }

  /** The whole page. */
  public static String of(MethodSpec spec) {
    return summary(spec)
        + "\n\n"
        + spec.description().strip()
        + "\n"
        + HelpArguments.of(spec.params())
        + HelpResults.of(spec)
        + examples(spec);
  }

  private static String examples(MethodSpec spec) {
    if (spec.examples().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("\nExamples:\n");
    for (String arguments : spec.examples()) {
      out.append("> farthing rpc ").append(spec.name());
      out.append(arguments.isEmpty() ? "" : " " + arguments).append('\n');
    }
    return out.toString();
  }
}
