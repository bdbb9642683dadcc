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

/** What a wallet holds. */
@Command(name = "balance", description = "Show what a wallet holds.")
final class WalletBalanceCommand extends OneWalletCommand {
  WalletBalanceCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    JsonNode balances = wallet.call("getbalances").path("mine");
    if (wantsJson()) {
      terminal().println(Json.pretty(balances));
      return ExitCode.OK;
    }
    Table table = new Table().left("").right("").left("");
    table.row("spendable", Text.coins(balances.path("trusted")), "");
    table.row("pending", Text.coins(balances.path("untrusted_pending")), "not confirmed yet");
    table.row("immature", Text.coins(balances.path("immature")), "mined, to be confirmed further");
    table.print(terminal());
    return ExitCode.OK;
  }
}
