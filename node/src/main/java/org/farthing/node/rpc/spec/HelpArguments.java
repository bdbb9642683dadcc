package org.farthing.node.rpc.spec;

import java.util.List;
import java.util.stream.Collectors;

/** How the help shows parameters: in its first line, and one by one. */
final class HelpArguments {
  private static final int INNER_INDENT = 5;

  private final HelpColumns numbered = new HelpColumns();
  private final HelpColumns byNameOnly = new HelpColumns();

  private HelpArguments() {}

  /** The chapters about parameters; empty where there are none. */
  static String of(List<Param<?>> params) {
    HelpArguments all = new HelpArguments();
    int number = 1;
    for (Param<?> param : params) {
      if (param.isHidden()) {
        break;
      }
      all.numbered.add(number++ + ". " + param.name(), explained(param, true));
      all.top(all.numbered, param);
      if (param.type() == ParamType.OPTIONS) {
        for (Param<?> field : param.inner()) {
          if (!field.isHidden()) {
            all.byNameOnly.add(field.name(), explained(field, true));
            all.top(all.byNameOnly, field);
          }
        }
      }
    }
    return chapter("Arguments", all.numbered) + chapter("Named Arguments", all.byNameOnly);
  }

  private static String chapter(String title, HelpColumns lines) {
    return lines.isEmpty() ? "" : "\n" + title + ":\n" + lines;
  }

  /** What stands in a parameter. */
  private void top(HelpColumns lines, Param<?> param) {
    Param<?> shape = shape(param);
    switch (shape.type()) {
      case OBJECT, MAP, ARRAY -> {
        if (!shape.inner().isEmpty()) {
          structure(lines, shape, "", "", INNER_INDENT);
        }
      }
      default -> {}
    }
  }

  /** Of a value of several types the usual one. */
  private static Param<?> shape(Param<?> param) {
    boolean several = param.type() == ParamType.ANY && !param.inner().isEmpty();
    return several ? param.inner().get(0) : param;
  }

  private void inner(HelpColumns lines, Param<?> param, int indent, boolean keyed) {
    Param<?> shape = shape(param);
    String key = keyed ? '"' + param.name() + "\": " : "";
    switch (shape.type()) {
      case OBJECT, MAP, ARRAY, OPTIONS ->
          structure(lines, shape, key, explained(param, keyed), indent);
      default ->
          lines.add(
              " ".repeat(indent) + (keyed ? key + sample(param) : named(param)) + ",",
              explained(param, keyed));
    }
  }

  private void structure(
      HelpColumns lines, Param<?> shape, String key, String explanation, int indent) {
    String margin = " ".repeat(indent);
    boolean array = shape.type() == ParamType.ARRAY;
    lines.add(margin + key + (array ? "[" : "{"), explanation);
    for (Param<?> param : shape.inner()) {
      if (!param.isHidden()) {
        inner(lines, param, indent + 2, !array);
      }
    }
    if (array || shape.type() == ParamType.MAP) {
      lines.add(margin + "  ...", "");
    }
    String close = margin + (array ? "]" : "}");
    lines.add(indent == INNER_INDENT ? close : close + ",", "");
  }

  /** Type, presence and description. */
  private static String explained(Param<?> param, boolean presence) {
    String options =
        param.type() == ParamType.OPTIONS
            ? " Options object that can be used to pass named arguments, listed below."
            : "";
    String text = param.description().isEmpty() ? "" : " " + param.description();
    return "(" + word(param) + (presence ? presence(param) : "") + ")" + options + text;
  }

  private static String word(Param<?> param) {
    String chosen = param.traits().word();
    return chosen.isEmpty() ? param.usualType().word() : chosen;
  }

  private static String presence(Param<?> param) {
    Presence presence = param.presence();
    if (!presence.optional()) {
      return ", required";
    }
    if (presence.fallback() != null) {
      return ", optional, default=" + presence.fallback();
    }
    return presence.words().isEmpty() ? ", optional" : ", optional, default=" + presence.words();
  }

  /** In the first line of the help. */
  static String summary(Param<?> param) {
    return param.traits().summary().isEmpty() ? named(param) : param.traits().summary();
  }

  private static String named(Param<?> param) {
    Param<?> shape = shape(param);
    return switch (param.usualType()) {
      case TEXT, HEX -> '"' + param.name() + '"';
      case OBJECT -> shape.inner().isEmpty() ? "{...}" : "{" + fields(shape) + "}";
      case MAP -> "{" + fields(shape) + ",...}";
      case ARRAY ->
          shape.inner().isEmpty() ? "[" + param.name() + ",...]" : "[" + elements(shape) + ",...]";
      default -> param.name();
    };
  }

  private static String fields(Param<?> object) {
    return object.inner().stream()
        .filter(field -> !field.isHidden())
        .map(field -> '"' + field.name() + "\":" + sample(field))
        .collect(Collectors.joining(","));
  }

  private static String elements(Param<?> array) {
    return array.inner().stream().map(HelpArguments::named).collect(Collectors.joining(","));
  }

  private static String sample(Param<?> param) {
    Param<?> shape = shape(param);
    return switch (param.usualType()) {
      case TEXT -> "\"str\"";
      case HEX -> "\"hex\"";
      case NUMBER, DECIMAL -> "n";
      case RANGE -> "n or [n,n]";
      case AMOUNT -> "amount";
      case FLAG -> "bool";
      case ARRAY -> "[" + (shape.inner().isEmpty() ? "" : elements(shape) + ",") + "...]";
      case OBJECT, OPTIONS, MAP -> "{...}";
      case ANY -> param.name();
    };
  }
}
