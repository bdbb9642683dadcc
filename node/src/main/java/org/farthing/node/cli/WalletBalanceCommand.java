package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.farthing.node.cli.client.ChainCalls;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a wallet holds. */
@Command(name = "balance", description = "Show what a wallet holds.")
final class WalletBalanceCommand extends OneWalletCommand {
  @Option(names = "--at", paramLabel = "HEIGHT", description = "as of this block, not now")
  private Integer height;

  WalletBalanceCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    if (height != null) {
      return showEarlier(wallet);
    }
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

  /** What all payments up to the block come to; those that waited then don't count. */
  private int showEarlier(RpcClient wallet) throws CliException, RefusedException {
    int tip = wallet.call("getblockcount").asInt();
    if (height < 0 || height > tip) {
      throw CliException.usage("--at wants a height from 0 to " + tip + ", not " + height);
    }
    int maturity = ChainCalls.params(wallet).coinbaseMaturity();
    BigDecimal all = BigDecimal.ZERO;
    BigDecimal immature = BigDecimal.ZERO;
    Set<String> feesPaid = new HashSet<>();
    for (JsonNode entry : wallet.call("listsinceblock").path("transactions")) {
      int at = entry.path("blockheight").asInt(Integer.MAX_VALUE);
      if (at > height || entry.path("confirmations").asInt() < 1) {
        continue;
      }
      all = all.add(entry.path("amount").decimalValue());
      if (entry.has("fee") && feesPaid.add(entry.path("txid").asText())) {
        all = all.add(entry.path("fee").decimalValue());
      }
      if (entry.path("generated").asBoolean() && height - at + 1 <= maturity) {
        immature = immature.add(entry.path("amount").decimalValue());
      }
    }
    JsonNode spendable = Json.of(all.subtract(immature));
    if (wantsJson()) {
      ObjectNode json = Json.object().put("height", height);
      json.set("trusted", spendable);
      json.set("immature", Json.of(immature));
      terminal().println(Json.pretty(json));
      return ExitCode.OK;
    }
    Table table = new Table().left("").right("").left("");
    table.row("spendable", Text.coins(spendable), "as of block " + height);
    table.row("immature", Text.coins(Json.of(immature)), "mined, to be confirmed further");
    table.print(terminal());
    return ExitCode.OK;
  }
}
