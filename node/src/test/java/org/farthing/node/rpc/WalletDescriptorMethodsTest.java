package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.testing.TestKey;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wallets as sets of descriptors. */
class WalletDescriptorMethodsTest {
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

  private void blank(String name) {
    node.call("createwallet", name, false, true);
  }

  private String wif(int number) {
    return new PrivateKey(TestKey.number(number).privateKey(), true)
        .toWif(node.builder.params().network());
  }

  private static String publicKey(int number) {
    return Hex.encode(TestKey.number(number).publicKey());
  }

  /** The private root key of the seed of 16 bytes from 0 to 15 (BIP-0032's first vector). */
  private String root() {
    return ExtendedKey.ofSeed(Hex.constant("000102030405060708090a0b0c0d0e0f"))
        .toPrivateString(node.builder.params().network());
  }

  /** With the checksum, which is the same for the private and the public text. */
  private String checked(String descriptor) {
    String sum = node.call("getdescriptorinfo", descriptor).get("checksum").asText();
    return descriptor + "#" + sum;
  }

  private static Map<String, Object> request(String descriptor, Object... more) {
    Map<String, Object> request = new HashMap<>();
    request.put("desc", descriptor);
    request.put("timestamp", 0);
    for (int i = 0; i < more.length; i += 2) {
      request.put((String) more[i], more[i + 1]);
    }
    return request;
  }

