package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcMethodsTest {
  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private String newAddress(String wallet) {
    return node.at(wallet, "getnewaddress", "mining").asText();
  }

  @Test
  void theChainIsShown() {
    String genesis = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";
    assertThat(node.call("getblockhash", 0).asText()).isEqualTo(genesis);
    assertThat(node.call("getbestblockhash").asText()).isEqualTo(genesis);
    assertThat(node.call("getblockcount").asInt()).isZero();
    JsonNode info = node.call("getblockchaininfo");
    assertThat(info.get("chain").asText()).isEqualTo("regtest");
    assertThat(info.get("difficulty").decimalValue()).isEqualByComparingTo("4.656542373906925e-10");
    assertThat(info.get("chainwork").asText()).endsWith("0002").hasSize(64);
    assertThat(node.call("getdifficulty").decimalValue())
        .isEqualByComparingTo("4.656542373906925e-10");
    JsonNode header = node.call("getblockheader", genesis);
    assertThat(header.get("nTx").asInt()).isEqualTo(1);
    assertThat(header.get("bits").asText()).isEqualTo("207fffff");
    assertThat(node.call("getblockheader", genesis, false).asText()).hasSize(160);
    for (int verbosity = 0; verbosity <= 3; verbosity++) {
      node.call("getblock", genesis, verbosity);
    }
    assertThat(node.call("getchaintips").get(0).get("status").asText()).isEqualTo("active");
    assertThat(node.error(null, "getblockhash", 1)).isEqualTo("-8 Block height out of range");
    assertThat(node.error(null, "getblock", "ab"))
        .isEqualTo("-8 blockhash must be of length 64 (not 2, for 'ab')");
    assertThat(node.error(null, "getblock", "0".repeat(64))).isEqualTo("-5 Block not found");
  }

  @Test
  void coinsGoFromWalletToWallet() {
    node.call("createwallet", "alice");
    node.call("createwallet", "bob");
    assertThat(node.call("generatetoaddress", 101, newAddress("alice"))).hasSize(101);
    assertThat(node.at("alice", "getbalance").decimalValue()).isEqualByComparingTo("50");
    JsonNode before = node.at("alice", "getbalances").get("mine");
    assertThat(before.get("immature").decimalValue()).isEqualByComparingTo("5000");
    assertThat(node.at("alice", "listunspent")).hasSize(1);

    String txid = node.at("alice", "sendtoaddress", newAddress("bob"), "1.5").asText();
    assertThat(node.call("getrawmempool").get(0).asText()).isEqualTo(txid);
    assertThat(node.call("getrawmempool", true).get(txid).get("ancestorcount").asInt())
        .isEqualTo(1);
    node.call("getmempoolentry", txid);
    assertThat(node.call("getmempoolinfo").get("size").asInt()).isEqualTo(1);
    assertThat(node.at("bob", "getbalances").at("/mine/untrusted_pending").decimalValue())
        .isEqualByComparingTo("1.5");
    String hex = node.call("getrawtransaction", txid).asText();
    assertThat(node.call("sendrawtransaction", hex).asText()).isEqualTo(txid);
    assertThat(node.call("decoderawtransaction", hex).get("txid").asText()).isEqualTo(txid);
    node.call("getrawtransaction", txid, true);

    String block = node.call("generatetoaddress", 1, newAddress("alice")).get(0).asText();
    assertThat(node.at("bob", "getbalance").decimalValue()).isEqualByComparingTo("1.5");
    JsonNode received = node.at("bob", "gettransaction", txid);
    assertThat(received.get("confirmations").asInt()).isEqualTo(1);
    assertThat(received.get("blockhash").asText()).isEqualTo(block);
    assertThat(node.at("alice", "gettransaction", txid, false, true).get("fee").decimalValue())
        .isNegative();
    assertThat(node.at("bob", "listtransactions").get(0).get("category").asText())
        .isEqualTo("receive");
    assertThat(node.at("alice", "listtransactions", "*", 200)).hasSizeGreaterThan(100);
    assertThat(node.call("getrawtransaction", txid, 2, block).get("fee").decimalValue())
        .isPositive();
    assertThat(node.call("getblock", block, 3).at("/tx/1/vin/0/prevout/value").decimalValue())
        .isEqualByComparingTo("50");
    assertThat(node.error(null, "sendrawtransaction", hex))
        .isEqualTo("-27 Transaction outputs already in utxo set");
    assertThat(node.call("gettxout", received.get("txid").asText(), 0).isNull()).isFalse();
  }

  @Test
  void recoveryWordsBringAWalletBack() {
    JsonNode created = node.call("createwallet", "alice", false, false, "a passphrase");
    for (int i = 0; i < 300; i++) {
      newAddress("alice");
    }
    node.call("generatetoaddress", 101, newAddress("alice"));
    node.call("unloadwallet", "alice");
    node.call("restorewalletfromwords", "again", created.get("mnemonic").asText());
    assertThat(node.at("again", "getbalance").decimalValue()).isEqualByComparingTo("50");
    assertThat(node.call("listwallets")).hasSize(1);
    assertThat(node.call("listwalletdir").get("wallets")).hasSize(2);
    node.call("loadwallet", "alice");
    assertThat(node.error(null, "restorewalletfromwords", "x", "abandon abandon"))
        .startsWith("-8 ");
    assertThat(node.call("listwallets")).hasSize(2);
  }

  @Test
  void anEncryptedWalletPaysOnlyWhenUnlocked() {
    node.call("createwallet", "alice", false, false, "a passphrase");
    String address = newAddress("alice");
    node.call("generatetoaddress", 101, address);
    assertThat(node.error("alice", "sendtoaddress", address, 1)).startsWith("-13 ");
    assertThat(node.error("alice", "walletpassphrase", "wrong", 60)).startsWith("-14 ");
    node.at("alice", "walletpassphrase", "a passphrase", 60);
    assertThat(node.at("alice", "getwalletinfo").get("unlocked_until").asLong()).isPositive();
    node.at("alice", "sendtoaddress", address, 1);
    node.at("alice", "walletlock");
    assertThat(node.error("alice", "sendtoaddress", address, 1)).startsWith("-13 ");
  }

  @Test
  void walletsAreNamedInThePath() {
    assertThat(node.error(null, "getbalance")).startsWith("-18 No wallet is loaded");
    node.call("createwallet", "alice");
    node.call("getbalance");
    node.call("createwallet", "bob");
    assertThat(node.error(null, "getbalance")).startsWith("-19 Multiple wallets are loaded");
    assertThat(node.error("carol", "getbalance")).startsWith("-18 ");
    assertThat(node.error(null, "createwallet", "bob")).startsWith("-36 ");
    assertThat(node.error(null, "loadwallet", "bob")).startsWith("-35 ");
    assertThat(node.error(null, "loadwallet", "carol")).startsWith("-18 ");
    assertThat(node.error(null, "createwallet", "../carol")).startsWith("-8 ");
  }

  @Test
  void badPaymentsAreRefusedWithAReason() {
    node.call("createwallet", "alice");
    String address = newAddress("alice");
    assertThat(node.error(null, "sendtoaddress", address, 1)).startsWith("-6 ");
    assertThat(node.error(null, "sendtoaddress", address, 0)).startsWith("-3 ");
    assertThat(node.error(null, "sendtoaddress", address, -1)).isEqualTo("-3 Amount out of range");
    assertThat(node.error(null, "sendtoaddress", address, "0.000000001"))
        .isEqualTo("-3 Invalid amount");
    String mistyped = address.substring(0, address.length() - 1) + "b";
    assertThat(node.error(null, "sendtoaddress", mistyped, 1)).startsWith("-5 ");
    assertThat(node.call("validateaddress", mistyped).get("isvalid").asBoolean()).isFalse();
    assertThat(node.call("validateaddress", address).get("iswitness").asBoolean()).isTrue();
    assertThat(node.call("getaddressinfo", address).get("ismine").asBoolean()).isTrue();
  }

  @Test
  void aBlockOfChosenTransactionsIsMade() {
    node.call("createwallet", "alice");
    String address = newAddress("alice");
    node.call("generatetoaddress", 101, address);
    String txid = node.call("sendtoaddress", address, 1).asText();
    assertThat(node.call("generateblock", address, List.of()).get("hash").asText()).hasSize(64);
    assertThat(node.call("getmempoolinfo").get("size").asInt()).isEqualTo(1);
    JsonNode block = node.call("generateblock", address, List.of(txid), false);
    assertThat(node.call("getmempoolinfo").get("size").asInt()).isEqualTo(1);
    assertThat(node.call("submitblock", block.get("hex").asText()).isNull()).isTrue();
    assertThat(node.call("submitblock", block.get("hex").asText()).asText()).isEqualTo("duplicate");
    assertThat(node.call("getmempoolinfo").get("size").asInt()).isZero();
  }

  @Test
  void scriptsAreShownAsBitcoinCoreShowsThem() {
    String key = "03b0da749730dc9b4b1f4a14d6902877a92541f5368778853d9c4a0cb7802dcfb2";
    JsonNode script = node.call("decodescript", "21" + key + "ac");
    assertThat(script.get("asm").asText()).isEqualTo(key + " OP_CHECKSIG");
    assertThat(script.get("type").asText()).isEqualTo("pubkey");
    assertThat(script.at("/segwit/type").asText()).isEqualTo("witness_v0_keyhash");
    assertThat(node.call("decodescript", "6a").get("type").asText()).isEqualTo("nulldata");
    assertThat(node.call("decodescript", "").get("asm").asText()).isEmpty();
    assertThat(node.call("decodescript", "05aa").get("asm").asText()).isEqualTo("[error]");
    assertThat(node.call("decodescript", "028000").get("asm").asText()).isEqualTo("128");
  }

  @Test
  void theRestAnswersAsDeclared() {
    node.call("getnetworkinfo");
    node.call("getpeerinfo");
    node.call("ping");
    node.call("getconnectioncount");
    node.call("getmininginfo");
    node.call("uptime");
    node.call("getrpcinfo");
    node.call("setmocktime", 1_700_000_000);
    assertThat(node.error(null, "getrawtransaction", "0".repeat(64)))
        .startsWith("-5 No such mempool transaction. Use -txindex or provide a block hash");
    assertThat(node.call("help").asText())
        .contains("== Blockchain ==", "== Wallet ==", "getblock ");
    assertThat(node.call("help", "getblock").asText()).startsWith("getblock \"blockhash\"");
    node.call("stop");
    assertThat(node.stopped).isTrue();
  }
}
