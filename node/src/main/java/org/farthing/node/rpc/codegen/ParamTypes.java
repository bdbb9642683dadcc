package org.farthing.node.rpc.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;

/** The Java types of parameters, and builders for objects among them. */
final class ParamTypes {
  /** What has no one type takes whatever can be made JSON. */
  private static final String ANYTHING = "Object";

  private final String owner;
  private final List<String> builders;

  /** The first is what can be left out of a call. */
  private final Set<String> taken = new HashSet<>(Set.of("Options"));

  /**
   * @param owner the type in which the builders are nested
   * @param builders gets their sources
   */
  ParamTypes(String owner, List<String> builders) {
    this.owner = owner;
    this.builders = builders;
  }

  /** The type of a value, as the parameter of a method. */
  String plain(Param<?> param) {
    return switch (kind(param)) {
      case NUMBER -> "long";
      case FLAG -> "boolean";
      default -> boxed(param);
    };
  }

  /** Of several types the only one that a person would use, if there is one. */
  private static ParamType kind(Param<?> param) {
    if (param.type() != ParamType.ANY) {
      return param.type();
    }
    Set<ParamType> kinds = param.inner().stream().map(Param::type).collect(Collectors.toSet());
    return kinds.equals(Set.of(ParamType.NUMBER, ParamType.FLAG))
        ? ParamType.NUMBER
        : ParamType.ANY;
  }

  private String boxed(Param<?> param) {
    return switch (kind(param)) {
      case TEXT, HEX -> "String";
      case NUMBER -> "Long";
      case DECIMAL -> "BigDecimal";
      case AMOUNT -> "Amount";
      case FLAG -> "Boolean";
      case RANGE -> "IndexRange";
      case MAP -> "Map<String, " + inside(param) + ">";
      case ARRAY -> param.inner().size() == 1 ? "List<" + inside(param) + ">" : "List<?>";
      case OBJECT, OPTIONS -> param.inner().isEmpty() ? "Map<String, ?>" : builder(param);
      case ANY -> ANYTHING;
    };
  }

  /** Of the elements of an array or the values of a map, which may have its name. */
  private String inside(Param<?> outer) {
    Param<?> inner = outer.inner().get(0);
    String type = boxed(inner.names().isEmpty() ? inner.alias(outer.name() + "_item") : inner);
    return type.equals(ANYTHING) ? "?" : type;
  }

  private String builder(Param<?> object) {
    String wanted = object.name().isEmpty() ? "Item" : JavaNames.type(object.name());
    String name = wanted;
    while (!taken.add(name)) {
      name += "_";
    }
    List<Param<?>> required = new ArrayList<>();
    List<Param<?>> optional = new ArrayList<>();
    object.inner().forEach(field -> (field.optional() ? optional : required).add(field));
    StringBuilder out = new StringBuilder();
    out.append(
        JavaDoc.of(
            object.description().isEmpty()
                ? "An object among the parameters."
                : object.description(),
            "  "));
    out.append("  public static final class ").append(name).append(" implements JsonSource {\n");
    out.append("    private final ObjectNode json = Encode.object();\n\n");
    out.append(requiredDoc(required));
    out.append("    public ").append(name).append('(').append(signature(required)).append(") {\n");
    required.forEach(field -> out.append("      ").append(set("json", field)).append('\n'));
    out.append("    }\n\n");
    for (Param<?> field : optional) {
      out.append(setter(name, field));
    }
    out.append("    @Override\n    public JsonNode toJson() {\n      return json.deepCopy();\n");
    out.append("    }\n  }\n");
    builders.add(out.toString());
    return owner + "." + name;
  }

  private static String requiredDoc(List<Param<?>> required) {
    String params = docs(required, "     * ");
    return params.isEmpty()
        ? "    /** With what must be there. */\n"
        : "    /**\n     * With what must be there.\n     *\n" + params + "     */\n";
  }

  /** A method that sets an optional value, and returns its object. */
  String setter(String owner, Param<?> field) {
    String name = JavaNames.variable(field.name());
    return JavaDoc.of(setterText(field), "    ")
        + "    public "
        + owner
        + " "
        + name
        + "("
        + plain(field)
        + " value) {\n      json.set(\""
        + field.name()
        + "\", Encode.json(value));\n      return this;\n    }\n\n";
  }

  private static String setterText(Param<?> field) {
    String fallback =
        field.fallback() != null
            ? "\nDefault: " + field.fallback()
            : field.presence().words().isEmpty() ? "" : "\nDefault: " + field.presence().words();
    String text =
        field.description().isBlank() ? "Sets " + field.name() + "." : field.description();
    return text + fallback;
  }

  /** {@code long height, String hash}. */
  String signature(List<Param<?>> params) {
    return params.stream()
        .map(param -> plain(param) + " " + JavaNames.variable(param.name()))
        .collect(Collectors.joining(", "));
  }

  /** The names alone. */
  static String arguments(List<Param<?>> params) {
    return params.stream()
        .map(param -> JavaNames.variable(param.name()))
        .collect(Collectors.joining(", "));
  }

  static String set(String object, Param<?> param) {
    return object
        + ".set(\""
        + param.name()
        + "\", Encode.json("
        + JavaNames.variable(param.name())
        + "));";
  }

  /** Lines of documentation. */
  static String docs(List<Param<?>> params, String start) {
    return params.stream()
        .filter(param -> !param.description().isBlank())
        .map(
            param ->
                start
                    + "@param "
                    + JavaNames.variable(param.name())
                    + " "
                    + JavaDoc.inline(param.description())
                    + "\n")
        .collect(Collectors.joining());
  }
}
