package org.farthing.node.cli.testnet;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.farthing.node.cli.client.MiningCalls;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.WalletCalls;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;
import org.farthing.node.cli.terminal.Text;

/** The story of the network: coins are mined, mature, and alice pays bob. */
final class FirstPayment {
  static final String ALICE = "alice";
  static final String BOB = "bob";

  /** Whose coins the miners besides the first one make. */
  private static final String CAROL = "carol";

  private static final BigDecimal AMOUNT = new BigDecimal("1.00000000");
  private static final Duration MATURITY_LIMIT = Duration.ofMinutes(5);
  private static final Duration GOSSIP_LIMIT = Duration.ofMinutes(1);
  private static final Duration CONFIRMATION_LIMIT = Duration.ofMinutes(5);

  private final TestNetwork network;
  private final Progress progress;

  FirstPayment(TestNetwork network, Progress progress) {
    this.network = network;
    this.progress = progress;
  }

  private NodeProcess nodeOfAlice() {
    return network.nodes().get(0);
  }

  /** The last node: it mines only if all do. */
  private NodeProcess nodeOfBob() {
    return network.nodes().get(network.nodes().size() - 1);
  }

  private RpcClient alice() {
    return nodeOfAlice().rpc().wallet(ALICE);
  }

  private RpcClient bob() {
    return nodeOfBob().rpc().wallet(BOB);
  }

  /** Returns when bob's coins are confirmed on every node. */
  void play() throws NetworkFailure, CliException, RefusedException, InterruptedException {
    openWallets();
    startMiners();
    progress.step(
        network.miners().stream().map(NodeProcess::name).collect(Collectors.joining(" and "))
            + (network.miners().size() == 1 ? " mines" : " mine")
            + " with one thread, "
            + nodeOfAlice().name()
            + " for alice");
    awaitCoins();
    // Blocks come quickly in a young network: one would take the payment before all have seen it.
    stopMiners();
    progress.step("the miners pause, so that the payment can be seen to wait");
    String txid = pay();
    awaitInEveryMempool(txid);
    startMiners();
    progress.step("the miners go on");
    awaitConfirmed(txid);
    showBalances();
  }

  private void openWallets() throws CliException, RefusedException {
    WalletCalls.openOrCreate(nodeOfAlice().rpc(), ALICE);
    WalletCalls.openOrCreate(nodeOfBob().rpc(), BOB);
    progress.step(
        "wallet "
            + ALICE
            + " is on "
            + nodeOfAlice().name()
            + ", wallet "
            + BOB
            + " on "
            + nodeOfBob().name());
  }

  private void startMiners() throws CliException, RefusedException {
    for (NodeProcess miner : network.miners()) {
      String wallet = miner == nodeOfAlice() ? ALICE : CAROL;
      WalletCalls.openOrCreate(miner.rpc(), wallet);
      MiningCalls.start(miner.rpc(), 1, WalletCalls.miningAddress(miner.rpc(), wallet));
    }
  }

  private void stopMiners() throws CliException, RefusedException {
    for (NodeProcess miner : network.miners()) {
      MiningCalls.stop(miner.rpc());
    }
  }

  private void awaitCoins()
      throws NetworkFailure, CliException, RefusedException, InterruptedException {
    network
        .waiting()
        .until(
            "alice's first coins to mature",
            MATURITY_LIMIT,
            () -> {
              JsonNode balances = balances(alice());
              progress.draft(
                  "height "
                      + height(nodeOfAlice())
                      + ", alice has "
                      + Text.coins(balances.path("trusted"))
                      + " coins and "
                      + Text.coins(balances.path("immature"))
                      + " that are not mature yet");
              // More than the payment, so that there is something for the fee.
              return balances.path("trusted").decimalValue().compareTo(AMOUNT) > 0;
            });
    progress.step(
        "alice's first coins are mature at height "
            + height(nodeOfAlice())
            + ": "
            + Text.coins(balances(alice()).path("trusted")));
  }

  private String pay() throws CliException, RefusedException {
    String address = bob().call("getnewaddress", "from alice").asText();
    String txid = alice().call("sendtoaddress", address, AMOUNT).asText();
    progress.milestone("alice pays bob " + AMOUNT.toPlainString() + ": transaction " + txid);
    return txid;
  }

  private void awaitInEveryMempool(String txid)
      throws NetworkFailure, CliException, RefusedException, InterruptedException {
    MempoolWatch watch = new MempoolWatch(network.nodes(), txid);
    network.waiting().until("the payment to reach every mempool", GOSSIP_LIMIT, watch::look);
    progress.step("the payment waits in the mempool of every node");
  }

  private void awaitConfirmed(String txid)
      throws NetworkFailure, CliException, RefusedException, InterruptedException {
    network
        .waiting()
        .until("the payment to be confirmed", CONFIRMATION_LIMIT, () -> confirmations(txid) > 0);
    AtomicReference<String> block = new AtomicReference<>();
    network
        .waiting()
        .until(
            "all nodes to have the payment in their chain",
            GOSSIP_LIMIT,
            () -> {
              // Asked anew each time: in a race of the miners the first block can lose.
              block.set(blockOf(txid));
              return haveInChain(block.get());
            });
    progress.milestone(
        "the payment is confirmed on every node, in block "
            + bob().call("getblockheader", block.get()).path("height").asText());
  }

  /** The block that confirms the payment in the chain of bob's node, or nothing. */
  private String blockOf(String txid) throws CliException, RefusedException {
    return bob().call("gettransaction", txid).path("blockhash").asText();
  }

  private boolean haveInChain(String block) throws CliException, RefusedException {
    for (NodeProcess node : network.nodes()) {
      if (block.isEmpty() || !hasInChain(node, block)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasInChain(NodeProcess node, String block)
      throws CliException, RefusedException {
    try {
      return node.rpc().call("getblockheader", block).path("confirmations").asLong() > 0;
    } catch (RefusedException e) {
      // It has not come there yet.
      return false;
    }
  }

  private void showBalances() throws CliException, RefusedException {
    progress.milestone("bob has " + Text.coins(balances(bob()).path("trusted")));
    JsonNode balances = balances(alice());
    progress.step(
        "alice has "
            + Text.coins(balances.path("trusted"))
            + " and "
            + Text.coins(balances.path("immature"))
            + " that are not mature yet");
  }

  private long confirmations(String txid) throws CliException, RefusedException {
    try {
      return bob().call("gettransaction", txid).path("confirmations").asLong();
    } catch (RefusedException e) {
      // Bob's node has not heard of it yet.
      return 0;
    }
  }

  private static JsonNode balances(RpcClient wallet) throws CliException, RefusedException {
    return wallet.call("getbalances").path("mine");
  }

  private static String height(NodeProcess node) throws CliException, RefusedException {
    return node.rpc().call("getblockcount").asText();
  }

  /** Where the payment came from and went to, for the commands that are printed at the end. */
  List<NodeProcess> endpoints() {
    return List.of(nodeOfAlice(), nodeOfBob());
  }
}
