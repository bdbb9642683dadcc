package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the last block leaves: all coins that it makes are there, all that it spends are gone. */
final class TipCoins {
  private static final int WITH_TRANSACTIONS = 2;

  private record OutputName(String txid, int index) {}

  private final Set<OutputName> made = new LinkedHashSet<>();
  private final Set<OutputName> spent = new LinkedHashSet<>();

  private TipCoins(JsonNode block) {
    for (JsonNode transaction : block.get("tx")) {
      for (JsonNode input : transaction.get("vin")) {
        if (input.has("txid")) {
          spent.add(new OutputName(input.get("txid").asText(), input.get("vout").asInt()));
        }
      }
      for (JsonNode output : transaction.get("vout")) {
        if (!output.at("/scriptPubKey/type").asText().equals("nulldata")) {
          made.add(new OutputName(transaction.get("txid").asText(), output.get("n").asInt()));
        }
      }
    }
    made.removeAll(spent);
  }

  /** Compares the coins of a node with its last block, which may move on meanwhile. */
  static void expectToMatch(TestRpc node) {
    JsonNode tip = node.call("getbestblockhash");
    while (true) {
      JsonNode block = node.call("getblock", tip, WITH_TRANSACTIONS);
      TipCoins coins = new TipCoins(block);
      Set<OutputName> missing = coins.made;
      missing.removeIf(name -> exists(node, name));
      Set<OutputName> left = coins.spent;
      left.removeIf(name -> !exists(node, name));
      JsonNode now = node.call("getbestblockhash");
      if (now.equals(tip)) {
        assertThat(block.get("confirmations").asInt()).as("confirmations of the tip").isOne();
        assertThat(missing).as("coins that block %s made, and are not there", tip).isEmpty();
        assertThat(left).as("coins that block %s spent, and are there", tip).isEmpty();
        return;
      }
      tip = now;
    }
  }

  private static boolean exists(TestRpc node, OutputName name) {
    return !node.call("gettxout", name.txid(), name.index(), false).isNull();
  }
}
