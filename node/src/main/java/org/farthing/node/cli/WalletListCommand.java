package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;

/** All wallets of a node. */
@Command(name = "list", description = "List the node's wallets and what they hold.")
final class WalletListCommand extends ClientCommand {
  WalletListCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    ArrayNode list = Json.array();
    for (String name : loaded(node)) {
      RpcClient wallet = node.wallet(name);
      ObjectNode entry = list.addObject();
      entry.put("name", name);
      entry.put("encrypted", wallet.call("getwalletinfo").has("unlocked_until"));
      entry.set("balances", wallet.call("getbalances").path("mine"));
    }
    if (wantsJson()) {
      terminal().println(Json.pretty(list));
    } else {
      print(list);
    }
    return ExitCode.OK;
  }

  private static Set<String> loaded(RpcClient node) throws CliException, RefusedException {
    Set<String> names = new LinkedHashSet<>();
    node.call("listwallets").forEach(name -> names.add(name.asText()));
    return names;
  }

  private void print(ArrayNode list) {
    if (list.isEmpty()) {
      terminal().println("no wallets; make one with 'farthing wallet create NAME'");
      return;
    }
    Table table =
        new Table()
            .left("wallet")
            .right("spendable")
            .right("pending")
            .right("immature")
            .left("seed");
    for (JsonNode entry : list) {
      JsonNode balances = entry.path("balances");
      table.row(
          entry.path("name").asText(),
          Text.coins(balances.path("trusted")),
          Text.coins(balances.path("untrusted_pending")),
          Text.coins(balances.path("immature")),
          entry.path("encrypted").asBoolean() ? "encrypted" : "not encrypted");
    }
    table.print(terminal());
  }
}
