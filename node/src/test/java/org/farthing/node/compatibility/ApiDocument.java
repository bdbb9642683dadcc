package org.farthing.node.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code getopenrpcinfo true} says, of either program. */
record ApiDocument(String version, Map<String, MethodShape> methods) {
  static ApiDocument read(Path file) throws IOException {
    return of(new ObjectMapper().readTree(file.toFile()));
  }

  static ApiDocument of(JsonNode document) {
    Map<String, MethodShape> methods = new TreeMap<>();
    for (JsonNode method : document.path("methods")) {
      MethodShape shape = MethodShape.of(method);
      methods.put(shape.name(), shape);
    }
    if (methods.isEmpty()) {
      throw new IllegalArgumentException("no OpenRPC document: it lists no methods");
    }
    return new ApiDocument(document.path("info").path("version").asText(), methods);
  }

  Optional<MethodShape> find(String name) {
    return Optional.ofNullable(methods.get(name));
  }
}
