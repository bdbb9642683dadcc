package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.HelpPage;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code help}. */
public final class Help implements RpcMethod {
  private static final Param<String> COMMAND =
      Param.text("command", "The method; all without it").or("");

  private static final MethodSpec SPEC =
      MethodSpec.of("help", Category.CONTROL, "Lists all methods, or explains one.")
          .takes(COMMAND)
          .returns(Result.text("", "the text"))
          .example("getblock");

  private final Supplier<MethodTable> table;

  /**
   * @param table of which this method is one
   */
  public Help(Supplier<MethodTable> table) {
    this.table = table;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String command = request.get(COMMAND);
    if (command.isEmpty()) {
      return Json.text(table.get().overview());
    }
    return Json.text(
        table.get().find(command).map(HelpPage::of).orElse("help: unknown command: " + command));
  }
}
