package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Someone who mines, pays and asks for addresses without pause, and remembers what the node has
 * acknowledged: that must never be lost.
 */
final class Customer {
  private static final int MAX_PAUSE_MILLIS = 10;
  static final int MAX_BLOCKS_AT_ONCE = 4;

  private final Random random;
  private final List<String> payments = new ArrayList<>();
  private final Set<String> addresses = new LinkedHashSet<>();
  private final List<String> blocks = new ArrayList<>();
  private volatile boolean gone;

  Customer(long seed) {
    this.random = new Random(seed);
  }

  /** An address that nobody was given before. */
  String newAddress(TestRpc node) {
    String address = node.call("getnewaddress").asText();
    assertThat(addresses.add(address)).as("%s is given away once", address).isTrue();
    return address;
  }

  /** From now on the node is there. */
  void arrive() {
    gone = false;
  }

  /** Keeps the node busy until {@link #leave}. */
  void keepBusy(TestRpc node, String payee) {
    try {
      while (!gone) {
        act(node, payee);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(MAX_PAUSE_MILLIS)));
      }
    } catch (UncheckedIOException e) {
      if (!gone) {
        throw new AssertionError("the node went away by itself", e);
      }
    }
  }

  /** From now on the node may be gone. */
  void leave() {
    gone = true;
  }

  private void act(TestRpc node, String payee) {
    switch (random.nextInt(4)) {
      case 0 -> {
        int count = 1 + random.nextInt(MAX_BLOCKS_AT_ONCE);
        node.call("generatetoaddress", count, addresses.iterator().next())
            .forEach(hash -> blocks.add(hash.asText()));
      }
      case 1 -> newAddress(node);
      default -> {
        BigDecimal amount = BigDecimal.valueOf(1_000_000 + random.nextInt(50_000_000), 8);
        payments.add(node.call("sendtoaddress", payee, amount).asText());
      }
    }
  }

  int payments() {
    return payments.size();
  }

  int addresses() {
    return addresses.size();
  }

  int blocks() {
    return blocks.size();
  }

  /** Whether the node still knows all that it has acknowledged. */
  void expectNothingLost(TestRpc node) {
    for (String hash : blocks) {
      assertThat(node.call("getblock", hash, 0).asText()).as("block %s", hash).isNotEmpty();
    }
    for (String address : addresses) {
      JsonNode info = node.call("getaddressinfo", address);
      assertThat(info.get("ismine").asBoolean()).as("%s is the wallet's", address).isTrue();
    }
    for (String txid : payments) {
      assertThat(confirmations(node, txid)).as("confirmations of %s", txid).isNotNegative();
    }
  }

  /** The payments that are in no block, each with what the mempool says to it. */
  List<String> unconfirmed(TestRpc node) {
    return payments.stream()
        .filter(txid -> confirmations(node, txid) <= 0)
        .map(txid -> txid + ": " + whyUnconfirmed(node, txid))
        .toList();
  }

  private static String whyUnconfirmed(TestRpc node, String txid) {
    String hex = node.call("gettransaction", txid).get("hex").asText();
    JsonNode verdict = node.call("testmempoolaccept", List.of(hex)).get(0);
    return verdict.path("reject-reason").asText("acceptable now, and not offered");
  }

  private static int confirmations(TestRpc node, String txid) {
    return node.call("gettransaction", txid).get("confirmations").asInt();
  }
}
