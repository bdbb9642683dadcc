package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.BlockChain;
import org.bitcoinj.core.Context;
import org.bitcoinj.core.PeerAddress;
import org.bitcoinj.core.PeerGroup;
import org.bitcoinj.core.TransactionConfidence.ConfidenceType;
import org.bitcoinj.params.RegTestParams;
import org.bitcoinj.store.MemoryBlockStore;
import org.bitcoinj.wallet.Wallet;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others reach the node as they would reach any. */
@Timeout(120)
class OtherSoftwareIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aBitcoinjWalletIsPaid() throws Exception {
    Context.propagate(new Context());
    BitcoinNetwork network = BitcoinNetwork.REGTEST;
    BlockChain chain =
        new BlockChain(network, new MemoryBlockStore(RegTestParams.get().getGenesisBlock()));
    Wallet wallet = Wallet.createDeterministic(network, ScriptType.P2WPKH);
    wallet.setAcceptRiskyTransactions(true);
    chain.addWallet(wallet);
    PeerGroup peers = new PeerGroup(network, chain);
    peers.setBloomFilteringEnabled(false);
    peers.setUseLocalhostPeerWhenPossible(false);
    peers.addWallet(wallet);
    try (RegtestNode node = RegtestNode.start()) {
      InetSocketAddress address = node.p2pAddress();
      peers.addAddress(PeerAddress.simple(address));
      // Asked for first: it misses a peer that connects while it begins to listen.
      Future<?> connected = peers.waitForPeers(1);
      peers.start();
      connected.get(60, TimeUnit.SECONDS);
      node.awaitPeers(1);
      Txid payment = node.send(wallet.currentReceiveAddress().toString(), 1_000_000);
      await(() -> isSeen(wallet, payment), "the payment");
      node.mine(1);
      await(() -> confidence(wallet, payment) == ConfidenceType.BUILDING, "the block");
      assertThat(wallet.getBalance().value).isEqualTo(1_000_000);
      assertThat(chain.getBestChainHeight()).isEqualTo(node.height());
    } finally {
      peers.stop();
    }
  }

  private static boolean isSeen(Wallet wallet, Txid txid) {
    return wallet.getTransaction(Sha256Hash.wrap(txid.toString())) != null;
  }

  private static ConfidenceType confidence(Wallet wallet, Txid txid) {
    return wallet
        .getTransaction(Sha256Hash.wrap(txid.toString()))
        .getConfidence()
        .getConfidenceType();
  }

  private static void await(BooleanSupplier wanted, String what) {
    Wait.until(wanted, LIMIT, () -> what + " has not come");
  }

  @Test
  void callersSeeTheStateThatTheNodeWentBackTo() throws Exception {
    try (RegtestNode node =
        RegtestNode.builder().option("tx-index", "1").option("coin-stats-index", "1").start()) {
      JsonRpc rpc = new JsonRpc(node);
      Txid kept = node.send(node.newAddress(), 30_000);
      node.mine(2);
      rpc.call("syncwithvalidationinterfacequeue");
      NodeSnapshot snapshot = node.snapshot();
      List<JsonNode> before = everything(rpc, kept);
      for (int round = 0; round < 3; round++) {
        String address = rpc.call("getnewaddress").asText();
        Txid undone = node.send(address, 40_000);
        rpc.call("generatetoaddress", 2, address);
        node.reorg(3);
        rpc.call("generatetoaddress", 5, address);
        node.revert(snapshot);
        assertThat(everything(rpc, kept)).isEqualTo(before);
        assertThat(rpc.call("getrawmempool").toString()).doesNotContain(undone.toString());
        assertThat(rpc.call("gettransaction", kept.toString()).get("confirmations").asInt())
            .isEqualTo(2);
      }
    }
  }

  /** What indexes say and what is counted must agree. */
  private static List<JsonNode> everything(JsonRpc rpc, Txid txid) throws Exception {
    JsonNode counted = rpc.call("gettxoutsetinfo", "muhash", null, false);
    JsonNode indexed = rpc.call("gettxoutsetinfo", "muhash", null, true);
    for (String figure : new String[] {"height", "bestblock", "txouts", "muhash"}) {
      assertThat(indexed.get(figure)).as(figure).isEqualTo(counted.get(figure));
    }
    return List.of(
        indexed,
        rpc.call("getrawtransaction", txid.toString(), 1),
        rpc.call("getchaintips"),
        rpc.call("getrawmempool", true),
        rpc.call("getbalances"),
        rpc.call("listtransactions", "*", 100),
        rpc.call("getindexinfo"));
  }

  @TempDir Path folder;

  @Test
  void aNodeInAFolderGoesOnWhereItWas() {
    Txid waiting;
    try (RegtestNode node = RegtestNode.builder().folder(folder).coins(1).start()) {
      assertThat(node.height()).isEqualTo(101);
      NodeSnapshot snapshot = node.snapshot();
      node.send(node.newAddress(), 20_000);
      node.mine(3);
      node.revert(snapshot);
      waiting = node.send(node.newAddress(), 10_000);
      node.mine(1);
    }
    try (RegtestNode node = RegtestNode.builder().folder(folder).coins(1).start()) {
      assertThat(node.height()).isEqualTo(102);
      assertThat(node.wallet().confirmations(waiting)).isEqualTo(1);
      assertThat(node.wallet().transactions()).hasSize(2);
    }
  }
}
