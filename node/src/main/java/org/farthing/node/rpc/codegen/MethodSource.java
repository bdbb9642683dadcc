package org.farthing.node.rpc.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;
import org.farthing.node.rpc.spec.Result;

/**
 * The sources that one method becomes: a type of its own name with its result, its options and the
 * objects among its parameters, as far as there are any; its calls; and members that make them.
 */
final class MethodSource {
  private static final String OPTIONS = "Options";
  private static final Pattern RECORD = Pattern.compile("public record (\\w+)\\(");

  private final MethodSpec spec;
  private final String name;
  private final List<Param<?>> required = new ArrayList<>();
  private final List<Param<?>> optional = new ArrayList<>();
  private final List<String> nested = new ArrayList<>();
  private final ParamTypes params;
  private final String signature;
  private final Outcome outcome;
  private final Optional<String> type;

  /**
   * What a call results in.
   *
   * @param type as the parameter of another type
   * @param plain the same where it may be primitive
   */
  private record Outcome(String type, String plain, String decoder) {}

  private MethodSource(MethodSpec spec, String name) {
    this.spec = spec;
    this.name = name;
    this.params = new ParamTypes(typeName(), nested);
    for (Param<?> param : spec.params()) {
      if (param.optional()) {
        flattened(param).forEach(optional::add);
      } else {
        required.add(param);
      }
    }
    this.signature = params.signature(required);
    String own = typeName();
    String options = optional.isEmpty() ? "" : options();
    List<String> resultTypes = new ArrayList<>();
    this.outcome = outcome(own, resultTypes);
    this.type = type(own, options, resultTypes);
  }

  static MethodSource of(RpcMethod method) {
    return new MethodSource(method.spec(), JavaNames.method(method));
  }

  /** The fields of options can be named like parameters. */
  private static List<Param<?>> flattened(Param<?> param) {
    if (param.type() != ParamType.OPTIONS || param.inner().isEmpty()) {
      return List.of(param);
    }
    return param.inner();
  }

  String name() {
    return name;
  }

  String typeName() {
    return JavaNames.capitalised(name);
  }

  /** The source of the method's own type; empty where it needs none. */
  Optional<String> type() {
    return type;
  }

  private String options() {
    StringBuilder out = new StringBuilder();
    out.append("  /** What may be said beside the parameters that must be there. */\n");
    out.append("  public static final class Options implements JsonSource {\n");
    out.append("    private final ObjectNode json = Encode.object();\n\n");
    Set<String> names = new HashSet<>();
    required.forEach(param -> names.add(param.name()));
    for (Param<?> param : optional) {
      if (names.add(param.name())) {
        out.append(params.setter(OPTIONS, param));
      }
    }
    out.append("    @Override\n    public JsonNode toJson() {\n      return json.deepCopy();\n");
    out.append("    }\n  }\n");
    return out.toString();
  }

  private Outcome outcome(String own, List<String> resultTypes) {
    List<Result> results = spec.results();
    if (results.size() > 1) {
      return new Outcome(own, own, own + "::new");
    }
    Result only = results.isEmpty() ? Result.any("", "") : results.get(0);
    if (only.type() == Result.Type.OBJECT && !only.inner().isEmpty()) {
      return new Outcome(own, own, own + "::from");
    }
    ResultTypes.Type found =
        ResultTypes.of(
            only.as("Item", only.description()), ResultTypes.Owner.top(own), resultTypes);
    return new Outcome(
        qualified(found.name(), own, resultTypes),
        qualified(found.plain(), own, resultTypes),
        qualified(found.decoder(), own, resultTypes));
  }

  /** With the names of nested types as they are seen from outside. */
  private static String qualified(String text, String own, List<String> nested) {
    String qualified = text;
    for (String source : nested) {
      Matcher record = RECORD.matcher(source);
      if (record.find()) {
        String name = record.group(1);
        qualified = qualified.replaceAll("(?<![.\\w])" + name + "\\b", own + "." + name);
      }
    }
    return qualified;
  }

  private Optional<String> type(String own, String options, List<String> resultTypes) {
    List<String> inner = new ArrayList<>();
    if (!options.isEmpty()) {
      inner.add(options);
    }
    inner.addAll(nested);
    boolean several = spec.results().size() > 1;
    Result only = spec.results().size() == 1 ? spec.results().get(0) : null;
    if (only != null && only.type() == Result.Type.OBJECT && !only.inner().isEmpty()) {
      String source =
          ResultTypes.record(described(only), ResultTypes.Owner.top(own), "", "public ");
      return Optional.of(source.substring(0, source.lastIndexOf('}')) + joined(inner) + "}\n");
    }
    if (several) {
      return Optional.of(Alternatives.of(spec, own, inner));
    }
    inner.addAll(resultTypes);
    if (inner.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        JavaDoc.of("Types of the method " + spec.name() + ".", "")
            + "public final class "
            + own
            + " {\n  private "
            + own
            + "() {}\n"
            + joined(inner)
            + "}\n");
  }

  private Result described(Result result) {
    return result.description().isBlank()
        ? result.as("", "What " + spec.name() + " answers.")
        : result;
  }

  static String joined(List<String> sources) {
    return sources.stream().map(source -> "\n" + source).collect(Collectors.joining());
  }

  private String doc() {
    StringBuilder out = new StringBuilder("\n  /**\n");
    for (String line : spec.description().strip().lines().toList()) {
      out.append(("   * " + JavaDoc.inline(line)).stripTrailing()).append('\n');
    }
    String docs = ParamTypes.docs(required, "   * ");
    if (!docs.isEmpty()) {
      out.append("   *\n").append(docs);
    }
    return out.append("   */\n").toString();
  }

  /** Members of {@code Calls}. */
  List<String> calls() {
    List<String> sources = new ArrayList<>();
    sources.add(call(signature, "Encode.object()"));
    if (!optional.isEmpty()) {
      sources.add(call(withOptions(), "(ObjectNode) options.toJson()"));
    }
    return sources;
  }

  private String call(String parameters, String start) {
    StringBuilder out = new StringBuilder(doc());
    out.append("  public static Call<").append(outcome.type()).append("> ").append(name);
    out.append('(').append(parameters).append(") {\n");
    out.append("    ObjectNode json = ").append(start).append(";\n");
    required.forEach(
        param -> out.append("    ").append(ParamTypes.set("json", param)).append('\n'));
    out.append("    return new Call<>(\"").append(spec.name()).append("\", json, ");
    return out.append(outcome.decoder()).append(");\n  }\n").toString();
  }

  private String withOptions() {
    String options = typeName() + "." + OPTIONS + " options";
    return signature.isEmpty() ? options : signature + ", " + options;
  }

  /** Members of {@code Methods}. */
  List<String> members() {
    List<String> sources = new ArrayList<>();
    String arguments = ParamTypes.arguments(required);
    sources.add(member(signature, arguments));
    if (!optional.isEmpty()) {
      sources.add(member(withOptions(), arguments.isEmpty() ? "options" : arguments + ", options"));
    }
    return sources;
  }

  private String member(String parameters, String arguments) {
    boolean nothing = outcome.type().equals("Void");
    return doc()
        + "  default "
        + (nothing ? "void" : outcome.plain())
        + " "
        + name
        + "("
        + parameters
        + ") {\n    "
        + (nothing ? "" : "return ")
        + "call(Calls."
        + name
        + "("
        + arguments
        + "));\n  }\n";
  }
}
