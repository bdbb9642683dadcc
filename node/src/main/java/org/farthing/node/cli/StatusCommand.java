package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Style;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import org.farthing.node.rpc.error.RpcErrorCode;
import picocli.CommandLine.Command;

/** What a node is doing, at a glance. */
@Command(
    name = "status",
    description = "Show what the node is doing. Exit code 0 means that it is ready.")
final class StatusCommand extends ClientCommand {
  StatusCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    ObjectNode all = Json.object();
    all.put("rpc", node.endpoint().toString());
    all.set("chain", node.call("getblockchaininfo"));
    all.set("network", node.call("getnetworkinfo"));
    all.set("mempool", node.call("getmempoolinfo"));
    all.set("mining", node.call("getmininginfo"));
    all.set("wallets", wallets(node));
    all.set("uptime", node.call("uptime"));
    if (wantsJson()) {
      terminal().println(Json.pretty(all));
    } else {
      print(all);
    }
    return ExitCode.OK;
  }

  /** A node can be run without wallets. */
  private static JsonNode wallets(RpcClient node) throws CliException, RefusedException {
    try {
      return node.call("listwallets");
    } catch (RefusedException e) {
      if (e.is(RpcErrorCode.METHOD_NOT_FOUND)) {
        return Json.of(new String[0]);
      }
      throw e;
    }
  }

  private static String height(JsonNode chain) {
    String height = chain.path("blocks").asText();
    if (chain.path("blocks").asLong() < chain.path("headers").asLong()) {
      height += " of " + chain.path("headers").asText();
    }
    if (!chain.path("initialblockdownload").asBoolean()) {
      return height;
    }
    JsonNode left = chain.path("secondsleft");
    return left.isMissingNode()
        ? height + " (catching up)"
        : height + " (catching up, about " + Text.duration(left.asLong()) + " left)";
  }

  private void print(JsonNode all) {
    JsonNode chain = all.path("chain");
    JsonNode network = all.path("network");
    JsonNode mempool = all.path("mempool");
    Table table = new Table().left("").left("");
    table.row("network", chain.path("chain").asText());
    table.row("height", height(chain));
    table.row("tip", chain.path("bestblockhash").asText());
    table.row("tip's time", Text.time(chain.path("time").asLong()));
    table.row(
        "peers",
        network.path("connections").asText()
            + " ("
            + network.path("connections_in").asText()
            + " in, "
            + network.path("connections_out").asText()
            + " out)");
    table.row(
        "mempool",
        Text.count(mempool.path("size").asLong(), "transaction")
            + ", "
            + Text.scaled(mempool.path("bytes").asDouble(), "vB"));
    table.row("mining", MineCommand.describe(all.path("mining")));
    table.row("wallets", Text.names(all.path("wallets")));
    table.row("up for", Text.duration(all.path("uptime").asLong()));
    table.row("version", network.path("subversion").asText());
    table.row("RPC", all.path("rpc").asText());
    table.print(terminal());
    for (JsonNode warning : chain.path("warnings")) {
      terminal().println(terminal().styled(Style.YELLOW, warning.asText()));
    }
  }
}
