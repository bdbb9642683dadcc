package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extended keys of wallets, and wallets without them. */
class WalletKeyMethodsTest {
  private static final Network REGTEST = ConsensusParams.regtest().network();

  /** BIP-0032's first vector: its seed, and what it gives at m/0h. */
  private static final ExtendedKey ROOT =
      ExtendedKey.ofSeed(Hex.constant("000102030405060708090a0b0c0d0e0f"));

  private static final String CHILD =
      "xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT11eZG7"
          + "XnxHrnYeSvkzY7d2bhkJ7";

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

  private static String xprv() {
    return ROOT.toPrivateString(REGTEST);
  }

  private static String xpub() {
    return ROOT.toPublicString(REGTEST);
  }

  private void blank(String name) {
    node.call("createwallet", name, false, true);
  }

  @Test
  void keysAreListedWithWhereTheyStand() {
    node.call("createwallet", "w");
    JsonNode keys = node.at("w", "gethdkeys");
    assertThat(keys).hasSize(1);
    assertThat(keys.at("/0/has_private").asBoolean()).isTrue();
    assertThat(keys.get(0).has("xprv")).isFalse();
    JsonNode secret = node.at("w", "gethdkeys", Map.of("private", true));
    String xprv = secret.at("/0/xprv").asText();
    JsonNode descriptors = node.at("w", "listdescriptors", true).get("descriptors");
    assertThat(descriptors.findValuesAsText("desc"))
        .hasSize(8)
        .allMatch(text -> text.contains(xprv));
    assertThat(keys.at("/0/descriptors").findValuesAsText("desc"))
        .containsExactlyInAnyOrderElementsOf(
            node.at("w", "listdescriptors").get("descriptors").findValuesAsText("desc"));
    node.at("w", "encryptwallet", "secret");
    assertThat(node.error("w", "gethdkeys", Map.of("private", true)))
        .isEqualTo("-13 Error: Please enter the wallet passphrase with walletpassphrase first.");
    // Who encrypts a wallet gets new keys; the others are not active any more.
    assertThat(node.at("w", "gethdkeys")).hasSize(2);
    JsonNode active = node.at("w", "gethdkeys", Map.of("active_only", true));
    assertThat(active).hasSize(1);
    assertThat(active.at("/0/xpub")).isNotEqualTo(keys.at("/0/xpub"));
  }

  @Test
  void aKeyIsAddedOnce() {
    blank("w");
    assertThat(node.at("w", "addhdkey", xprv()).get("xpub").asText()).isEqualTo(xpub());
    assertThat(node.error("w", "addhdkey", xprv())).isEqualTo("-4 HD key already exists");
    assertThat(node.error("w", "addhdkey", xpub()))
        .isEqualTo(
            "-5 Extended public key (xpub) provided, but extended private key (xprv) is required");
    assertThat(node.error("w", "addhdkey", "x")).isEqualTo("-5 Could not parse HD key");
    String another = node.at("w", "addhdkey").get("xpub").asText();
    assertThat(node.at("w", "gethdkeys").findValuesAsText("xpub"))
        .containsExactlyInAnyOrder(xpub(), another);
    node.call("createwallet", "watch", true, true);
    assertThat(node.error("watch", "addhdkey", xprv()))
        .isEqualTo("-4 addhdkey is not available for wallets without private keys");
    node.call("unloadwallet", "w");
    node.call("loadwallet", "w");
    assertThat(node.at("w", "gethdkeys")).hasSize(2);
  }

  @Test
  void keysAreDerivedForWalletsOfSeveral() throws WalletException {
    blank("w");
    assertThat(node.error("w", "derivehdkey", "m/0h"))
        .isEqualTo("-5 No active or unused(KEY) descriptor found");
    node.at("w", "addhdkey", xprv());
    ExtendedKey expected = ExtendedKey.parse(CHILD, ConsensusParams.mainnet().network());
    JsonNode derived = node.at("w", "derivehdkey", "m/0h");
    assertThat(derived.get("origin").asText()).isEqualTo("[3442193e/0h]");
    assertThat(derived.get("xpub").asText()).isEqualTo(expected.toPublicString(REGTEST));
    assertThat(derived.has("xprv")).isFalse();
    JsonNode secret = node.at("w", "derivehdkey", "m/0h", Map.of("private", true, "hdkey", xpub()));
    assertThat(secret.get("xprv").asText()).isEqualTo(expected.toPrivateString(REGTEST));
    assertThat(node.error("w", "derivehdkey", "m/0"))
        .isEqualTo("-8 Derivation path requires at least one hardened step");
    assertThat(node.error("w", "derivehdkey", "m/x")).isEqualTo("-8 Invalid BIP32 keypath");
    node.at("w", "addhdkey");
    assertThat(node.error("w", "derivehdkey", "m/0h"))
        .isEqualTo("-5 Unable to determine which HD key to use. Please specify with 'hdkey'");
    node.call("createwallet", "watch", true, true);
    assertThat(node.error("watch", "derivehdkey", "m/0h"))
        .isEqualTo("-4 derivehdkey is not available for watch-only wallets");
  }

