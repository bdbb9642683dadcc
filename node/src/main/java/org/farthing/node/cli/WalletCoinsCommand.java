package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The single coins of a wallet. */
@Command(
    name = "coins",
    description = {
      "List the coins of a wallet; lock some, which are not spent then.",
      "A coin is named by its transaction and output: TXID:N."
    })
final class WalletCoinsCommand extends OneWalletCommand {
  @Option(names = "--lock", paramLabel = "COIN", description = "keep this one back")
  private List<String> lock = new ArrayList<>();

  @Option(names = "--unlock", paramLabel = "COIN", description = "let this one go again")
  private List<String> unlock = new ArrayList<>();

  WalletCoinsCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    change(wallet, false, lock);
    change(wallet, true, unlock);
    ArrayNode coins = Json.array();
    Set<String> locked = new HashSet<>();
    for (JsonNode coin : wallet.call("listlockunspent")) {
      locked.add(name(coin));
    }
    wallet.call("listunspent", 0).forEach(coins::add);
    for (String coin : locked) {
      coins.add(lockedCoin(wallet, coin));
    }
    if (wantsJson()) {
      terminal().println(Json.pretty(coins));
    } else if (coins.isEmpty()) {
      terminal().println("no coins");
    } else {
      print(coins);
    }
    return ExitCode.OK;
  }

  private static void change(RpcClient wallet, boolean unlock, List<String> coins)
      throws CliException, RefusedException {
    if (coins.isEmpty()) {
      return;
    }
    ArrayNode places = Json.array();
    for (String coin : coins) {
      places.add(place(coin));
    }
    ObjectNode request = Json.object().put("unlock", unlock);
    request.set("transactions", places);
    if (!unlock) {
      request.put("persistent", true);
    }
    wallet.callWith("lockunspent", request);
  }

  private static String name(JsonNode coin) {
    return coin.path("txid").asText() + ":" + coin.path("vout").asText();
  }

  private static ObjectNode place(String coin) throws CliException {
    if (!coin.matches("[0-9a-fA-F]{64}:[0-9]{1,9}")) {
      throw CliException.usage("'" + coin + "' is no coin")
          .hint("'farthing wallet coins' lists them, each as TXID:N.");
    }
    return Json.object()
        .put("txid", coin.substring(0, 64))
        .put("vout", Integer.parseInt(coin.substring(65)));
  }

  private static ObjectNode lockedCoin(RpcClient wallet, String coin)
      throws CliException, RefusedException {
    ObjectNode place = place(coin);
    JsonNode transaction = wallet.call("gettransaction", place.path("txid").asText(), true, true);
    JsonNode output = transaction.path("decoded").path("vout").path(place.path("vout").asInt());
    place.set("address", output.path("scriptPubKey").path("address"));
    place.set("amount", output.path("value"));
    place.set("confirmations", transaction.path("confirmations"));
    return place.put("locked", true);
  }

  private void print(ArrayNode coins) {
    Table table = new Table().right("coins").right("blocks").left("").left("label or address");
    for (JsonNode coin : coins) {
      String label = coin.path("label").asText("");
      table.row(
          Text.coins(coin.path("amount")),
          coin.path("confirmations").asText(),
          coin.path("locked").asBoolean() ? "locked" : "",
          label.isEmpty() ? coin.path("address").asText("") : label);
    }
    table.print(terminal(), row -> List.of("  " + name(coins.get(row))));
  }
}
