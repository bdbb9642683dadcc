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
      Param.text("command", "The method; all without it").otherwise("all commands");

  /** Asks for what a command line needs to know, not for a text. */
  private static final String CONVERSIONS = "dump_all_command_conversions";

  private static final MethodSpec SPEC =
      MethodSpec.of("help", Category.CONTROL, "Lists all methods, or explains one.")
          .takes(COMMAND)
          .returns(Result.text("", "the text"))
          .returns(Result.any("", "the types of all parameters, for command lines"))
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
    String command = request.find(COMMAND).orElse("");
    if (command.equals(CONVERSIONS)) {
      return table.get().conversions();
    }
    if (command.isEmpty()) {
      return Json.text(table.get().overview());
    }
    return Json.text(
        table.get().find(command).map(HelpPage::of).orElse("help: unknown command: " + command));
  }
}
