package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document is what the specification of OpenRPC 1.4 asks for, with schemas of draft 7. */
class OpenRpcTest {
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "object", "array", "null");

  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void theDocumentIsWellFormed() {
    JsonNode document = node.call("getopenrpcinfo", true);
    assertThat(document.get("openrpc").asText()).matches("1\\.\\d+\\.\\d+");
    assertThat(document.at("/info/title").asText()).isNotEmpty();
    assertThat(document.at("/info/version").asText()).isNotEmpty();
    Set<String> names = new HashSet<>();
    for (JsonNode method : document.get("methods")) {
      String name = method.get("name").asText();
      assertThat(names.add(name)).as(name).isTrue();
      assertThat(method.get("description").asText()).as(name).isNotEmpty();
      params(name, method.get("params"));
      assertThat(method.at("/result/name").asText()).isEqualTo("result");
      schema(name + " result", method.at("/result/schema"));
    }
    assertThat(names).contains("getblock", "getopenrpcinfo", "rpc.discover", "echo");
  }

  @Test
  void whatIsForTestsIsShownOnlyIfAskedFor() {
    JsonNode usual = node.call("getopenrpcinfo");
    assertThat(node.call("rpc.discover")).isEqualTo(usual);
    assertThat(usual.findValuesAsText("name")).contains("stop").doesNotContain("echo", "wait");
    assertThat(node.call("getopenrpcinfo", true).findValuesAsText("name")).contains("wait");
  }

  private static void params(String method, JsonNode params) {
    Set<String> names = new HashSet<>();
    boolean optionalBefore = false;
    for (JsonNode param : params) {
      String name = method + " " + param.get("name").asText();
      assertThat(names.add(name)).as(name).isTrue();
      boolean required = param.get("required").booleanValue();
      assertThat(required && optionalBefore)
          .as(name + " is required, after optional ones")
          .isFalse();
      optionalBefore |= !required;
      schema(name, param.get("schema"));
    }
  }

  private static void schema(String where, JsonNode schema) {
    assertThat(schema.isObject()).as(where).isTrue();
    JsonNode type = schema.path("type");
    if (!type.isMissingNode()) {
      assertThat(TYPES).as(where).contains(type.asText());
    }
    for (String several : new String[] {"oneOf", "anyOf"}) {
      schema.path(several).forEach(one -> schema(where, one));
    }
    JsonNode items = schema.path("items");
    if (items.isArray()) {
      items.forEach(item -> schema(where + "[]", item));
    } else if (!items.isMissingNode()) {
      schema(where + "[]", items);
    }
    schema
        .path("properties")
        .properties()
        .forEach(property -> schema(where + "." + property.getKey(), property.getValue()));
    for (JsonNode required : schema.path("required")) {
      assertThat(schema.path("properties").has(required.asText())).as(where).isTrue();
    }
    JsonNode further = schema.path("additionalProperties");
    if (further.isObject()) {
      schema(where + ".*", further);
    }
    JsonNode fallback = schema.path("default");
    if (!fallback.isMissingNode() && !type.isMissingNode()) {
      assertThat(kind(fallback)).as(where + " default").isEqualTo(type.asText());
    }
  }

  private static String kind(JsonNode value) {
    return value.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
  }
}
