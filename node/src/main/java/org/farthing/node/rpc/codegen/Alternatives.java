package org.farthing.node.rpc.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/**
 * The type of an answer that has one of several shapes: it is read as one of them when it is asked
 * for, by a method that has the name of the condition.
 */
final class Alternatives {
  private Alternatives() {}

  static String of(MethodSpec spec, String own, List<String> further) {
    StringBuilder out = new StringBuilder();
    out.append(JavaDoc.of("What " + spec.name() + " answers: one of several shapes.", ""));
    out.append("public record ").append(own).append("(JsonNode json) {\n");
    List<String> nested = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of("json"));
    for (Result result : spec.results()) {
      if (result.type() == Result.Type.NULL) {
        continue;
      }
      String name = name(result, names);
      String type = JavaNames.capitalised(name);
      ResultTypes.Type found =
          ResultTypes.of(result.as(type, result.description()), ResultTypes.Owner.top(own), nested);
      out.append(JavaDoc.of("The answer " + result.description() + ".", "  "));
      out.append("  public ").append(found.plain()).append(' ').append(name).append("() {\n");
      out.append("    return ").append(applied(found)).append(";\n  }\n\n");
    }
    out.append("  /** Whether there is no answer. */\n");
    out.append("  public boolean isNothing() {\n    return json.isNull();\n  }\n");
    nested.addAll(further);
    return out.append(MethodSource.joined(nested)).append("}\n").toString();
  }

  private static String name(Result result, Set<String> taken) {
    String name =
        result.description().isBlank()
            ? JavaNames.variable(result.type().word().replace(' ', '_'))
            : JavaNames.ofWords(result.description());
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  private static String applied(ResultTypes.Type type) {
    String decoder = type.decoder();
    int reference = decoder.indexOf("::");
    if (!decoder.contains("->")) {
      return decoder.substring(0, reference) + "." + decoder.substring(reference + 2) + "(json)";
    }
    int arrow = decoder.indexOf("->");
    String variable = decoder.substring(0, arrow).strip();
    return decoder.substring(arrow + 2).strip().replaceFirst("\\b" + variable + "\\b", "json");
  }
}
