package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.Balance;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.MemoryWalletStore;
import org.farthing.wallet.store.WalletRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletDescriptorsTest {
  private static final int MATURITY = 3;
  private static final long SUBSIDY = 50 * Amount.COIN;
  private static final Script OTHER = ChainBuilder.MINER.p2wpkh();
  private static final String PASSPHRASE = "open sesame";

  /** The private root key of the seed of 16 bytes from 0 to 15 (BIP-0032's first vector). */
  private static final ExtendedKey ROOT =
      ExtendedKey.ofSeed(Hex.constant("000102030405060708090a0b0c0d0e0f"));

  private final TestNode node = new TestNode(TestNode.regtest(MATURITY), 1);
  private final Network network = node.context().params().network();

  @AfterEach
  void close() {
    node.close();
  }

  private Wallet blank() throws WalletException {
    return withoutKeys(true);
  }

  private Wallet withoutKeys(boolean privateKeys) throws WalletException {
    Wallet wallet = node.withoutKeys(privateKeys);
    node.add(wallet);
    return wallet;
  }

  private String wif(int number) {
    return new PrivateKey(TestKey.number(number).privateKey(), true).toWif(network);
  }

  private static String publicKey(int number) {
    return Hex.encode(TestKey.number(number).publicKey());
  }

  private String root() {
    return ROOT.toPrivateString(network);
  }

  private WalletDescriptors.Import wanted(String text, int end) throws WalletException {
    return new WalletDescriptors.Import(
        Descriptor.parse(text, network),
        Role.RECEIVE,
        false,
        new Keychain.Details(0, 0, end, Set.of()),
        0,
        "");
  }

  private static WalletDescriptors.Import active(WalletDescriptors.Import wanted, Role role) {
    return new WalletDescriptors.Import(
        wanted.descriptor(), role, true, wanted.details(), wanted.next(), "");
  }

  private Keychain add(Wallet wallet, String text, int end) throws WalletException {
    add(wallet, wanted(text, end));
    List<Keychain> all = wallet.descriptors().all();
    return all.get(all.size() - 1);
  }

  private static void add(Wallet wallet, WalletDescriptors.Import wanted) throws WalletException {
    wallet.descriptors().add(wanted);
    while (!wallet.catchUp(100)) {
      Thread.onSpinWait();
    }
  }

  private void searchAll(Wallet wallet) {
    assertThat(wallet.info().synchronised()).isFalse();
    while (!wallet.catchUp(2)) {
      assertThat(wallet.info().reading().progress()).isBetween(0.0, 1.0);
    }
    assertThat(wallet.info().synchronised()).isTrue();
  }

  private void mineElsewhere(int blocks) {
    for (int i = 0; i < blocks; i++) {
      node.mine(OTHER);
    }
  }

  private SendRequest everything(long sat) {
    Address to = Address.ofScript(OTHER, network).orElseThrow();
    return SendRequest.of(to, sat, 1000);
  }

  private static void assertFails(Throwing action, WalletError error, String message) {
    assertThatThrownBy(action::run)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(WalletException.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  private interface Throwing {
    void run() throws WalletException;
  }

  @Test
  void oneKeyHasFourScripts() throws WalletException {
    Wallet wallet = blank();
    Keychain keychain = add(wallet, "combo(" + wif(5) + ")", 0);
    List<Script> scripts = keychain.scripts(0);
    assertThat(scripts)
        .extracting(ScriptPattern::classify)
        .containsExactly(OutputType.P2PK, OutputType.P2PKH, OutputType.P2WPKH, OutputType.P2SH);
    scripts.forEach(node::mine);
    mineElsewhere(MATURITY);
    assertThat(wallet.balance()).isEqualTo(new Balance(4 * SUBSIDY, 0, 0));
    // The payment to bech32 has a change of its own kind where there is one; here there is none.
    assertFails(
        () -> wallet.send(everything(SUBSIDY)), WalletError.NO_KEYS, "needs a change address");
    add(wallet, active(wanted("wpkh(" + root() + "/1/*)", 5), Role.CHANGE));
    Transaction sent = wallet.send(everything(4 * SUBSIDY - Amount.COIN));
    assertThat(sent.inputs()).hasSize(4);
    node.mine(OTHER);
    assertThat(wallet.history().transaction(sent.txid()).confirmations()).isEqualTo(1);
  }

  @Test
  void everySolvableDescriptorIsSpentFrom() throws WalletException {
    List<String> texts =
        List.of(
            "pk(" + wif(1) + ")",
            "sh(multi(1," + publicKey(2) + "," + wif(3) + "))",
            "wsh(multi(2," + wif(4) + "," + wif(5) + "," + publicKey(6) + "))",
            "sh(wsh(sortedmulti(1," + wif(7) + "," + publicKey(8) + ")))",
            "tr(" + wif(9) + ")",
            "tr(" + publicKey(10) + ",{pk(" + publicKey(11) + "),pk(" + wif(12) + ")})",
            "rawtr(" + wif(13) + ")",
            "pkh(" + root() + "/44h/1h/0h/0/7)",
            "wpkh([01020304/84h]" + root() + "/1h/0/*)");
    Wallet wallet = blank();
    add(wallet, active(wanted("tr(" + root() + "/1/*)", 2), Role.CHANGE));
    for (String text : texts) {
      node.mine(add(wallet, text, 3).script(0));
    }
    mineElsewhere(MATURITY);
    assertThat(wallet.balance().trustedSat()).isEqualTo(texts.size() * SUBSIDY);
    Transaction sent = wallet.send(everything(texts.size() * SUBSIDY - Amount.COIN));
    assertThat(sent.inputs()).hasSize(texts.size());
    long fee = wallet.history().transaction(sent.txid()).feeSat().orElseThrow();
    assertThat(fee).isBetween((long) sent.virtualSize(), sent.virtualSize() * 102L / 100);
  }

  @Test
  void withoutEnoughKeysCoinsAreSeenButNotSpent() throws WalletException {
    Wallet wallet = blank();
    node.mine(add(wallet, "multi(2," + wif(1) + "," + publicKey(2) + ")", 0).script(0));
    mineElsewhere(MATURITY);
    assertThat(wallet.balance().trustedSat()).isEqualTo(SUBSIDY);
    assertFails(
        () -> wallet.send(everything(Amount.COIN)),
        WalletError.INSUFFICIENT_FUNDS,
        "0.00000000 can be spent now");
  }

  @Test
  void aWalletThatOnlyWatchesGetsNoPrivateKeys() throws WalletException {
    Wallet wallet = withoutKeys(false);
    String account = ROOT.derive(DerivationPath.parse("84h/1h/0h")).toPublicString(network);
    add(wallet, active(wanted("wpkh(" + account + "/0/*)", 10), Role.RECEIVE));
    assertFails(
        () -> add(wallet, "wpkh(" + root() + "/0/*)", 10),
        WalletError.NO_PRIVATE_KEYS,
        "private keys disabled");
    Address address = wallet.newReceiveAddress("watched");
    node.mine(address.toScript());
    mineElsewhere(MATURITY);
    assertThat(wallet.balance().trustedSat()).isEqualTo(SUBSIDY);
    assertFails(
        () -> wallet.payments().plan(everything(Amount.COIN)),
        WalletError.NO_PRIVATE_KEYS,
        "Private keys are disabled");
    assertFails(wallet.addresses()::newChange, WalletError.NO_KEYS, "no available keys");
    assertFails(
        () -> wallet.addresses().newReceive("", AddressType.LEGACY),
        WalletError.OUT_OF_KEYS,
        "No legacy addresses available");
    assertThat(wallet.info().kind().privateKeys()).isFalse();
  }

  @Test
  void aWalletWithPrivateKeysGetsNoDescriptorsWithout() throws WalletException {
    Wallet wallet = blank();
    assertThat(wallet.info().kind().blank()).isTrue();
    assertFails(
        () -> add(wallet, "wpkh(" + publicKey(1) + ")", 0),
        WalletError.NO_PRIVATE_KEYS,
        "without private keys");
    assertFails(
        () -> add(wallet, "wpkh(" + ROOT.toPublicString(network) + "/0h/*)", 10),
        WalletError.DESCRIPTOR_REFUSED,
        "Cannot expand descriptor");
    assertThat(wallet.info().kind().blank()).isTrue();
  }

  @Test
  void paymentsOfThePastAreFound() throws WalletException {
    Keychain foreign = add(blank(), "wpkh(" + root() + "/0/*)", 60);
    // The later address is paid first, and lies beyond the range that is imported.
    node.mine(foreign.script(24));
    node.mine(foreign.script(8));
    mineElsewhere(MATURITY);
    Wallet wallet = blank();
    assertThat(wallet.descriptors().add(wanted("wpkh(" + root() + "/0/*)", 0))).isZero();
    assertThat(wallet.balance()).isEqualTo(Balance.ZERO);
    searchAll(wallet);
    assertThat(wallet.balance().trustedSat()).isEqualTo(2 * SUBSIDY);
    assertThat(wallet.descriptors().all().get(0).next()).isEqualTo(25);
  }

  @Test
  void aSearchThatWasBrokenOffGoesOn() throws WalletException {
    Keychain foreign = add(blank(), "wpkh(" + root() + "/0/*)", 60);
    node.mine(foreign.script(3));
    mineElsewhere(12);
    node.mine(foreign.script(4));
    mineElsewhere(MATURITY);
    MemoryWalletStore store = new MemoryWalletStore();
    Wallet killed =
        Wallet.createWithoutKeys(
            store, node.context(), Protection.none(), new WalletRecord.Kind(true, false, false));
    node.add(killed);
    killed.descriptors().add(wanted("wpkh(" + root() + "/0/*)", 0));
    killed.catchUp(5);
    assertThat(killed.balance().trustedSat()).isEqualTo(SUBSIDY);
    assertThat(killed.info().reading().wholeHeight()).isZero();
    node.remove(killed);
    mineElsewhere(1);

    Wallet again = Wallet.open(store, node.context());
    node.add(again);
    assertThat(again.balance().trustedSat()).isEqualTo(2 * SUBSIDY);
    assertThat(again.info().synchronised()).isTrue();
  }

  @Test
  void aKillAfterAnImportLosesNothingOfIt(@TempDir Path folder) throws Exception {
    Script paid = add(blank(), "wpkh(" + wif(1) + ")", 0).script(0);
    node.mine(paid);
    mineElsewhere(MATURITY);
    Wallet killed =
        Wallet.createWithoutKeys(
            FileWalletStore.create(folder.resolve("first")),
            node.context(),
            Protection.none(),
            new WalletRecord.Kind(true, true, false));
    WalletDescriptors.Import unnamed = wanted("wpkh(" + wif(1) + ")", 0);
    killed
        .descriptors()
        .add(
            new WalletDescriptors.Import(
                unnamed.descriptor(), Role.RECEIVE, false, unnamed.details(), 0, "shop"));
    // What is on disk at this moment is all that a killed process leaves.
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.copy(
        folder.resolve("first").resolve(FileWalletStore.FILE_NAME),
        second.resolve(FileWalletStore.FILE_NAME));
    Wallet again = Wallet.open(FileWalletStore.open(second), node.context());
    node.add(again);
    assertThat(again.balance().trustedSat()).isEqualTo(SUBSIDY);
    assertThat(again.info().kind().blank()).isTrue();
    Address address = Address.ofScript(paid, network).orElseThrow();
    assertThat(again.addresses().label(address)).isEqualTo("shop");
    again.close();
    killed.close();
  }

  @Test
  void blocksBeforeTheTimeAreLeftOut() throws WalletException {
    Keychain foreign = add(blank(), "wpkh(" + root() + "/0/*)", 60);
    node.mine(foreign.script(0));
    mineElsewhere(MATURITY);
    Wallet wallet = blank();
    long tipTime = node.builder().tip().header().timeSeconds();
    long later = tipTime + WalletDescriptors.TIME_WINDOW_SECONDS + 1;
    WalletDescriptors.Import all = wanted("wpkh(" + root() + "/0/*)", 0);
    WalletDescriptors.Import late =
        new WalletDescriptors.Import(
            all.descriptor(),
            Role.RECEIVE,
            false,
            new Keychain.Details(later, 0, 0, Set.of()),
            0,
            "");
    assertThat(wallet.descriptors().add(late)).isEqualTo(later);
    assertThat(wallet.info().synchronised()).isTrue();
    wallet.descriptors().search(tipTime);
    while (!wallet.catchUp(10)) {
      Thread.onSpinWait();
    }
    assertThat(wallet.balance().trustedSat()).isEqualTo(SUBSIDY);
  }

  /** Indexes have 31 bits (BIP-0032). */
  @Test
  void theHighestIndexesAreWatchedForToo() throws WalletException {
    Wallet wallet = blank();
    int end = Integer.MAX_VALUE - 10;
    int first = end - Keychain.BLOCK;
    add(
        wallet,
        new WalletDescriptors.Import(
            Descriptor.parse("wpkh(" + root() + "/0/*)", network),
            Role.RECEIVE,
            false,
            new Keychain.Details(0, first, end, Set.of()),
            first,
            ""));
    Keychain keychain = wallet.descriptors().all().get(0);
    assertThat(keychain.derivedEnd()).isEqualTo(end);
    node.mine(keychain.script(first));
    node.mine(keychain.script(end - 1));
    mineElsewhere(MATURITY);
    assertThat(wallet.balance().trustedSat()).isEqualTo(2 * SUBSIDY);
    MemoryWalletStore store = new MemoryWalletStore();
    store.replaceAll(wallet.records());
    Wallet again = Wallet.open(store, node.context());
    assertThat(again.balance()).isEqualTo(wallet.balance());
    assertThat(again.descriptors().all().get(0).next()).isEqualTo(end);
  }

  @Test
  void aRangeMayGrowButNotShrink() throws WalletException {
    Wallet wallet = blank();
    String text = "wpkh(" + root() + "/84h/0/*)";
    Keychain keychain = add(wallet, text, 30);
    assertThat(keychain.derivedEnd()).isEqualTo(30);
    assertFails(
        () -> add(wallet, text, 29),
        WalletError.RANGE_REFUSED,
        "new range must include current range = [0,29]");
    add(wallet, "wpkh(" + root() + "/84'/0/*)", 40);
    assertThat(wallet.descriptors().all()).hasSize(1);
    assertThat(keychain.derivedEnd()).isEqualTo(40);
    assertThat(wallet.addresses().originOf(keychain.script(39))).isPresent();
  }

  @Test
  void aRangeMayBeginAnywhere() throws WalletException {
    Wallet wallet = blank();
    String text = "wpkh(" + root() + "/0/*)";
    WalletDescriptors.Import first = wanted(text, 0);
    wallet
        .descriptors()
        .add(
            new WalletDescriptors.Import(
                first.descriptor(),
                Role.RECEIVE,
                true,
                new Keychain.Details(7, 1000, 1010, Set.of()),
                1005,
                ""));
    Keychain keychain = wallet.descriptors().all().get(0);
    assertThat(keychain.derivedEnd()).isEqualTo(1025);
    Address address = wallet.newReceiveAddress("");
    assertThat(wallet.addresses().originOf(address).orElseThrow().index()).isEqualTo(1005);
    assertThat(address.toScript()).isEqualTo(keychain.descriptor().scriptsAt(1005).get(0));
    add(wallet, text, 1030);
    assertThat(keychain.details().first()).isZero();
    assertThat(wallet.addresses().originOf(keychain.script(3))).isPresent();
    assertThat(wallet.addresses().originOf(address).orElseThrow().index()).isEqualTo(1005);
    assertThat(wallet.addresses().originsOf(address.toScript())).hasSize(1);
    // It was imported as one that gives no addresses away.
    assertFails(() -> wallet.newReceiveAddress(""), WalletError.NO_KEYS, "no available keys");
  }

  /** As another copy of the wallet may have given addresses away. */
  @Test
  void paymentsToHardenedKeysAreFollowedWhileTheSecretsAreAtHand() throws Exception {
    node.mine(hardened(30));
    node.mine(hardened(19));
    mineElsewhere(MATURITY);
    Wallet wallet = blank();
    wallet.descriptors().add(active(wanted("wpkh(" + root() + "/0h/0h/*h)", 0), Role.RECEIVE));
    Keychain keychain = wallet.descriptors().all().get(0);
    assertThat(keychain.derivedEnd()).isEqualTo(20);
    searchAll(wallet);
    assertThat(wallet.balance().trustedSat()).isEqualTo(2 * SUBSIDY);
    assertThat(keychain.next()).isEqualTo(31);

    node.mine(hardened(50));
    node.mine(hardened(70));
    assertThat(keychain.next()).isEqualTo(71);
    assertThat(keychain.derivedEnd()).isEqualTo(91);
  }

  private static Script hardened(int index) throws Exception {
    byte[] key = ROOT.derive(DerivationPath.parse("0h/0h/" + index + "h")).publicKey();
    return ScriptPattern.p2wpkh(Hash160.hash(key));
  }

  @Test
  void hardenedKeysAreDerivedWhileTheSecretsAreAtHand(@TempDir Path folder) throws Exception {
    Wallet wallet =
        Wallet.createWithoutKeys(
            FileWalletStore.create(folder),
            node.context(),
            Passphrases.protection(PASSPHRASE),
            new WalletRecord.Kind(true, true, false));
    node.add(wallet);
    String text = "wpkh(" + root() + "/0h/0h/*h)";
    assertFails(() -> add(wallet, text, 3), WalletError.LOCKED, "locked");
    Passphrases.unlock(wallet, PASSPHRASE);
    add(wallet, active(wanted(text, 3), Role.RECEIVE));
    Keychain keychain = wallet.descriptors().all().get(0);
    assertThat(keychain.derivedEnd()).isEqualTo(20);
    byte[] expected = ROOT.derive(DerivationPath.parse("0h/0h/2h")).publicKey();
    assertThat(keychain.expand(2).get(0).keys().get(0).publicKey(0)).isEqualTo(expected);
    assertThat(keychain.expand(2).get(0).keys().get(0))
        .asString()
        .startsWith("[3442193e/0h/0h/2h]");

    wallet.locking().lock();
    for (int i = 0; i < 20; i++) {
      wallet.newReceiveAddress("");
    }
    assertFails(() -> wallet.newReceiveAddress(""), WalletError.OUT_OF_KEYS, "Keypool ran out");
    node.remove(wallet);
    wallet.close();

    Wallet again = Wallet.open(FileWalletStore.open(folder), node.context());
    node.add(again);
    assertFails(() -> again.newReceiveAddress(""), WalletError.OUT_OF_KEYS, "Keypool ran out");
    Passphrases.unlock(again, PASSPHRASE);
    Address address = again.newReceiveAddress("");
    assertThat(again.addresses().originOf(address).orElseThrow().index()).isEqualTo(20);
    add(again, active(wanted("wpkh(" + root() + "/1/*)", 3), Role.CHANGE));
    node.mine(address.toScript());
    mineElsewhere(MATURITY);
    again.send(everything(Amount.COIN));
    again.close();
  }

  @Test
  void importedKeysAreEncryptedAndSurvive(@TempDir Path folder) throws Exception {
    Wallet wallet =
        Wallet.create(
                FileWalletStore.create(folder),
                node.context(),
                Passphrases.protection(PASSPHRASE),
                12)
            .wallet();
    node.add(wallet);
    String text = "sh(wpkh(" + wif(42) + "))";
    Passphrases.unlock(wallet, PASSPHRASE);
    wallet
        .descriptors()
        .add(
            new WalletDescriptors.Import(
                Descriptor.parse(text, network),
                Role.RECEIVE,
                false,
                new Keychain.Details(0, 0, 0, Set.of()),
                0,
                "found"));
    Passphrases.change(wallet, PASSPHRASE, "other");
    node.remove(wallet);
    wallet.close();

    Wallet again = Wallet.open(FileWalletStore.open(folder), node.context());
    node.add(again);
    assertThat(again.descriptors().all()).hasSize(9);
    Keychain keychain = again.descriptors().all().get(8);
    Address address = again.addresses().of(keychain.script(0)).orElseThrow();
    assertThat(again.addresses().label(address)).isEqualTo("found");
    assertThat(again.addresses().isGiven(again.addresses().originOf(address).orElseThrow()))
        .isTrue();
    assertFails(() -> again.descriptors().privateText(keychain), WalletError.LOCKED, "locked");
    Passphrases.unlock(again, "other");
    assertThat(again.descriptors().privateText(keychain)).startsWith(text + "#");
    assertThat(keychain.source().text()).startsWith("sh(wpkh(" + publicKey(42) + "))");
    node.mine(address.toScript());
    mineElsewhere(MATURITY);
    again.send(everything(Amount.COIN));
    again.close();
  }

  @Test
  void theDescriptorsOfTheWordsAreThoseOfTheBips() throws WalletException {
    String words = "abandon ".repeat(11) + "about";
    Wallet wallet =
        Wallet.restore(
            new MemoryWalletStore(),
            node.context(),
            Protection.none(),
            Recovery.of(Mnemonic.parse(words)));
    node.add(wallet);
    ExtendedKey master = ExtendedKey.ofSeed(Mnemonic.parse(words).toSeed(""));
    for (Keychain keychain : wallet.descriptors().all()) {
      String branch = keychain.role() == Role.RECEIVE ? "/0/*" : "/1/*";
      AddressType type = keychain.descriptor().addressType().orElseThrow();
      String function =
          switch (type) {
            case LEGACY -> "pkh(KEY/44h/1h/0h" + branch + ")";
            case P2SH_SEGWIT -> "sh(wpkh(KEY/49h/1h/0h" + branch + "))";
            case BECH32 -> "wpkh(KEY/84h/1h/0h" + branch + ")";
            case BECH32M -> "tr(KEY/86h/1h/0h" + branch + ")";
          };
      assertThat(wallet.descriptors().privateText(keychain))
          .startsWith(function.replace("KEY", master.toPrivateString(network)));
      assertThat(keychain.source().text())
          .startsWith(function.replace("KEY", master.toPublicString(network)));
      assertThat(keychain.descriptor().text()).contains("[73c5da0a/");
      assertThat(wallet.descriptors().isActive(keychain)).isTrue();
    }
    assertThat(wallet.descriptors().all()).hasSize(8);
  }

  @Test
  void eachKindOfAddressIsPaidAndSpent() throws WalletException {
    Wallet wallet =
        Wallet.create(new MemoryWalletStore(), node.context(), Protection.none(), 12).wallet();
    node.add(wallet);
    for (AddressType type : AddressType.values()) {
      node.mine(wallet.addresses().newReceive("", type).toScript());
    }
    mineElsewhere(MATURITY);
    for (AddressType type : AddressType.values()) {
      Address to = wallet.addresses().newReceive("", type);
      Transaction sent = wallet.send(SendRequest.of(to, 30 * Amount.COIN, 1000));
      // Change looks like the payment.
      assertThat(sent.outputs())
          .extracting(output -> ScriptPattern.classify(output.scriptPubKey()))
          .containsOnly(ScriptPattern.classify(to.toScript()))
          .hasSize(2);
      node.mine(OTHER);
    }
    assertThat(wallet.balance().pendingSat()).isZero();
  }

  @Test
  void aScriptMayComeFromSeveralDescriptors() throws WalletException {
    Wallet wallet = blank();
    add(wallet, "wsh(multi(2," + wif(1) + "," + publicKey(2) + "))", 0);
    Keychain second = add(wallet, "wsh(multi(2," + publicKey(1) + "," + wif(2) + "))", 0);
    assertThat(wallet.descriptors().all()).hasSize(1);
    assertThat(second.details().ownKeys()).containsExactlyInAnyOrder(0, 1);
    Keychain combo = add(wallet, "combo(" + wif(3) + ")", 0);
    add(wallet, "pkh(" + wif(3) + ")", 0);
    assertThat(wallet.addresses().originsOf(combo.scripts(0).get(1))).hasSize(2);
    add(wallet, active(wanted("wpkh(" + root() + "/1/*)", 3), Role.CHANGE));
    node.mine(second.script(0));
    node.mine(combo.scripts(0).get(1));
    mineElsewhere(MATURITY);
    assertThat(wallet.balance().trustedSat()).isEqualTo(2 * SUBSIDY);
    assertThat(wallet.send(everything(2 * SUBSIDY - Amount.COIN)).inputs()).hasSize(2);
  }

  @Test
  void whatWaitsIsFoundAfterASearchToo() throws WalletException {
    Wallet rich = blank();
    node.mine(add(rich, "wpkh(" + wif(1) + ")", 0).script(0));
    mineElsewhere(MATURITY);
    Script to = TestKey.number(2).p2wpkh();
    add(rich, active(wanted("wpkh(" + root() + "/1/*)", 3), Role.CHANGE));
    rich.send(SendRequest.of(Address.ofScript(to, network).orElseThrow(), Amount.COIN, 1000));
    Wallet wallet = blank();
    wallet.descriptors().add(wanted("wpkh(" + wif(2) + ")", 0));
    searchAll(wallet);
    assertThat(wallet.balance()).isEqualTo(new Balance(0, Amount.COIN, 0));
    assertThat(wallet.history().unspent()).hasSize(1);
  }
}
