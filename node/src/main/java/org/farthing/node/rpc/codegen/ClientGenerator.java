package org.farthing.node.rpc.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;

/** Writes the generated part of the client: {@code Calls}, {@code Methods}, and their types. */
public final class ClientGenerator {
  static final String PACKAGE = "org.farthing.client.rpc";

  private static final String IMPORTS =
      """
      import com.fasterxml.jackson.databind.JsonNode;
      import com.fasterxml.jackson.databind.node.ObjectNode;
      import java.math.BigDecimal;
      import java.util.List;
      import java.util.Map;
      import java.util.Optional;
      import org.farthing.client.Amount;
      import org.farthing.client.Call;
      import org.farthing.client.Caller;
      import org.farthing.client.IndexRange;
      import org.farthing.client.json.Decode;
      import org.farthing.client.json.Encode;
      import org.farthing.client.json.JsonSource;
      """;

  private final Path folder;

  private ClientGenerator(Path folder) {
    this.folder = folder;
  }

  /**
   * Where the build begins.
   *
   * @param arguments the root of the sources to be written
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).resolve(PACKAGE.replace('.', '/'));
    Files.createDirectories(folder);
    new ClientGenerator(folder).write(Declared.methods());
  }

  private void write(List<RpcMethod> methods) throws IOException {
    List<MethodSource> sources =
        methods.stream()
            .map(MethodSource::of)
            .sorted(Comparator.comparing(MethodSource::name))
            .toList();
    StringBuilder calls = new StringBuilder();
    StringBuilder members = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (MethodSource source : sources) {
      source.calls().forEach(calls::append);
      source.members().forEach(members::append);
      source.type().ifPresent(text -> names.add(source.typeName()));
    }
    for (MethodSource source : sources) {
      if (source.type().isPresent()) {
        file(source.typeName(), source.type().get());
      }
    }
    file(
        "Calls",
        "/** A call for each method, to be made alone or in a batch. */\n"
            + "public final class Calls {\n  private Calls() {}\n"
            + calls
            + "}\n");
    file(
        "Methods",
        "/** A method for each of the node's. */\n"
            + "public interface Methods extends Caller {\n"
            + members
            + "}\n");
    Files.writeString(
        folder.resolve("package-info.java"),
        "/** What the node's methods take and answer; made from what they declare. */\npackage "
            + PACKAGE
            + ";\n");
  }

  private void file(String name, String body) throws IOException {
    String imports =
        IMPORTS
            .lines()
            .filter(line -> body.matches("(?s).*\\b" + simpleName(line) + "\\b.*"))
            .reduce("", (all, line) -> all + line + "\n");
    Files.writeString(
        folder.resolve(name + ".java"), "package " + PACKAGE + ";\n\n" + imports + "\n" + body);
  }

  private static String simpleName(String importLine) {
    return importLine.substring(importLine.lastIndexOf('.') + 1, importLine.length() - 1);
  }
}
