package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bitcoindevkit.ElectrumClient;
import org.bitcoindevkit.Transaction;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Amount;
import org.farthing.node.config.Option;
import org.farthing.testing.TestKey;
import org.farthing.wallet.address.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Bitcoin Dev Kit, a wallet library that other people wrote, lives on a node. */
@Timeout(180)
@SuppressWarnings("try")
class BdkIT {
  private static final String SHOP =
      Address.ofScript(TestKey.number(7).p2wpkh(), ConsensusParams.regtest().network())
          .orElseThrow()
          .toString();
  private static final long SUBSIDY = 50 * Amount.COIN;
  private static final long PRICE = 3 * Amount.COIN;

  @TempDir Path folder;
  private TestNodes nodes;

  @BeforeEach
  void open() {
    nodes = new TestNodes(folder);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void aLightClientChecksTheFiltersOfANode() throws Exception {
    Node node = nodes.startWith("node", Option.BLOCK_FILTER_INDEX, Option.PEER_BLOCK_FILTERS);
    try (BdkWallet wallet = new BdkWallet()) {
      TestNodes.rpc(node).call("generatetoaddress", 1200, wallet.newAddress());
      int port = node.listening().orElseThrow().port();
      try (var client = wallet.overFilters(port, folder.resolve("light"))) {
        client.awaitFilters(1200);
        TestNodes.rpc(node).call("generatetoaddress", 1, SHOP);
        client.awaitFilters(1201);
      }
    }
  }

  @Test
  void aWalletIsPaidAndPaysOverElectrum() throws Exception {
    Node node =
        nodes.startWith(
            "node",
            Map.of(
                Option.ELECTRUM, "127.0.0.1:0", Option.ADDRESS_INDEX, "1", Option.TX_INDEX, "1"));
    TestRpc rpc = TestNodes.rpc(node);
    String port = Files.readString(node.config().data().electrumPort()).strip();
    try (BdkWallet wallet = new BdkWallet();
        ElectrumClient client = new ElectrumClient("tcp://127.0.0.1:" + port, null)) {
      String address = wallet.newAddress();
      rpc.call("generatetoaddress", 101, address);
      wallet.update(client);
      assertThat(wallet.height()).isEqualTo(101);
      assertThat(wallet.totalSat()).isEqualTo(101 * SUBSIDY);
      assertThat(wallet.confirmedSat()).as("what has matured").isEqualTo(2 * SUBSIDY);

      Transaction payment = wallet.pay(SHOP, PRICE);
      client.transactionBroadcast(payment);
      String txid = payment.computeTxid().toString();
      assertThat(rpc.call("getrawmempool").get(0).asText()).isEqualTo(txid);
      wallet.update(client);
      long rest = wallet.totalSat();
      assertThat(101 * SUBSIDY - PRICE - rest).as("the fee").isBetween(1L, 10_000L);

      String block = rpc.call("generatetoaddress", 1, SHOP).get(0).asText();
      wallet.update(client);
      assertThat(wallet.height()).isEqualTo(102);
      assertThat(wallet.totalSat()).isEqualTo(rest);

      rpc.call("invalidateblock", block);
      rpc.call("generateblock", address, new String[0]);
      rpc.call("generateblock", address, new String[0]);
      wallet.update(client);
      assertThat(wallet.height()).isEqualTo(103);
      assertThat(wallet.totalSat())
          .as("two more blocks, and the payment waits")
          .isEqualTo(rest + 2 * SUBSIDY);
    }
  }
}
