package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.LogCategory;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.LogPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code logging}: of what the log says more. */
public final class Logging implements RpcMethod {
  private static final Logger LOG = LoggerFactory.getLogger(Logging.class);

  private static final Param<JsonNode> INCLUDE =
      Param.array(
              "include",
              "Categories of which details are logged from now on",
              Param.text("include_category", "a category"))
          .orNothing();
  private static final Param<JsonNode> EXCLUDE =
      Param.array(
              "exclude",
              "Categories of which no details are logged from now on; after include",
              Param.text("exclude_category", "a category"))
          .orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "logging",
              Category.CONTROL,
              "Says of which categories the log has details, and changes it.\n"
                  + "The valid logging categories are: "
                  + LogCategory.labels()
                  + "\nThe name \"all\" or \"1\" stands for all of them.")
          .takes(INCLUDE, EXCLUDE)
          .returns(
              Result.map("", "by the name of the category", Result.flag("", "details are logged")))
          .example("\"[\\\"all\\\"]\" \"[\\\"http\\\"]\"");

  private final LogPort log;

  public Logging(LogPort log) {
    this.log = log;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    request.find(INCLUDE).ifPresent(labels -> change(labels, true));
    request.find(EXCLUDE).ifPresent(labels -> change(labels, false));
    Set<LogCategory> detailed = log.detailed();
    ObjectNode json = Json.object();
    for (LogCategory category : LogCategory.values()) {
      json.put(category.label(), detailed.contains(category));
    }
    return json;
  }

  private void change(JsonNode labels, boolean wanted) {
    for (JsonNode element : labels) {
      String label = Read.text(element);
      categories(label).forEach(category -> log.detail(category, wanted));
    }
  }

  private static List<LogCategory> categories(String label) {
    if (LogCategory.isAll(label)) {
      return List.of(LogCategory.values());
    }
    if (label.equals(LogCategory.DEPRECATED)) {
      LOG.warn(
          "The logging category `{}` is deprecated, does nothing, and will be removed in a future"
              + " version",
          label);
      return List.of();
    }
    Optional<LogCategory> named = LogCategory.named(label);
    return List.of(
        named.orElseThrow(
            () -> RpcException.invalidParameter("unknown logging category " + label)));
  }
}
