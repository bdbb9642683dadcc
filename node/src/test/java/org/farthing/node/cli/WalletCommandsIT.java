package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.MnemonicCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.outcome.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with wallets, by commands. */
@Timeout(180)
class WalletCommandsIT {
  @TempDir Path folder;
  private RegtestNode node;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    node = RegtestNode.start(folder.resolve("node"));
    done("wallet", "create", "alice", "--no-passphrase");
    done("wallet", "create", "bob", "--no-passphrase");
    done("mine", "blocks", "101", "--wallet", "alice");
  }

  @AfterEach
  void close() throws IOException {
    node.close();
  }

  private String done(String... arguments) {
    Typed typed = node.command(arguments);
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.OK);
    return typed.out().strip();
  }

  private String ofWallet(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of("wallet"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--wallet", name));
    return done(all.toArray(String[]::new));
  }

  private String address(String wallet) {
    return ofWallet(wallet, "address");
  }

  private void mine() {
    done("mine", "blocks", "1", "--wallet", "alice");
  }

  private String spendable(String wallet) {
    return ofWallet(wallet, "balance").lines().findFirst().orElseThrow();
  }

  @Test
  void aLinkIsPaidAndItsCoinLockedAndLabelled() {
    List<String> shown =
        ofWallet("bob", "receive", "--amount", "1.5", "--message", "two teas").lines().toList();
    assertThat(shown.get(1))
        .isEqualTo("bitcoin:" + shown.get(0) + "?amount=1.5&message=two%20teas");
    Typed unasked = node.command("wallet", "send", shown.get(1), "--wallet", "alice");
    assertThat(unasked.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unasked.err())
        .contains("pay        1.50000000  to " + shown.get(0), "change", "give --yes");
    ofWallet("alice", "send", shown.get(1), "--yes");
    mine();
    assertThat(spendable("bob")).isEqualTo("spendable  1.50000000");
    assertThat(ofWallet("bob", "balance", "--at", "101")).contains("0.00000000  as of block 101");
    assertThat(ofWallet("bob", "balance", "--at", "102")).contains("1.50000000  as of block 102");

    ofWallet("bob", "label", shown.get(0), "teas");
    assertThat(ofWallet("bob", "label")).contains("teas", shown.get(0));
    assertThat(ofWallet("bob", "history")).contains("+1.50000000", "1 block", "teas");
    assertThat(ofWallet("bob", "export", "csv")).contains(",receive,1.50000000,,1,102,");
    String coin = ofWallet("bob", "coins").lines().skip(2).findFirst().orElseThrow().strip();
    assertThat(ofWallet("bob", "coins", "--lock", coin)).contains("locked");
    assertThat(
            node.command("wallet", "send", address("alice"), "1", "--yes", "--wallet", "bob").err())
        .contains("nsufficient funds");
    assertThat(ofWallet("bob", "coins", "--unlock", coin)).doesNotContain("locked");
  }

  @Test
  void aFeeIsRaised() {
    String sent = ofWallet("alice", "send", address("bob"), "1", "--yes");
    String txid = sent.substring(sent.lastIndexOf(' ') + 1);
    assertThat(ofWallet("alice", "bump", txid, "--yes", "--fee-rate", "20"))
        .contains("fee before", "new fee", "transaction ");
    mine();
    assertThat(spendable("bob")).isEqualTo("spendable  1.00000000");
  }

  @Test
  void severalArePaidByOneTransaction() {
    done("wallet", "create", "carol", "--no-passphrase");
    String bob = address("bob");
    String carol = address("carol");
    Typed unasked = node.command("wallet", "send", bob, "1", carol, "0.25", "--wallet", "alice");
    assertThat(unasked.err())
        .contains("1.00000000  to " + bob, "0.25000000  to " + carol, "give --yes");
    String sent = ofWallet("alice", "send", bob, "1", carol, "0.25", "--yes");
    assertThat(sent).contains("sent         1.25000000", bob, carol);
    ofWallet("alice", "send", bob, "1", carol, "1", "--yes", "--fee-included", "--comment", "two");
    mine();
    assertThat(spendable("bob")).startsWith("spendable  1.9999");
    assertThat(spendable("carol")).startsWith("spendable  1.2499");

    assertThat(refused("send", bob, "1", carol, "--yes")).contains("there is no amount for");
    assertThat(refused("send", bob, "1", bob, "2", "--yes")).contains("is there twice");
    assertThat(refused("send", bob, "all", carol, "2", "--yes")).contains("nothing for others");
  }

  private String refused(String... arguments) {
    List<String> all = new ArrayList<>(List.of("wallet"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--wallet", "alice"));
    Typed typed = node.command(all.toArray(String[]::new));
    assertThat(typed.exitCode()).as(typed.out()).isNotEqualTo(ExitCode.OK);
    return typed.err();
  }

  @Test
  void onlyWhatNoMempoolHasIsGivenUp() {
    String sent = ofWallet("alice", "send", address("bob"), "1", "--yes");
    String txid = sent.substring(sent.lastIndexOf(' ') + 1);
    assertThat(refused("abandon", txid, "--yes"))
        .contains("waits in the node's mempool", "wallet bump");
    mine();
    assertThat(refused("abandon", txid, "--yes")).contains("is in a block");
    assertThat(refused("abandon", "00".repeat(32), "--yes")).contains("non-wallet transaction");
  }

  /** It paid too little for what the node has been asked to take since. */
  @Test
  void aPaymentThatNoMempoolHasIsGivenUp() throws IOException, InterruptedException {
    String sent = ofWallet("alice", "send", address("bob"), "1", "--yes", "--fee-rate", "1");
    String txid = sent.substring(sent.lastIndexOf(' ') + 1);
    Path data = node.data();
    node.close();
    node = RegtestNode.start(data, "--min-relay-tx-fee", "0.001");
    assertThat(ofWallet("alice", "abandon", txid, "--yes"))
        .contains("its coins can be spent again");
    assertThat(spendable("alice")).endsWith(" 50.00000000");
  }

  @Test
  void descriptorsAndKeysAreImported() throws IOException {
    ofWallet("alice", "send", address("bob"), "2", "--yes");
    mine();
    String external = ofWallet("bob", "export", "descriptors").lines().toList().get(0);
    done("wallet", "create", "watch", "--watch-only");
    Path file = Files.writeString(folder.resolve("ours.txt"), external + "\n\n");
    assertThat(refused("import", "--file", file.toString()))
        .contains("not imported: ", "wallet create --watch-only");
    Path all = folder.resolve("all.txt");
    ofWallet("bob", "export", "descriptors", "-o", all.toString());
    assertThat(ofWallet("watch", "import", "--file", all.toString(), "--range", "50", "--active"))
        .contains("descriptors imported; wallet 'watch' has 2.00000000");
    String wider = external.replaceAll("#.*", "");
    assertThat(ofWallet("watch", "import", wider, "--range", "200"))
        .startsWith("1 descriptor imported");
    assertThat(ofWallet("watch", "address")).startsWith("bcrt1");

    String key = "cVpF924EspNh8KjYsfhgY96mmxvT6DgdWiTYMtMjuM74hJaU5psW";
    Path secret = Files.writeString(folder.resolve("key.txt"), key + "\n");
    assertThat(ofWallet("bob", "import", "--file", secret.toString(), "--from-height", "100"))
        .startsWith("1 descriptor imported");
    Typed wrong = node.command("wallet", "import", "wpkh(nonsense)", "--wallet", "bob");
    assertThat(wrong.exitCode()).isNotEqualTo(ExitCode.OK);
    Typed none = node.command("wallet", "import", "--wallet", "bob");
    assertThat(none.err()).contains("no descriptors were given");
    assertThat(
            node.command("wallet", "import", "--wallet", "watch", "--file", secret.toString())
                .err())
        .contains("this wallet only watches");
  }

  @Test
  void twoOwnersSpendTogether() throws IOException {
    String ofAlice = ofWallet("alice", "key");
    String ofBob = ofWallet("bob", "key");
    String first =
        done("wallet", "multisig", "ours", "2", ofBob, "--own", "alice", "--no-passphrase");
    String second =
        done("wallet", "multisig", "theirs", "2", ofAlice, "--own", "bob", "--no-passphrase");
    String shared = "All owners must see the same first address: ";
    assertThat(first.lines().filter(line -> line.startsWith(shared)).toList())
        .isEqualTo(second.lines().filter(line -> line.startsWith(shared)).toList());
    ofWallet("alice", "send", address("ours"), "3", "--yes");
    mine();
    assertThat(spendable("theirs")).isEqualTo("spendable  3.00000000");

    Path psbt = folder.resolve("payment.psbt");
    ofWallet("ours", "psbt", "create", address("bob"), "1", "-o", psbt.toString());
    Path half = folder.resolve("half.psbt");
    ofWallet("ours", "psbt", "sign", psbt.toString(), "--yes", "-o", half.toString());
    assertThat(done("wallet", "psbt", "show", half.toString())).contains("signatures are missing");
    assertThat(node.command("wallet", "psbt", "send", half.toString(), "--yes").err())
        .contains("signatures are missing");
    Path other = folder.resolve("other.psbt");
    Path former = folder.resolve("former.psbt");
    done("wallet", "psbt", "convert", psbt.toString(), "--to", "0", "-o", former.toString());
    ofWallet("theirs", "psbt", "sign", former.toString(), "--yes", "-o", other.toString());
    String signed = done("wallet", "psbt", "convert", other.toString());
    assertThat(node.command("wallet", "psbt", "convert", signed, "--to", "1").err())
        .contains("there is no version 1");
    String whole = ofWallet("ours", "psbt", "combine", half.toString(), signed);
    assertThat(done("wallet", "psbt", "show", whole)).contains("all have signed");
    done("wallet", "psbt", "send", whole, "--yes");
    mine();
    assertThat(spendable("bob")).isEqualTo("spendable  1.00000000");
    assertThat(Files.readString(half)).startsWith("cHNid");
  }

  @Test
  void textsAreSignedForAllKindsOfAddresses() {
    for (String type : List.of("legacy", "bech32", "bech32m")) {
      String address = ofWallet("bob", "receive", "--type", type).lines().toList().get(0);
      String signature = ofWallet("bob", "sign", address, "I am bob");
      assertThat(signature.startsWith("smp")).isEqualTo(!type.equals("legacy"));
      assertThat(done("wallet", "verify", address, signature, "I am bob")).isEqualTo("valid");
      Typed wrong = node.command("wallet", "verify", address, signature, "I am alice");
      assertThat(wrong.out().strip()).isEqualTo("not valid");
      assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
    }
    Typed foreign = node.command("wallet", "sign", address("alice"), "mine", "--wallet", "bob");
    assertThat(foreign.err()).contains("cannot sign for");
  }

  @Test
  void aBackupBringsAnEncryptedWalletBack() throws IOException {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse\n");
    done("wallet", "create", "safe", "--passphrase-file", passphrase.toString());
    ofWallet("alice", "send", address("safe"), "2", "--yes");
    mine();
    Path file = folder.resolve("safe.backup");
    ofWallet("safe", "backup", file.toString());
    done("wallet", "restore", "again", "--backup", file.toString());
    assertThat(spendable("again")).isEqualTo("spendable  2.00000000");
    assertThat(node.command("wallet", "unlock", "--wallet", "safe").err()).contains("is locked");
    assertThat(ofWallet("safe", "unlock", "--passphrase-file", passphrase.toString()))
        .contains("is unlocked until");
    ofWallet("safe", "send", address("bob"), "1", "--yes");
    ofWallet("safe", "lock");
    Path next = Files.writeString(folder.resolve("next"), "battery staple\n");
    ofWallet(
        "safe",
        "passphrase",
        "--passphrase-file",
        passphrase.toString(),
        "--new-passphrase-file",
        next.toString());
    assertThat(
            node.command(
                    "wallet",
                    "unlock",
                    "--wallet",
                    "safe",
                    "--passphrase-file",
                    passphrase.toString())
                .exitCode())
        .isNotEqualTo(ExitCode.OK);
    Typed locked = node.command("wallet", "export", "descriptors", "--private", "--wallet", "safe");
    assertThat(locked.err()).contains("is locked");
    assertThat(ofWallet("safe", "export", "descriptors")).contains("wpkh([", "tr([");
  }

  /** The keys are those that bitcoin-kmp makes of the same words and passphrase. */
  @Test
  void wordsMayHaveAPassphraseOfTheirOwn() throws IOException {
    String words = "abandon ".repeat(11) + "about";
    Path ofWords = Files.writeString(folder.resolve("words"), words + "\n");
    Path secret = Files.writeString(folder.resolve("secret"), "TREZOR\n");
    done(
        "wallet",
        "restore",
        "hidden",
        "--no-passphrase",
        "--words-file",
        ofWords.toString(),
        "--words-passphrase-file",
        secret.toString(),
        "--from-height",
        "100");
    DeterministicWallet.ExtendedPrivateKey root =
        DeterministicWallet.generate(MnemonicCode.toSeed(words, "TREZOR"));
    assertThat(ofWallet("hidden", "export", "descriptors"))
        .contains("wpkh([%08x/84h/".formatted((int) DeterministicWallet.fingerprint(root)));
    assertThat(node.command("wallet", "restore", "x", "--backup", "f", "--words-passphrase").err())
        .contains("--backup has all that is needed");
  }

  @Test
  void allIsSentByAWalletThatIsEncryptedLater() throws IOException {
    ofWallet("alice", "send", address("bob"), "2", "--yes");
    mine();
    Path passphrase = Files.writeString(folder.resolve("later"), "correct horse\n");
    ofWallet("bob", "passphrase", "--new-passphrase-file", passphrase.toString());
    assertThat(node.command("wallet", "send", address("alice"), "all", "--wallet", "bob").err())
        .contains("is locked");
    ofWallet(
        "bob",
        "send",
        address("alice"),
        "all",
        "--fee-rate",
        "10",
        "--yes",
        "--passphrase-file",
        passphrase.toString());
    mine();
    assertThat(spendable("bob")).isEqualTo("spendable  0.00000000");
  }
}
