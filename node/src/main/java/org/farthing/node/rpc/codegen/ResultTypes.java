package org.farthing.node.rpc.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.node.rpc.spec.Result;

/**
 * The Java types of results: records of objects, lists of arrays, maps of objects whose keys are
 * data. Where an answer may be of several types, it stays JSON.
 */
final class ResultTypes {
  private ResultTypes() {}

  /**
   * A type and the way to it.
   *
   * @param name as a parameter of other types
   * @param plain the same where it may be primitive
   * @param decoder a lambda or a reference to a function from JSON
   */
  record Type(String name, String plain, String decoder) {
    static Type of(String name, String decoder) {
      return new Type(name, name, "Decode::" + decoder);
    }
  }

  /**
   * Of a value.
   *
   * @param owner the type in which types of objects are nested
   * @param nested gets the sources of these types
   */
  static Type of(Result result, Owner owner, List<String> nested) {
    return switch (result.type()) {
      case TEXT, HEX -> Type.of("String", "text");
      case NUMBER, TIME -> new Type("Long", "long", "Decode::number");
      case DECIMAL -> Type.of("BigDecimal", "decimal");
      case AMOUNT -> Type.of("Amount", "amount");
      case FLAG, FALSE -> new Type("Boolean", "boolean", "Decode::flag");
      case NULL -> Type.of("Void", "nothing");
      case EITHER, ANY -> Type.of("JsonNode", "json");
      case OBJECT -> object(result, owner, nested);
      case MAP -> {
        Type value = of(named(result, result.inner().get(0)), owner, nested);
        yield new Type(
            "Map<String, " + value.name() + ">",
            "Map<String, " + value.name() + ">",
            lambda("map", value.decoder()));
      }
      case ARRAY, FIXED -> list(result, owner, nested);
    };
  }

  /** Where a type stands, and which names it may not use. */
  record Owner(String name, Set<String> around) {
    Owner {
      around = Set.copyOf(around);
    }

    static Owner top(String name) {
      return new Owner(name, Set.of(name));
    }

    /** A name for a type in this one. */
    Owner inner(String wanted) {
      String name = wanted;
      while (around.contains(name)) {
        name += "_";
      }
      Set<String> more = new HashSet<>(around);
      more.add(name);
      return new Owner(name, more);
    }
  }

  /** An element has the name of what it stands in. */
  private static Result named(Result outer, Result inner) {
    return inner.key().isEmpty() ? inner.as(outer.key(), inner.description()) : inner;
  }

  /** A function that applies another one to all that stands in a value. */
  private static String lambda(String function, String inner) {
    String variable = "value";
    while (inner.contains(variable + " ->")) {
      variable += "_";
    }
    return variable + " -> Decode." + function + "(" + variable + ", " + inner + ")";
  }

  private static Type list(Result result, Owner owner, List<String> nested) {
    Set<Result> kinds = new LinkedHashSet<>();
    result.inner().forEach(kind -> kinds.add(kind.as("", "")));
    Type element =
        kinds.size() == 1
            ? of(named(result, result.inner().get(0)), owner, nested)
            : Type.of("JsonNode", "json");
    String name = "List<" + element.name() + ">";
    return new Type(name, name, lambda("list", element.decoder()));
  }

  private static Type object(Result result, Owner owner, List<String> nested) {
    if (result.inner().isEmpty()) {
      return Type.of("JsonNode", "json");
    }
    Owner inner = owner.inner(result.key().isEmpty() ? "Item" : JavaNames.type(result.key()));
    nested.add(record(result, inner, "  ", "public "));
    return new Type(inner.name(), inner.name(), inner.name() + "::from");
  }

  /**
   * The source of a record.
   *
   * @param modifiers before the word record
   */
  static String record(Result result, Owner owner, String indent, String modifiers) {
    List<String> nested = new ArrayList<>();
    List<String> components = new ArrayList<>();
    List<String> values = new ArrayList<>();
    StringBuilder doc = new StringBuilder(result.description()).append('\n');
    Set<String> names = new HashSet<>();
    for (Result field : result.inner()) {
      Type type = of(field, owner, nested);
      String name = JavaNames.variable(field.key());
      while (!names.add(name)) {
        name += "_";
      }
      if (!field.description().isEmpty()) {
        doc.append("\u0000@param ")
            .append(name)
            .append(' ')
            .append(JavaDoc.inline(field.description()))
            .append('\n');
      }
      String key = '"' + field.key() + '"';
      if (field.optional()) {
        components.add("Optional<" + type.name() + "> " + name);
        values.add("Decode.optional(json, " + key + ", " + type.decoder() + ")");
      } else {
        components.add(type.plain() + " " + name);
        values.add("Decode.required(json, " + key + ", " + type.decoder() + ")");
      }
    }
    String body = indent + "    ";
    return recordDoc(doc.toString(), indent)
        + indent
        + modifiers
        + "record "
        + owner.name()
        + "(\n"
        + body
        + String.join(",\n" + body, components)
        + ") {\n"
        + indent
        + "  /** Reads it. */\n"
        + indent
        + "  "
        + "public static "
        + owner.name()
        + " from(JsonNode json) {\n"
        + indent
        + "    return new "
        + owner.name()
        + "(\n"
        + body
        + "    "
        + String.join(",\n" + body + "    ", values)
        + ");\n"
        + indent
        + "  }\n"
        + nested.stream()
            .map(source -> "\n" + source.indent(indent.length()).stripTrailing() + "\n")
            .collect(Collectors.joining())
        + indent
        + "}\n";
  }

  private static String recordDoc(String text, String indent) {
    StringBuilder out = new StringBuilder(indent).append("/**\n");
    for (String line : text.strip().lines().toList()) {
      String shown = line.startsWith("\u0000") ? line.substring(1) : JavaDoc.inline(line);
      out.append((indent + " * " + shown).stripTrailing()).append('\n');
    }
    return out.append(indent).append(" */\n").toString();
  }
}
