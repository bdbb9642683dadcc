package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What went in and out. */
@Command(name = "history", description = "List what a wallet received, sent and mined.")
final class WalletHistoryCommand extends OneWalletCommand {
  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "the last N entries (default: ${DEFAULT-VALUE})",
      defaultValue = "20")
  private int count;

  WalletHistoryCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    if (count < 1) {
      throw CliException.usage("--count wants a number from 1, not " + count);
    }
    JsonNode entries = wallet.call("listtransactions", "*", count);
    if (wantsJson()) {
      terminal().println(Json.pretty(entries));
      return ExitCode.OK;
    }
    if (entries.isEmpty()) {
      terminal().println("nothing yet");
      return ExitCode.OK;
    }
    Table table =
        new Table()
            .left("time")
            .left("what")
            .right("coins")
            .right("fee")
            .right("confirmed")
            .left("address")
            .left("transaction");
    for (JsonNode entry : entries) {
      table.row(
          Text.time(entry.path("time").asLong()),
          kind(entry.path("category").asText()),
          Text.signedCoins(entry.path("amount")),
          entry.has("fee") ? Text.coins(entry.path("fee")) : "",
          confirmations(entry),
          entry.path("address").asText(""),
          entry.path("txid").asText());
    }
    table.print(terminal());
    return ExitCode.OK;
  }

  private static String kind(String category) {
    return switch (category) {
      case "send" -> "sent";
      case "receive" -> "received";
      case "generate" -> "mined";
      case "immature" -> "mined, immature";
      case "orphan" -> "mined, lost";
      default -> category;
    };
  }

  private static String confirmations(JsonNode entry) {
    long confirmations = entry.path("confirmations").asLong();
    if (confirmations < 0) {
      return "conflicted";
    }
    return confirmations == 0 ? "pending" : Text.count(confirmations, "block");
  }
}
