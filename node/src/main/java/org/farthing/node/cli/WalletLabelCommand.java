package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What addresses are for. */
@Command(name = "label", description = "Say what an address is for; without one, list all labels.")
final class WalletLabelCommand extends OneWalletCommand {
  @Parameters(index = "0", arity = "0..1", paramLabel = "ADDRESS", description = "the address")
  private String address;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "what it is for; nothing: the label goes")
  private String text = "";

  WalletLabelCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    if (address != null) {
      wallet.call("setlabel", address, text);
      return ExitCode.OK;
    }
    ObjectNode all = Json.object();
    for (JsonNode label : wallet.call("listlabels")) {
      if (!label.asText().isEmpty()) {
        Iterator<String> addresses = wallet.call("getaddressesbylabel", label).fieldNames();
        addresses.forEachRemaining(each -> all.set(each, label));
      }
    }
    if (wantsJson()) {
      terminal().println(Json.pretty(all));
      return ExitCode.OK;
    }
    Table table = new Table().left("label").left("address");
    all.properties().forEach(each -> table.row(each.getValue().asText(), each.getKey()));
    if (table.isEmpty()) {
      terminal().println("no labels");
    } else {
      table.print(terminal());
    }
    return ExitCode.OK;
  }
}