  private JsonNode importOne(String wallet, Map<String, Object> request) {
    JsonNode answers = node.at(wallet, "importdescriptors", List.of(request));
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private String refusal(String wallet, Map<String, Object> request) {
    JsonNode answer = importOne(wallet, request);
    assertThat(answer.get("success").asBoolean()).isFalse();
    return answer.at("/error/code").asText() + " " + answer.at("/error/message").asText();
  }

  private List<String> warnings(JsonNode answer) {
    assertThat(answer.get("success").asBoolean()).isTrue();
    List<String> all = new ArrayList<>();
    answer.path("warnings").forEach(warning -> all.add(warning.asText()));
    return all;
  }

  private void assertBalance(String wallet, String coins) {
    assertThat(node.at(wallet, "getbalance").decimalValue()).isEqualByComparingTo(coins);
  }

  @Test
  void coinsOfThePastAreFoundWithTheImport() {
    blank("w");
    String text = "wpkh(" + root() + "/84h/1h/0h/0/*)";
    JsonNode addresses = node.call("deriveaddresses", checked(text), List.of(0, 2));
    node.call("generatetoaddress", 1, addresses.get(1).asText());
    node.call("generatetoaddress", 100, ELSEWHERE);
    JsonNode answer =
        importOne("w", request(checked(text), "active", true, "range", List.of(0, 9)));
    assertThat(warnings(answer)).isEmpty();
    assertBalance("w", "50");
    assertThat(node.at("w", "getnewaddress", "x").asText()).isEqualTo(addresses.get(2).asText());

    JsonNode listed = node.at("w", "listdescriptors").get("descriptors").get(0);
    assertThat(listed.get("desc").asText()).startsWith("wpkh([3442193e/84h/1h/0h]tpub");
    assertThat(listed.get("active").asBoolean()).isTrue();
    assertThat(listed.get("internal").asBoolean()).isFalse();
    assertThat(listed.get("range").get(1).asInt()).isEqualTo(21);
    assertThat(listed.get("next_index").asInt()).isEqualTo(3);
    assertThat(listed.get("timestamp").asLong()).isEqualTo(1);
    JsonNode secret = node.at("w", "listdescriptors", true);
    assertThat(secret.get("wallet_name").asText()).isEqualTo("w");
    assertThat(secret.at("/descriptors/0/desc").asText()).isEqualTo(checked(text));

    JsonNode coin = node.at("w", "listunspent").get(0);
    assertThat(coin.get("desc").asText())
        .startsWith("wpkh([3442193e/84h/1h/0h/0/1]")
        .isEqualTo(node.at("w", "getaddressinfo", addresses.get(1).asText()).get("desc").asText());
    assertThat(coin.get("parent_descs").get(0)).isEqualTo(listed.get("desc"));
  }

  @Test
  void importsAreRefusedAsBitcoinCoreRefusesThem() {
    blank("w");
    node.call("createwallet", "watch", true);
    String ranged = checked("wpkh(" + root() + "/0/*)");
    String single = checked("wpkh(" + wif(1) + ")");
    String multipath = checked("wpkh(" + root() + "/<0;1>/*)");
    assertThat(refusal("w", Map.of("timestamp", 0))).isEqualTo("-8 Descriptor not found.");
    assertThat(refusal("w", request("wpkh(" + wif(1) + ")"))).isEqualTo("-5 Missing checksum");
    assertThat(refusal("w", request(single, "range", 5)))
        .isEqualTo("-8 Range should not be specified for an un-ranged descriptor");
    assertThat(refusal("w", request(single, "active", true)))
        .isEqualTo("-8 Active descriptors must be ranged");
    assertThat(refusal("w", request(single, "internal", true, "label", "x")))
        .isEqualTo("-8 Internal addresses should not have a label");
    assertThat(refusal("w", request(single, "label", "*"))).isEqualTo("-11 Invalid label name");
    assertThat(refusal("w", request(ranged, "label", "x")))
        .isEqualTo("-8 Ranged descriptors should not have a label");
    assertThat(refusal("w", request(ranged, "range", List.of(0, 4), "next_index", 5)))
        .isEqualTo("-8 next_index is out of range");
    assertThat(refusal("w", request(ranged, "range", List.of(-1, 5))))
        .isEqualTo("-8 Range should be greater or equal than 0");
    assertThat(refusal("w", request(multipath, "internal", true)))
        .isEqualTo("-5 Cannot have multipath descriptor while also specifying 'internal'");
    assertThat(refusal("w", request(multipath, "label", "x")))
        .isEqualTo("-8 Multipath descriptors should not have a label");
    assertThat(refusal("w", request(checked("combo(" + root() + "/*)"), "active", true)))
        .isEqualTo("-4 Combo descriptors cannot be set to active");
    assertThat(refusal("w", request(checked("wpkh(" + publicKey(1) + ")"))))
        .isEqualTo(
            "-4 Cannot import descriptor without private keys to a wallet with private keys"
                + " enabled");
    assertThat(refusal("watch", request(single)))
        .isEqualTo("-4 Cannot import private keys to a wallet with private keys disabled");
    importOne("w", request(ranged, "range", List.of(0, 50)));
    assertThat(refusal("w", request(ranged, "range", List.of(1, 60))))
        .isEqualTo(
            "-4 Could not add descriptor '%s': new range must include current range = [0,50]"
                .formatted(ranged));
    assertThat(node.error("w", "importdescriptors", List.of(Map.of("desc", single))))
        .isEqualTo("-3 Missing required timestamp field for key");
    assertThat(
            node.error(
                "w", "importdescriptors", List.of(Map.of("desc", single, "timestamp", true))))
        .isEqualTo("-3 Expected number or \"now\" timestamp value for key. got type bool");
    assertThat(node.at("w", "listdescriptors").get("descriptors")).hasSize(1);
    assertThat(node.at("watch", "getwalletinfo").get("blank").asBoolean()).isFalse();
  }

  @Test
  void whatIsOddIsSaidInWarnings() {
    blank("w");
    assertThat(warnings(importOne("w", request(checked("wpkh(" + root() + "/0/*)")))))
        .containsExactly("Range not given, using default keypool range");
    String multi = checked("wsh(multi(1," + wif(1) + "," + publicKey(2) + "))");
    assertThat(warnings(importOne("w", request(multi))))
        .containsExactly(
            "Not all private keys provided. Some wallet functionality may return unexpected"
                + " errors");
    String keys = checked("wsh(multi(1," + root() + "/0/*))");
    assertThat(warnings(importOne("w", request(keys, "active", true, "range", 3)))).isEmpty();
    String bare = checked("pk(" + root() + "/0/*)");
    assertThat(warnings(importOne("w", request(bare, "active", true, "range", 3))))
        .containsExactly("Unknown output type, cannot set descriptor to active.");
  }

  @Test
  void ofAMultipathTheSecondIsForChange() {
    blank("w");
    String text = checked("wpkh(" + root() + "/<0;1>/*)");
    assertThat(warnings(importOne("w", request(text, "active", true, "range", 4)))).isEmpty();
    String receive = node.at("w", "getnewaddress").asText();
    String change = node.at("w", "getrawchangeaddress").asText();
    assertThat(receive)
        .isEqualTo(
            node.call("deriveaddresses", checked("wpkh(" + root() + "/0/*)"), 1).get(0).asText());
    assertThat(change)
        .isEqualTo(
            node.call("deriveaddresses", checked("wpkh(" + root() + "/1/*)"), 1).get(0).asText());
    assertThat(node.at("w", "getaddressinfo", change).get("ischange").asBoolean()).isTrue();
    assertThat(node.error("w", "getnewaddress", "", "legacy"))
        .isEqualTo("-12 Error: No legacy addresses available.");
    assertThat(node.error("w", "getnewaddress", "", "bech64"))
        .isEqualTo("-5 Unknown address type 'bech64'");
    assertThat(node.error("w", "getnewaddress", "*")).isEqualTo("-11 Invalid label name");
  }

  @Test
  void addressesAreExplained() {
    blank("w");
    String inner = "multi(1," + wif(1) + "," + publicKey(2) + ")";
    importOne("w", request(checked("sh(wsh(" + inner + "))"), "label", "both"));
    importOne("w", request(checked("sh(wpkh(" + wif(3) + "))")));
    importOne("w", request(checked("tr(" + wif(4) + ")")));
    String both = node.call("deriveaddresses", checked("sh(wsh(" + inner + "))")).get(0).asText();
    JsonNode info = node.at("w", "getaddressinfo", both);
    assertThat(info.get("script").asText()).isEqualTo("witness_v0_scripthash");
    assertThat(info.at("/embedded/script").asText()).isEqualTo("multisig");
    assertThat(info.at("/embedded/sigsrequired").asInt()).isEqualTo(1);
    assertThat(info.at("/embedded/pubkeys/1").asText()).isEqualTo(publicKey(2));
    assertThat(info.get("labels").get(0).asText()).isEqualTo("both");
    assertThat(info.get("solvable").asBoolean()).isTrue();

    String nested =
        node.call("deriveaddresses", checked("sh(wpkh(" + wif(3) + "))")).get(0).asText();
    JsonNode single = node.at("w", "getaddressinfo", nested);
    assertThat(single.get("pubkey").asText()).isEqualTo(publicKey(3));
    assertThat(single.at("/embedded/witness_version").asInt()).isZero();
    assertThat(single.get("hdkeypath").asText()).isEqualTo("m");
    assertThat(single.get("labels").get(0).asText()).isEmpty();

    JsonNode taproot =
        node.at(
            "w",
            "getaddressinfo",
            node.call("deriveaddresses", checked("tr(" + wif(4) + ")")).get(0).asText());
    assertThat(taproot.get("ismine").asBoolean()).isTrue();
    assertThat(taproot.get("isscript").asBoolean()).isTrue();
    JsonNode foreign = node.at("w", "getaddressinfo", ELSEWHERE);
    assertThat(foreign.get("ismine").asBoolean()).isFalse();
    assertThat(foreign.get("solvable").asBoolean()).isFalse();
    assertThat(foreign.get("labels")).isEmpty();
  }

  @Test
  void aWatchingWalletSeesCoinsAndCannotSign() {
    blank("keys");
    node.call("createwallet", "watch", true, true);
    importOne("keys", request(checked("wpkh(" + wif(1) + ")")));
    importOne("watch", request(checked("wpkh(" + publicKey(1) + ")")));
    String address =
        node.call("deriveaddresses", checked("wpkh(" + publicKey(1) + ")")).get(0).asText();
    node.call("generatetoaddress", 1, address);
    node.call("generatetoaddress", 100, ELSEWHERE);
    assertBalance("watch", "50");
    JsonNode coin = node.at("watch", "listunspent").get(0);
    Map<String, Object> input =
        Map.of("txid", coin.get("txid").asText(), "vout", coin.get("vout").asInt());
    String unsigned =
        node.call("createrawtransaction", List.of(input), Map.of(ELSEWHERE, "49.999")).asText();
    JsonNode failed = node.at("watch", "signrawtransactionwithwallet", unsigned);
    assertThat(failed.get("complete").asBoolean()).isFalse();
    assertThat(failed.at("/errors/0/txid")).isEqualTo(coin.get("txid"));
    JsonNode signed = node.at("keys", "signrawtransactionwithwallet", unsigned);
    assertThat(signed.get("complete").asBoolean()).isTrue();
    node.call("sendrawtransaction", signed.get("hex").asText());
    node.call("generatetoaddress", 1, ELSEWHERE);
    assertBalance("watch", "0");
    assertThat(node.error("watch", "listdescriptors", true))
        .isEqualTo("-4 Can't get private descriptor string for watch-only wallets");
    assertThat(node.error("watch", "getnewaddress"))
        .isEqualTo("-4 Error: This wallet has no available keys");
  }

  @Test
  void coinsAreListedAsTheCallerWants() {
    blank("w");
    importOne("w", request(checked("wpkh(" + wif(1) + ")")));
    String address = node.call("deriveaddresses", checked("wpkh(" + wif(1) + ")")).get(0).asText();
    node.call("generatetoaddress", 3, address);
    node.call("generatetoaddress", 100, ELSEWHERE);
    int all = 9_999_999;
    assertThat(node.at("w", "listunspent")).hasSize(3);
    assertThat(node.at("w", "listunspent", 102)).hasSize(2);
    assertThat(node.at("w", "listunspent", 0, 101)).hasSize(1);
    assertThat(node.at("w", "listunspent", 0, all, List.of(ELSEWHERE))).isEmpty();
    assertThat(options("minimumAmount", 51)).isEmpty();
    assertThat(options("maximumAmount", 49)).isEmpty();
    assertThat(options("maximumCount", 2)).hasSize(2);
    assertThat(options("minimumSumAmount", 60)).hasSize(2);
    assertThat(node.error("w", "listunspent", 0, all, List.of(), true, Map.of("x", 1)))
        .isEqualTo("-3 Unexpected key x");
    assertThat(node.error("w", "listunspent", 0, all, List.of(address, address)))
        .isEqualTo("-8 Invalid parameter, duplicated address: " + address);
    assertThat(node.error("w", "listunspent", 0, all, List.of("x")))
        .isEqualTo("-5 Invalid Bitcoin address: x");
    node.call("generatetoaddress", 1, address);
    assertThat(options("include_immature_coinbase", true)).hasSize(4);
  }

  private JsonNode options(String name, Object value) {
    return node.at("w", "listunspent", 0, 9_999_999, List.of(), true, Map.of(name, value));
  }

  @Test
  void blocksAreReadAgainOnRequest() {
    blank("w");
    String text = checked("wpkh(" + wif(1) + ")");
    String address = node.call("deriveaddresses", text).get(0).asText();
    node.call("generatetoaddress", 1, address);
    node.call("generatetoaddress", 100, ELSEWHERE);
    node.call("setmocktime", node.builder.tip().header().timeSeconds() + 100_000);
    long late = node.builder.tip().header().timeSeconds() + 100_000;
    importOne("w", request(text, "timestamp", late));
    assertBalance("w", "0");
    assertThat(node.at("w", "rescanblockchain", 2).get("stop_height").asInt()).isEqualTo(101);
    assertBalance("w", "0");
    assertThat(node.at("w", "rescanblockchain", 0, 1).get("start_height").asInt()).isZero();
    assertBalance("w", "50");
    assertThat(node.error("w", "rescanblockchain", 102)).isEqualTo("-8 Invalid start_height");
    assertThat(node.error("w", "rescanblockchain", 0, 102)).isEqualTo("-8 Invalid stop_height");
    assertThat(node.error("w", "rescanblockchain", 5, 4))
        .isEqualTo("-8 stop_height must be greater than start_height");
    assertThat(node.at("w", "abortrescan").asBoolean()).isFalse();
  }

  @Test
  void aLockedWalletTakesNothingIn() {
    node.call("createwallet", "w", false, true, "a passphrase");
    List<Map<String, Object>> wanted = List.of(request(checked("wpkh(" + wif(1) + ")")));
    assertThat(node.error("w", "importdescriptors", wanted)).startsWith("-13 ");
    node.at("w", "walletpassphrase", "a passphrase", 60);
    assertThat(node.at("w", "importdescriptors", wanted).at("/0/success").asBoolean()).isTrue();
    node.at("w", "walletlock");
    assertThat(node.error("w", "listdescriptors", true)).startsWith("-13 ");
    assertThat(node.at("w", "listdescriptors").get("descriptors")).hasSize(1);
  }

  @Test
  void whatCannotBeMadeIsRefused() {
    assertThat(node.error(null, "createwallet", "w", true, false, "a passphrase"))
        .startsWith("-4 Passphrase provided but private keys are disabled.");
    assertThat(node.error(null, "createwallet", "w", false, false, "", false, false))
        .startsWith("-4 descriptors argument must be set to \"true\"");
    assertThat(node.error(null, "createwallet", "w", false, false, "", false, true, false, true))
        .startsWith("-4 Compiled without external signing support");
    JsonNode made = node.call("createwallet", "w", false, false, "");
    assertThat(made.get("warnings").get(0).asText()).startsWith("Empty string given");
    assertThat(node.call("createwallet", "blank", false, true).has("mnemonic")).isFalse();
  }
}
