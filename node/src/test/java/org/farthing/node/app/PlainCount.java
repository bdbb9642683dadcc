package org.farthing.node.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What a wallet must have, counted from the genesis with every block of a node's chain. */
final class PlainCount {
  private static final int WITH_TRANSACTIONS = 2;

  private final TestRpc chain;
  private final TestRpc wallet;
  private final Map<String, Boolean> isMine = new HashMap<>();

  PlainCount(TestRpc chain, TestRpc wallet) {
    this.chain = chain;
    this.wallet = wallet;
  }

  /** In coins: everything unspent, mature or not. */
  BigDecimal balance() {
    Map<String, BigDecimal> unspent = new HashMap<>();
    for (JsonNode block : blocks()) {
      for (JsonNode transaction : block.get("tx")) {
        count(transaction, unspent);
      }
    }
    return unspent.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Deque<JsonNode> blocks() {
    Deque<JsonNode> blocks = new ArrayDeque<>();
    JsonNode hash = chain.call("getbestblockhash");
    while (hash != null) {
      JsonNode block = chain.call("getblock", hash, WITH_TRANSACTIONS);
      blocks.push(block);
      hash = block.get("previousblockhash");
    }
    return blocks;
  }

  private void count(JsonNode transaction, Map<String, BigDecimal> unspent) {
    for (JsonNode input : transaction.get("vin")) {
      if (input.has("txid")) {
        unspent.remove(input.get("txid").asText() + ":" + input.get("vout").asInt());
      }
    }
    for (JsonNode output : transaction.get("vout")) {
      String address = output.at("/scriptPubKey/address").asText();
      if (!address.isEmpty() && isMine.computeIfAbsent(address, this::askWhetherMine)) {
        String name = transaction.get("txid").asText() + ":" + output.get("n").asInt();
        unspent.put(name, output.get("value").decimalValue());
      }
    }
  }

  private boolean askWhetherMine(String address) {
    return wallet.call("getaddressinfo", address).get("ismine").asBoolean();
  }
}
