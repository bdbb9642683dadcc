package org.farthing.node.rpc.spec;

import java.util.List;

/** The help text of a method, made from what it declares, in the layout of Bitcoin Core's. */
public final class HelpPage {
  private static final int DESCRIPTION_COLUMN = 40;

  private final StringBuilder out = new StringBuilder();

  private HelpPage() {}

  /** One line: the name and the parameters, optional ones in brackets. */
  public static String summary(MethodSpec spec) {
    StringBuilder line = new StringBuilder(spec.name());
    boolean open = false;
    for (Param<?> param : spec.params()) {
      if (param.optional() && !open) {
        line.append(" (");
        open = true;
      } else if (!param.optional() && open) {
        line.append(" )");
        open = false;
      }
      line.append(' ').append(shown(param));
    }
    return line.append(open ? " )" : "").toString();
  }

  public static String of(MethodSpec spec) {
    HelpPage page = new HelpPage();
    page.out.append(summary(spec)).append("\n\n").append(spec.description().strip()).append('\n');
    page.arguments(spec.params());
    for (Result result : spec.results()) {
      page.out.append("\nResult");
      if (spec.results().size() > 1 && !result.description().isEmpty()) {
        page.out.append(" (").append(result.description()).append(')');
      }
      page.out.append(":\n");
      page.result(result, "", true);
    }
    page.examples(spec);
    return page.out.toString();
  }

  private static String shown(Param<?> param) {
    return switch (param.type()) {
      case TEXT, HEX -> '"' + param.name() + '"';
      case OBJECT -> "{" + param.name() + "}";
      case ARRAY -> "[" + param.name() + "]";
      default -> param.name();
    };
  }

  private void arguments(List<Param<?>> params) {
    if (params.isEmpty()) {
      return;
    }
    out.append("\nArguments:\n");
    int number = 1;
    for (Param<?> param : params) {
      String presence =
          !param.optional()
              ? "required"
              : param.fallback() == null ? "optional" : "optional, default=" + param.fallback();
      row(
          number++ + ". " + param.name(),
          "(" + param.type().word() + ", " + presence + ") " + param.description());
    }
  }

  private void result(Result result, String indent, boolean top) {
    String key = result.key().isEmpty() ? "" : '"' + result.key() + "\" : ";
    String more = top ? "" : ",";
    String optional = result.optional() ? "(optional) " : "";
    switch (result.type()) {
      case OBJECT, MAP, ARRAY -> {
        boolean array = result.type() == Result.Type.ARRAY;
        row(indent + key + (array ? "[" : "{"), optional + result.description());
        for (Result inner : result.inner()) {
          result(inner, indent + "  ", false);
        }
        if (result.type() != Result.Type.OBJECT) {
          out.append(indent).append("  ...\n");
        }
        out.append(indent).append(array ? "]" : "}").append(more).append('\n');
      }
      default -> row(indent + key + result.type().sample() + more, optional + result.description());
    }
  }

  private void row(String left, String right) {
    out.append(left);
    if (!right.isBlank()) {
      out.append(" ".repeat(Math.max(1, DESCRIPTION_COLUMN - left.length())));
      out.append(right.strip().replace("\n", "\n" + " ".repeat(DESCRIPTION_COLUMN)));
    }
    out.append('\n');
  }

  private void examples(MethodSpec spec) {
    if (spec.examples().isEmpty()) {
      return;
    }
    out.append("\nExamples:\n");
    for (String arguments : spec.examples()) {
      out.append("> farthing rpc ").append(spec.name());
      out.append(arguments.isEmpty() ? "" : " " + arguments).append('\n');
    }
  }
}
