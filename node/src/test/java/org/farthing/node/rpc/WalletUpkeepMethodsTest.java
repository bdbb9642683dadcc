package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, locks, passphrases, backups, and what was received. */
class WalletUpkeepMethodsTest {
  @TempDir Path folder;
  private NodeFixture node;
  private String mine;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder.resolve("data"));
    mine = node.createRichWallet("w", 2);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private BigDecimal coins(String method, Object... params) {
    return node.at("w", method, params).decimalValue();
  }

  @Test
  void addressesHaveNames() {
    String plain = node.at("w", "getnewaddress").asText();
    node.at("w", "setlabel", ELSEWHERE, "shop");
    assertThat(node.at("w", "getaddressesbylabel", "mining").get(mine).get("purpose").asText())
        .isEqualTo("receive");
    assertThat(node.at("w", "getaddressesbylabel", "shop").get(ELSEWHERE).get("purpose").asText())
        .isEqualTo("send");
    assertThat(node.at("w", "getaddressesbylabel", "").has(plain)).isTrue();
    assertThat(node.at("w", "listlabels").toString()).isEqualTo("[\"\",\"mining\",\"shop\"]");
    assertThat(node.at("w", "listlabels", "send").toString()).isEqualTo("[\"shop\"]");
    assertThat(node.at("w", "listlabels", "receive").toString()).isEqualTo("[\"\",\"mining\"]");
    node.at("w", "setlabel", mine, "old");
    assertThat(node.error("w", "getaddressesbylabel", "mining"))
        .isEqualTo("-11 No addresses with label mining");
    assertThat(node.error("w", "setlabel", mine, "*")).isEqualTo("-11 Invalid label name");
    assertThat(node.error("w", "setlabel", "x", "y")).isEqualTo("-5 Invalid Bitcoin address");
    assertThat(node.error("w", "listlabels", "x")).startsWith("-8 Invalid 'purpose' argument");
  }

  @Test
  void coinsAreKeptBack() {
    JsonNode coin = node.at("w", "listunspent").get(0);
    Map<String, Object> first =
        Map.of("txid", coin.get("txid").asText(), "vout", coin.get("vout").asInt());
    node.at("w", "lockunspent", false, List.of(first));
    assertThat(node.at("w", "listunspent")).hasSize(1);
    assertThat(node.at("w", "listlockunspent").get(0).get("txid")).isEqualTo(coin.get("txid"));
    assertThat(node.error("w", "sendtoaddress", ELSEWHERE, 60)).startsWith("-6 ");
    assertThat(node.error("w", "lockunspent", false, List.of(first)))
        .isEqualTo("-8 Invalid parameter, output already locked");
    node.call("unloadwallet", "w");
    node.call("loadwallet", "w");
    assertThat(node.at("w", "listlockunspent")).isEmpty();
    node.at("w", "lockunspent", false, List.of(first), true);
    node.call("unloadwallet", "w");
    node.call("loadwallet", "w");
    assertThat(node.at("w", "listlockunspent")).hasSize(1);
    node.at("w", "lockunspent", true, List.of(first));
    assertThat(node.error("w", "lockunspent", true, List.of(first)))
        .isEqualTo("-8 Invalid parameter, expected locked output");
    node.at("w", "lockunspent", false, List.of(first));
    node.at("w", "lockunspent", true);
    assertThat(node.at("w", "listlockunspent")).isEmpty();
    assertThat(
            node.error(
                "w", "lockunspent", false, List.of(Map.of("txid", "0".repeat(64), "vout", 0))))
        .isEqualTo("-8 Invalid parameter, unknown transaction");
    assertThat(
            node.error(
                "w",
                "lockunspent",
                false,
                List.of(Map.of("txid", coin.get("txid").asText(), "vout", 9))))
        .isEqualTo("-8 Invalid parameter, vout index out of bounds");
    node.at("w", "sendtoaddress", ELSEWHERE, 99);
    assertThat(node.error("w", "lockunspent", false, List.of(first)))
        .isEqualTo("-8 Invalid parameter, expected unspent output");
  }

  @Test
  void whatWasReceivedIsCounted() {
    assertThat(coins("getreceivedbyaddress", mine, 102)).isEqualByComparingTo("50");
    assertThat(coins("getreceivedbyaddress", mine, 103, true)).isZero();
    node.call("generatetoaddress", 1, mine);
    assertThat(coins("getreceivedbyaddress", mine)).isEqualByComparingTo("100");
    assertThat(coins("getreceivedbyaddress", mine, 1, true)).isEqualByComparingTo("150");
    assertThat(coins("getreceivedbylabel", "mining")).isEqualByComparingTo("100");
    assertThat(node.error("w", "getreceivedbyaddress", ELSEWHERE))
        .isEqualTo("-4 Address not found in wallet");
    assertThat(node.error("w", "getreceivedbylabel", "x"))
        .isEqualTo("-4 Label not found in wallet");
  }

  @Test
  void aWalletIsEncryptedAndGetsAnotherPassphrase() {
    assertThat(node.error("w", "walletpassphrasechange", "a", "b")).startsWith("-15 ");
    assertThat(node.error("w", "encryptwallet", "")).isEqualTo("-8 passphrase cannot be empty");
    node.at("w", "encryptwallet", "first");
    assertThat(node.error("w", "encryptwallet", "first")).startsWith("-15 ");
    assertThat(node.error("w", "sendtoaddress", ELSEWHERE, 1)).startsWith("-13 ");
    assertThat(node.error("w", "walletpassphrasechange", "wrong", "second")).startsWith("-14 ");
    node.at("w", "walletpassphrasechange", "first", "second");
    assertThat(node.error("w", "walletpassphrase", "first", 60)).startsWith("-14 ");
    node.at("w", "walletpassphrase", "second", 60);
    node.at("w", "sendtoaddress", ELSEWHERE, 1);
    node.call("createwallet", "watch", true);
    assertThat(node.error("watch", "encryptwallet", "x"))
        .isEqualTo("-16 Error: wallet does not contain private keys, nothing to encrypt.");
  }

  @Test
  void aBackupBringsAllBack() throws Exception {
    Path file = folder.resolve("w.backup");
    node.at("w", "backupwallet", file.toString());
    node.at("w", "backupwallet", folder.toString());
    assertThat(folder.resolve("wallet.dat")).exists();
    node.call("generatetoaddress", 1, node.at("w", "getnewaddress", "later").asText());
    node.call("generatetoaddress", 100, ELSEWHERE);
    JsonNode expected = node.at("w", "getbalances").get("mine");
    node.call("restorewallet", "again", file.toString());
    assertThat(node.at("again", "getbalances").get("mine")).isEqualTo(expected);
    assertThat(node.at("again", "getaddressinfo", mine).get("labels").get(0).asText())
        .isEqualTo("mining");
    assertThat(node.error(null, "restorewallet", "again", file.toString())).startsWith("-36 ");
    assertThat(node.error(null, "restorewallet", "x", folder.resolve("none").toString()))
        .isEqualTo("-8 Backup file does not exist");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged"), bytes);
    assertThat(node.error(null, "restorewallet", "x", damaged.toString())).startsWith("-4 ");
    assertThat(node.call("listwalletdir").get("wallets")).hasSize(2);
    assertThat(node.error("w", "backupwallet", folder.resolve("no/such").toString()))
        .isEqualTo("-4 Error: Wallet backup failed!");
  }

  @Test
  void movementsSinceABlockAreListed() {
    JsonNode all = node.at("w", "listsinceblock");
    assertThat(all.get("transactions")).hasSize(2);
    assertThat(all.get("removed")).isEmpty();
    assertThat(all.get("lastblock").asText()).isEqualTo(node.call("getbestblockhash").asText());
    String tip = all.get("lastblock").asText();
    String txid = node.at("w", "sendtoaddress", ELSEWHERE, 1).asText();
    assertThat(node.at("w", "listsinceblock", tip).get("transactions")).hasSize(1);
    String block = node.call("generatetoaddress", 1, mine).get(0).asText();
    JsonNode since = node.at("w", "listsinceblock", tip, 2);
    assertThat(since.get("transactions")).hasSize(2);
    assertThat(since.get("lastblock").asText()).isEqualTo(tip);
    assertThat(node.at("w", "listsinceblock", tip, 1, false, true, true).get("transactions"))
        .hasSizeGreaterThan(2);
    JsonNode named = node.at("w", "listsinceblock", tip, 1, false, true, false, "mining");
    assertThat(named.get("transactions")).hasSize(1);
    assertThat(named.at("/transactions/0/category").asText()).isEqualTo("immature");
    node.call("invalidateblock", block);
    node.call("generatetoaddress", 1, ELSEWHERE);
    JsonNode left = node.at("w", "listsinceblock", block);
    assertThat(left.get("removed").findValuesAsText("txid")).contains(txid);
    assertThat(node.error("w", "listsinceblock", "0".repeat(64))).isEqualTo("-5 Block not found");
    assertThat(node.error("w", "listsinceblock", tip, 0)).isEqualTo("-8 Invalid parameter");
  }

  @Test
  void severalArePaidAtOnce() {
    String other = node.at("w", "getnewaddress").asText();
    String txid =
        node.at("w", "sendmany", "", Map.of(ELSEWHERE, 1, other, 2), 1, "note", List.of(ELSEWHERE))
            .asText();
    JsonNode sent = node.at("w", "gettransaction", txid, false, true);
    BigDecimal fee = sent.get("fee").decimalValue();
    assertThat(sent.get("comment").asText()).isEqualTo("note");
    assertThat(sent.get("amount").decimalValue().add(fee)).isEqualByComparingTo("-1");
    assertThat(node.error("w", "sendmany", "x", Map.of(ELSEWHERE, 1)))
        .isEqualTo("-8 Dummy value must be set to \"\"");
  }

  @Test
  void textsAreSigned() {
    String legacy = node.at("w", "getnewaddress", "", "legacy").asText();
    String signature = node.at("w", "signmessage", legacy, "hello").asText();
    assertThat(node.call("verifymessage", legacy, signature, "hello").asBoolean()).isTrue();
    assertThat(node.error("w", "signmessage", mine, "hello"))
        .isEqualTo("-3 Address does not refer to key");
    assertThat(node.error("w", "signmessage", "x", "hello")).isEqualTo("-5 Invalid address");
    assertThat(node.error("w", "signmessage", "mkHS9ne12qx9pS9VojpwU5xtRd4T7X7ZUt", "hello"))
        .isEqualTo("-5 Private key not available");
  }

  @Test
  void propertiesAreShownAndChanged() {
    assertThat(node.at("w", "setwalletflag", "avoid_reuse").get("flag_state").asBoolean()).isTrue();
    node.call("unloadwallet", "w");
    node.call("loadwallet", "w");
    JsonNode info = node.at("w", "getwalletinfo");
    assertThat(info.get("avoid_reuse").asBoolean()).isTrue();
    assertThat(info.get("flags").toString()).contains("avoid_reuse", "descriptor_wallet");
    assertThat(info.get("scanning").asBoolean(true)).isFalse();
    assertThat(node.error("w", "setwalletflag", "avoid_reuse"))
        .isEqualTo("-8 Wallet flag is already set to true: avoid_reuse");
    assertThat(node.error("w", "setwalletflag", "x")).isEqualTo("-8 Unknown wallet flag: x");
    assertThat(node.error("w", "setwalletflag", "blank"))
        .isEqualTo("-8 Wallet flag is immutable: blank");
    int before = info.get("keypoolsize").asInt();
    node.at("w", "keypoolrefill", 100);
    assertThat(node.at("w", "getwalletinfo").get("keypoolsize").asInt())
        .isEqualTo(400)
        .isGreaterThan(before);
    assertThat(node.error("w", "keypoolrefill", -1))
        .isEqualTo("-8 Invalid parameter, expected valid size.");
    assertThat(node.error("w", "keypoolrefill", 1_000_001))
        .isEqualTo("-8 Invalid parameter, at most 1000000 addresses of a kind are derived ahead.");
    node.call("unloadwallet", "w");
    node.call("loadwallet", "w");
    assertThat(node.at("w", "getwalletinfo").get("keypoolsize").asInt()).isEqualTo(400);
  }

  @Test
  void whatNoMempoolHasIsGivenUp() {
    String txid = node.at("w", "sendtoaddress", ELSEWHERE, 1).asText();
    assertThat(node.error("w", "abandontransaction", txid))
        .isEqualTo("-5 Transaction not eligible for abandonment");
    assertThat(node.error("w", "abandontransaction", "0".repeat(64)))
        .isEqualTo("-5 Invalid or non-wallet transaction id");
  }
}
