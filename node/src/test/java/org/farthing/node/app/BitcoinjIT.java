package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.address;
import static org.farthing.node.app.TestNodes.awaitSameTip;
import static org.farthing.node.app.TestNodes.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.bitcoinj.core.TransactionConfidence.ConfidenceType;
import org.bitcoinj.wallet.Wallet.BalanceType;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.farthing.wallet.address.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** bitcoinj, a client that other people wrote, lives on Farthing nodes over real sockets. */
@Timeout(180)
class BitcoinjIT {
  private static final TestKey MINER = TestKey.number(1);
  private static final long SUBSIDY = 50 * Amount.COIN;
  private static final long FEE_SAT = 10_000;

  @TempDir Path folder;
  private TestNodes nodes;
  private Node node;
  private TestRpc rpc;

  @BeforeEach
  void start() throws Exception {
    nodes = new TestNodes(folder);
    node = nodes.start("first");
    rpc = rpc(node);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private void mine(int blocks) {
    rpc.call("generatetoaddress", blocks, addressOf(MINER.p2wpkh()));
  }

  private static String addressOf(Script script) {
    return Address.ofScript(script, ConsensusParams.regtest().network()).orElseThrow().toString();
  }

  /** Pays from the coinbase of the first block. */
  private Transaction pay(Script to, long amountSat) throws DecodeException {
    JsonNode block = rpc.call("getblock", rpc.call("getblockhash", 1).asText());
    OutPoint coin = new OutPoint(Txid.parse(block.get("tx").get(0).asText()), 0);
    Transaction payment =
        ChainBuilder.spend(
            MINER,
            coin,
            new TxOut(SUBSIDY, MINER.p2wpkh()),
            new TxOut(amountSat, to),
            new TxOut(SUBSIDY - amountSat - FEE_SAT, MINER.p2wpkh()));
    rpc.call("sendrawtransaction", Hex.encode(payment.serialize()));
    return payment;
  }

  private static void awaitTrue(Callable<Boolean> condition) {
    // bitcoinj wants to be asked on a thread that it knows.
    await().pollInSameThread().atMost(Duration.ofSeconds(90)).until(condition);
  }

  private String tip() {
    return rpc.call("getbestblockhash").asText();
  }

  private JsonNode sent() {
    return rpc.call("getpeerinfo").get(0).get("bytessent_per_msg");
  }

  @Test
  void itDownloadsHeaders() throws Exception {
    mine(150);
    try (BitcoinjClient client = BitcoinjClient.forHeaders().download(node)) {
      assertThat(client.height()).isEqualTo(150);
      assertThat(client.tip()).isEqualTo(tip());
      // What was sent is counted when it has gone out, which the client may not wait for.
      awaitTrue(() -> sent().path("headers").asInt() > 150 * 81);
      assertThat(sent().has("block")).isFalse();
    }
  }

  /** More than are named in two answers to {@code getblocks}. */
  @Test
  void itDownloadsALongChainWithItsBlocks() throws Exception {
    mine(1100);
    try (BitcoinjClient client = BitcoinjClient.forPayments().download(node)) {
      assertThat(client.tip()).isEqualTo(tip());
      mine(2);
      awaitTrue(() -> client.tip().equals(tip()));
    }
  }

  @Test
  void itsWalletSeesAPaymentInTheMempoolAndThenInABlock() throws Exception {
    mine(150);
    try (BitcoinjClient client = BitcoinjClient.forPayments().download(node)) {
      Transaction payment = pay(client.script(), 3 * Amount.COIN);
      Txid txid = payment.txid();
      awaitTrue(() -> client.confidence(txid).equals(Optional.of(ConfidenceType.PENDING)));
      assertThat(client.balance(BalanceType.ESTIMATED)).isEqualTo(3 * Amount.COIN);
      assertThat(client.balance(BalanceType.AVAILABLE)).isZero();
      mine(1);
      awaitTrue(() -> client.confidence(txid).equals(Optional.of(ConfidenceType.BUILDING)));
      assertThat(client.balance(BalanceType.AVAILABLE)).isEqualTo(3 * Amount.COIN);
      assertThat(client.tip()).isEqualTo(tip());
    }
  }

  /** It gives its payment to one of two nodes and waits to hear of it from the other. */
  @Test
  void itsOwnPaymentIsRelayedAndMined() throws Exception {
    mine(150);
    Node second = nodes.start("second", address(node));
    TestRpc other = rpc(second);
    awaitSameTip(rpc, other);
    try (BitcoinjClient client = BitcoinjClient.forPayments().download(node, second)) {
      pay(client.script(), 3 * Amount.COIN);
      mine(1);
      awaitTrue(() -> client.balance(BalanceType.AVAILABLE) == 3 * Amount.COIN);

      BitcoinjClient.Payment payment =
          client.pay(addressOf(TestKey.number(2).p2wpkh()), Amount.COIN);
      payment.relayed().get(90, TimeUnit.SECONDS);
      awaitTrue(() -> waits(rpc, payment.txid()) && waits(other, payment.txid()));
      mine(1);
      awaitTrue(
          () ->
              client
                  .confidence(Txid.parse(payment.txid()))
                  .equals(Optional.of(ConfidenceType.BUILDING)));
      awaitSameTip(rpc, other);
      JsonNode paid = other.call("getblock", tip(), 2).get("tx").get(1);
      assertThat(paid.get("txid").asText()).isEqualTo(payment.txid());
    }
  }

  private static boolean waits(TestRpc node, String txid) {
    for (JsonNode each : node.call("getrawmempool")) {
      if (each.asText().equals(txid)) {
        return true;
      }
    }
    return false;
  }
}
