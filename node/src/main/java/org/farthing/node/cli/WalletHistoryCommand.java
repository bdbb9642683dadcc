package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
  /** Characters of a time up to its minutes. */
  private static final int MINUTES = 16;

  private static final int WIDEST_LABEL = 16;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "the last N entries (default: ${DEFAULT-VALUE})",
      defaultValue = "20")
  private int count;

  @Option(names = "--details", description = "with addresses, fees and transactions")
  private boolean details;

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
    Table table = new Table().left("time").left("what").right("coins").left("confirmed").left("");
    for (JsonNode entry : entries) {
      String label = entry.path("label").asText("");
      table.row(
          Text.time(entry.path("time").asLong()).substring(0, MINUTES),
          kind(entry.path("category").asText()),
          Text.signedCoins(entry.path("amount")),
          confirmations(entry),
          label.length() > WIDEST_LABEL ? label.substring(0, WIDEST_LABEL - 2) + ".." : label);
    }
    if (details) {
      table.print(terminal(), row -> details(entries.get(row)));
    } else {
      table.print(terminal());
      terminal().note("--details shows addresses, fees and transactions");
    }
    return ExitCode.OK;
  }

  private static List<String> details(JsonNode entry) {
    String address = entry.path("address").asText("");
    String fee = entry.has("fee") ? "fee " + Text.coins(entry.path("fee")) : "";
    return List.of(
        ("  " + address + (address.isEmpty() ? "" : "  ") + fee).stripTrailing(),
        "  " + entry.path("txid").asText());
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
