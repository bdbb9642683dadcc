package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.farthing.node.rpc.json.Json;

/** The description of all methods for programs: a document of OpenRPC 1.4. */
public final class OpenRpc {
  private static final String VERSION = "1.4.1";

  private final boolean hidden;
  private final Schemas schemas;

  private OpenRpc(boolean hidden) {
    this.hidden = hidden;
    this.schemas = new Schemas(hidden);
  }

  /** What {@link #document} makes. */
  public static Result shape() {
    return Result.object(
        "",
        "",
        Result.text("openrpc", "the version of OpenRPC"),
        Result.object(
            "info",
            "what this service is",
            Result.text("title", "its name"),
            Result.text("version", "of the node"),
            Result.text("description", "where the document comes from")),
        Result.array("methods", "all methods, by name", method()));
  }

  private static Result method() {
    return Result.object(
        "",
        "a method",
        Result.text("name", "its name"),
        Result.text("description", "what it does"),
        Result.array(
            "params",
            "its parameters in their order",
            Result.object(
                "",
                "a parameter",
                Result.text("name", "its name"),
                Result.flag("required", "whether it must be given"),
                Result.any("schema", "JSON Schema of its value"),
                Result.text("description", "what it means").maybe(),
                Result.array("x-bitcoin-aliases", "other names", Result.text("", "")).maybe(),
                Result.flag("x-bitcoin-placeholder", "whether it is of no effect").maybe(),
                Result.flag("x-bitcoin-also-positional", "whether options have it too").maybe())),
        Result.object(
            "result",
            "what it answers",
            Result.text("name", "result"),
            Result.any("schema", "JSON Schema of the answer")),
        Result.text("x-bitcoin-category", "its chapter in the help"));
  }

  /**
   * Makes the document.
   *
   * @param hidden also show methods and parameters that are for tests
   */
  public static ObjectNode document(List<MethodSpec> specs, boolean hidden) {
    OpenRpc maker = new OpenRpc(hidden);
    ObjectNode document = Json.object().put("openrpc", VERSION);
    document
        .putObject("info")
        .put("title", "Farthing JSON-RPC")
        .put("version", version())
        .put("description", "Made from what the methods of this node declare.");
    ArrayNode methods = document.putArray("methods");
    specs.stream()
        .filter(spec -> hidden || spec.category() != Category.HIDDEN)
        .sorted(Comparator.comparing(MethodSpec::name))
        .forEach(spec -> methods.add(maker.method(spec)));
    return document;
  }

  /** As the build says; outside a packaged build there is none. */
  private static String version() {
    String version = OpenRpc.class.getPackage().getImplementationVersion();
    return "v" + (version == null ? "0.0.0" : version);
  }

  private ObjectNode method(MethodSpec spec) {
    ObjectNode json = Json.object();
    json.put("name", spec.name());
    json.put("description", spec.description().strip());
    ArrayNode params = json.putArray("params");
    int least = spec.leastParams();
    for (int i = 0; i < spec.params().size(); i++) {
      Param<?> param = spec.params().get(i);
      if (hidden || !param.isHidden()) {
        // OpenRPC wants all that is required before all that is optional.
        params.add(param(param, i < least));
      }
    }
    ObjectNode result = json.putObject("result");
    result.put("name", "result");
    result.set("schema", schemas.ofAll(spec.results()));
    return json.put("x-bitcoin-category", spec.category().title().toLowerCase(Locale.ROOT));
  }

  private ObjectNode param(Param<?> param, boolean required) {
    ObjectNode json = Json.object();
    json.put("name", param.name());
    json.put("required", required);
    json.set("schema", schemas.of(param));
    if (param.names().size() > 1) {
      json.set("x-bitcoin-aliases", Json.strings(param.names().subList(1, param.names().size())));
    }
    Schemas.marks(json, param);
    Schemas.describe(json, param.description());
    return json;
  }
}