  @Test
  void aWalletGetsTheUsualDescriptorsOfAKey() {
    blank("w");
    assertThat(node.error("w", "createwalletdescriptor", "bech32"))
        .isEqualTo(
            "-5 Unable to determine which HD key to use from active descriptors. Please specify"
                + " with 'hdkey'");
    assertThat(node.error("w", "createwalletdescriptor", "bech32", Map.of("hdkey", xpub())))
        .isEqualTo("-5 Private key for " + xpub() + " is not known");
    node.at("w", "addhdkey", xprv());
    JsonNode made = node.at("w", "createwalletdescriptor", "bech32", Map.of("hdkey", xpub()));
    assertThat(made.get("descs")).hasSize(2);
    assertThat(node.error("w", "createwalletdescriptor", "bech32", Map.of("hdkey", xpub())))
        .isEqualTo("-4 Descriptor already exists");
    // Now it has an active key.
    JsonNode change = node.at("w", "createwalletdescriptor", "bech32m", Map.of("internal", true));
    assertThat(change.get("descs")).hasSize(1);
    JsonNode listed = node.at("w", "listdescriptors", true).get("descriptors");
    assertThat(listed.findValuesAsText("desc"))
        .extracting(text -> text.substring(0, text.indexOf('#')))
        .contains(
            "wpkh(" + xprv() + "/84h/1h/0h/0/*)",
            "wpkh(" + xprv() + "/84h/1h/0h/1/*)",
            "tr(" + xprv() + "/86h/1h/0h/1/*)");
    node.at("w", "getnewaddress", "", "bech32");
    node.at("w", "getrawchangeaddress", "bech32m");
    assertThat(node.error("w", "getnewaddress", "", "bech32m")).startsWith("-12 ");
    assertThat(node.error("w", "createwalletdescriptor", "other"))
        .isEqualTo("-5 Unknown address type 'other'");
  }

  @Test
  void aWalletThatOnlyWatchesIsWrittenToAFile() {
    node.createRichWallet("w", 1);
    node.at("w", "sendtoaddress", ELSEWHERE, 1, "rent");
    String file = folder.resolve("watching.dat").toString();
    assertThat(node.at("w", "exportwatchonlywallet", file).get("exported_file").asText())
        .isEqualTo(file);
    assertThat(node.error("w", "exportwatchonlywallet", file))
        .isEqualTo("-4 Error: Export destination '" + file + "' already exists");
    blank("empty");
    assertThat(node.error("empty", "exportwatchonlywallet", file + "2"))
        .isEqualTo("-4 Error: Wallet has no descriptors to export");
    node.call("restorewallet", "watch", file);
    assertThat(node.at("watch", "getwalletinfo").get("private_keys_enabled").asBoolean()).isFalse();
    assertThat(node.at("watch", "listdescriptors").get("descriptors"))
        .isEqualTo(node.at("w", "listdescriptors").get("descriptors"));
    assertThat(node.at("watch", "listtransactions")).isEqualTo(node.at("w", "listtransactions"));
    assertThat(node.at("watch", "getbalances").get("mine"))
        .isEqualTo(node.at("w", "getbalances").get("mine"));
    assertThat(node.at("watch", "listlabels")).isEqualTo(node.at("w", "listlabels"));
    assertThat(node.at("watch", "getnewaddress")).isEqualTo(node.at("w", "getnewaddress"));
    assertThat(node.error("watch", "sendtoaddress", ELSEWHERE, 1))
        .isEqualTo("-4 Error: Private keys are disabled for this wallet");
    assertThat(node.at("watch", "gethdkeys").findValues("has_private"))
        .allMatch(each -> !each.asBoolean());
  }
}
