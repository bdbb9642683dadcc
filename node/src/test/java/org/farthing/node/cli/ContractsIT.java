package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.node.app.Node;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vaults on one network, and swaps between two, by the commands that people type. */
@Timeout(400)
class ContractsIT {
  private static final String REGTEST = "regtest";
  private static final String TESTNET = "testnet";

  @TempDir Path folder;
  private final List<Node> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(Node::close);
  }

  private void start(String network) throws Exception {
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, network)
            .add(Option.DATA_DIR, folder.resolve(network).toString())
            .add(Option.RPC_PORT, "0")
            .add(Option.LISTEN, "0");
    nodes.add(Node.start(Options.parse(values, Map.of()).config()));
  }

  /** A command with the options that say which node it is about. */
  private String[] command(String network, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--network", network));
    all.addAll(List.of("--data", folder.resolve(network).toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private Typed typed(String network, String... arguments) {
    return Typed.command(command(network, arguments));
  }

  private String done(String network, String... arguments) {
    Typed typed = typed(network, arguments);
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.OK);
    return typed.out().strip();
  }

  private String refused(String network, String... arguments) {
    Typed typed = typed(network, arguments);
    assertThat(typed.exitCode()).as(typed.out()).isNotEqualTo(ExitCode.OK);
    return typed.err();
  }

  private void mine(String network, int blocks) {
    done(network, "mine", "blocks", Integer.toString(blocks), "--wallet", "miner");
  }

  private int height(String network) {
    return Integer.parseInt(done(network, "rpc", "getblockcount"));
  }

  private String balance(String network, String wallet) {
    return done(network, "wallet", "balance", "--wallet", wallet)
        .lines()
        .findFirst()
        .orElseThrow()
        .replaceAll(".* ", "");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** A node with a wallet that has mined some spendable coins. */
  private void rich(String network, int blocks) throws Exception {
    start(network);
    done(network, "wallet", "create", "miner", "--no-passphrase");
    mine(network, blocks);
  }

  private String address(String file) throws IOException {
    return Json.parse(Files.readString(folder.resolve(file))).path("address").asText();
  }

  private void pay(String network, String address, String amount) {
    done(network, "wallet", "send", address, amount, "--yes", "--wallet", "miner");
    mine(network, 1);
  }

  @Test
  void aVestingVaultOpensWithItsBlock() throws Exception {
    rich(REGTEST, 101);
    done(REGTEST, "wallet", "create", "alice", "--no-passphrase");
    String key = done(REGTEST, "contract", "key", "--wallet", "alice");
    String file = path("vest.json");
    done(REGTEST, "contract", "vest", file, "--until", "110", "--for", key, "--wallet", "miner");
    pay(REGTEST, address("vest.json"), "5");
    String[] claim = {"contract", "claim", file, "--yes", "--wallet", "alice"};
    assertThat(refused(REGTEST, claim)).contains("it opens in 8 blocks");
    assertThat(refused(REGTEST, "contract", "claim", file, "--yes", "--wallet", "miner"))
        .contains("has none of its keys");
    mine(REGTEST, 8);
    assertThat(done(REGTEST, "contract", "show", file)).contains("coins in it: 5.00000000");
    done(REGTEST, claim);
    mine(REGTEST, 1);
    assertThat(balance(REGTEST, "alice")).startsWith("4.9999");
    assertThat(refused(REGTEST, claim)).contains("no coins are in it");
  }

  @Test
  void heirsOpenAVaultWhoseOwnerDoesNotMove() throws Exception {
    rich(REGTEST, 101);
    for (String name : List.of("owner", "son", "daughter")) {
      done(REGTEST, "wallet", "create", name, "--no-passphrase");
    }
    List<String> inherit =
        new ArrayList<>(List.of("contract", "inherit", path("will.json"), "--after", "10"));
    for (String heir : List.of("son", "daughter")) {
      inherit.addAll(List.of("--heir", done(REGTEST, "contract", "key", "--wallet", heir)));
    }
    inherit.addAll(List.of("--wallet", "owner"));
    done(REGTEST, inherit.toArray(String[]::new));
    String file = path("will.json");
    pay(REGTEST, address("will.json"), "3");
    done(REGTEST, "contract", "claim", file, "--yes", "--wallet", "owner");
    mine(REGTEST, 1);
    assertThat(balance(REGTEST, "owner")).as("the owner at any time").startsWith("2.9999");

    pay(REGTEST, address("will.json"), "4");
    String half = path("half.psbt");
    String[] first = {"contract", "claim", file, "--yes", "--wallet", "son", "-o", half};
    assertThat(refused(REGTEST, first)).contains("it opens in 9 blocks");
    mine(REGTEST, 9);
    done(REGTEST, first);
    done(REGTEST, "contract", "claim", file, "--yes", "--wallet", "daughter", "--psbt", half);
    mine(REGTEST, 1);
    assertThat(balance(REGTEST, "son")).as("both heirs, later").startsWith("3.9999");
  }

  /** Alice has coins on the testnet and wants some of regtest; bob has those. */
  private void openBoth() throws Exception {
    rich(TESTNET, 12);
    rich(REGTEST, 101);
    for (String name : List.of("alice", "bob")) {
      String made = done(TESTNET, "wallet", "create", name, "--no-passphrase", "--json");
      Path words = folder.resolve(name + ".words");
      Files.writeString(words, Json.parse(made).path("mnemonic").asText());
      done(REGTEST, "wallet", "restore", name, "--no-passphrase", "--words-file", words.toString());
    }
    String alice = done(TESTNET, "wallet", "address", "--wallet", "alice");
    String bob = done(REGTEST, "wallet", "address", "--wallet", "bob");
    pay(TESTNET, alice, "20");
    pay(REGTEST, bob, "20");
  }

  /** Alice's coins are locked clearly longer than bob's. */
  private void agree() {
    agree(1000);
  }

  private void agree(int blocksOfAlice) {
    done(
        TESTNET,
        "contract",
        "swap",
        "offer",
        path("alice.json"),
        path("offer.json"),
        "--give",
        "7",
        "--until",
        Integer.toString(height(TESTNET) + blocksOfAlice),
        "--want",
        "9",
        "--want-on",
        REGTEST,
        "--want-until",
        Integer.toString(height(REGTEST) + 6),
        "--wallet",
        "alice");
    done(
        REGTEST,
        "contract",
        "swap",
        "accept",
        path("offer.json"),
        path("bob.json"),
        path("answer.json"),
        "--yes",
        "--wallet",
        "bob");
    done(
        TESTNET,
        "contract",
        "swap",
        "lock",
        path("alice.json"),
        "--answer",
        path("answer.json"),
        "--yes",
        "--wallet",
        "alice");
  }

  private String status(String network, String who) {
    return status(network, who, 6);
  }

  private String status(String network, String who, int confirmations) {
    return done(
        network,
        "contract",
        "swap",
        "status",
        path(who + ".json"),
        "--confirmations",
        Integer.toString(confirmations));
  }

  private String[] step(String what, String who) {
    return new String[] {"contract", "swap", what, path(who + ".json"), "--yes", "--wallet", who};
  }

  private String[] earlyClaim() {
    List<String> claim = new ArrayList<>(List.of(step("claim", "alice")));
    claim.addAll(List.of("--confirmations", "1"));
    return claim.toArray(String[]::new);
  }

  private String[] lock() {
    return new String[] {
      "contract",
      "swap",
      "lock",
      path("bob.json"),
      "--confirmations",
      "2",
      "--yes",
      "--wallet",
      "bob"
    };
  }

  @Test
  void coinsOfTwoNetworksChangeHands() throws Exception {
    openBoth();
    agree();
    assertThat(status(TESTNET, "bob")).contains("not locked in a block yet");
    assertThat(refused(REGTEST, lock())).contains("not 2 blocks deep");
    mine(TESTNET, 2);
    assertThat(status(TESTNET, "bob"))
        .contains("2 blocks deep", "next: wait: ", "are not 6 blocks deep");
    assertThat(status(TESTNET, "bob", 2))
        .contains("next: farthing contract swap lock", "bob.json --confirmations 2   on regtest");
    done(REGTEST, lock());
    assertThat(done(REGTEST, lock())).as("once is enough").contains("locked in");
    assertThat(refused(REGTEST, step("claim", "alice"))).contains("no coin in it");
    mine(REGTEST, 1);
    assertThat(balance(REGTEST, "bob")).startsWith("10.9999");
    assertThat(status(REGTEST, "alice"))
        .contains("next: wait: the other side's coins are 1 block deep")
        .doesNotContain("swap claim");
    assertThat(status(REGTEST, "alice", 1))
        .contains("next: farthing contract swap claim", "--confirmations 1   now, on regtest");
    assertThat(refused(TESTNET, step("claim", "bob"))).contains("secret is not known yet");
    assertThat(refused(REGTEST, step("claim", "alice"))).contains("are 1 block deep");
    done(REGTEST, earlyClaim());
    assertThat(status(REGTEST, "bob")).contains("swap claim", "now, on testnet");
    done(TESTNET, step("claim", "bob"));
    mine(REGTEST, 1);
    mine(TESTNET, 1);
    assertThat(balance(REGTEST, "alice")).startsWith("8.9999");
    assertThat(balance(TESTNET, "bob")).startsWith("6.9999");
    assertThat(status(REGTEST, "bob")).contains("have been taken");
  }

  private enum Killed {
    /** What it is about to do is written down. */
    BEFORE_PAYING,
    /** The payment is in the mempool. */
    AFTER_PAYING
  }

  /** Neither are coins locked twice, nor is it forgotten that they should be. */
  @ParameterizedTest
  @EnumSource(Killed.class)
  void whoIsKilledWhileLockingLocksOnce(Killed moment) throws Exception {
    openBoth();
    agree();
    mine(TESTNET, 2);
    status(TESTNET, "bob");
    Path file = folder.resolve("bob.json");
    Process process = Launcher.start(folder.resolve("errors.txt"), command(REGTEST, lock()));
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                moment == Killed.BEFORE_PAYING
                    ? Files.readString(file).contains("locking")
                    : !done(REGTEST, "rpc", "getrawmempool").equals("[]"));
    process.destroyForcibly().waitFor();

    assertThat(done(REGTEST, lock())).contains("locked in");
    mine(REGTEST, 1);
    assertThat(done(REGTEST, lock())).as("also when it is in a block").contains("locked in");
    mine(REGTEST, 1);
    assertThat(balance(REGTEST, "bob")).startsWith("10.9999");
    assertThat(status(REGTEST, "alice", 2)).contains("are locked, 2 blocks deep", "swap claim");
  }

  @Test
  void whoDiedBeforePayingPaysTheNextTime() throws Exception {
    openBoth();
    agree();
    mine(TESTNET, 2);
    status(TESTNET, "bob");
    Path file = folder.resolve("bob.json");
    ObjectNode content = (ObjectNode) Json.parse(Files.readString(file));
    content.withObjectProperty("second").put("locking", true);
    Files.writeString(file, content.toString());
    Files.writeString(folder.resolve("bob.json.new"), "half of a f");
    done(REGTEST, lock());
    mine(REGTEST, 1);
    assertThat(balance(REGTEST, "bob")).startsWith("10.9999");
    assertThat(status(REGTEST, "alice")).contains("are locked, 1 block");
  }

  @Test
  void whereANodeIsAwayItSaysWhichAndNothingIsLost() throws Exception {
    openBoth();
    agree();
    mine(TESTNET, 2);
    status(TESTNET, "bob");
    done(REGTEST, lock());
    mine(REGTEST, 1);
    Node regtest = nodes.remove(1);
    regtest.close();
    for (String[] step : List.of(step("claim", "alice"), step("refund", "bob"))) {
      Typed away = typed(REGTEST, step);
      assertThat(away.exitCode()).isEqualTo(ExitCode.NO_NODE);
      assertThat(away.err()).contains("the swap's coins are on regtest, and no node answers at");
    }
    assertThat(refused(TESTNET, step("claim", "alice")))
        .contains("this contract is on regtest, the node is on testnet", "--network and --data");
    assertThat(status(TESTNET, "alice")).contains("your coins on testnet are locked");
    start(REGTEST);
    done(REGTEST, earlyClaim());
  }

  @Test
  void feesAreThoseThatTheirOwnerWants() throws Exception {
    rich(REGTEST, 101);
    String file = path("vest.json");
    done(REGTEST, "contract", "vest", file, "--until", "102", "--wallet", "miner");
    pay(REGTEST, address("vest.json"), "5");
    String[] claim = {"contract", "claim", file, "--yes", "--wallet", "miner", "--fee-rate"};
    List<String> arguments = new ArrayList<>(List.of(claim));
    arguments.add("0");
    assertThat(refused(REGTEST, arguments.toArray(String[]::new)))
        .contains("the fee rate must be more than nothing");
    arguments.set(arguments.size() - 1, "50");
    String txid = done(REGTEST, arguments.toArray(String[]::new));
    JsonNode entry = Json.parse(done(REGTEST, "rpc", "getmempoolentry", txid));
    BigDecimal sat = entry.path("fees").path("base").decimalValue().movePointRight(8);
    assertThat(sat.doubleValue() / entry.path("vsize").asDouble()).isBetween(49.9, 50.6);
  }

  @Test
  void whoGetsNothingTakesHisCoinsBack() throws Exception {
    openBoth();
    agree(12);
    mine(TESTNET, 2);
    assertThat(status(TESTNET, "bob", 2))
        .contains("next: do not lock: theirs can go back in 1 min", "with --any-time")
        .doesNotContain("swap lock");
    assertThat(refused(REGTEST, lock()))
        .contains("theirs can go back in 1 min", "yours only in 1 h 0 min");
    List<String> risky = new ArrayList<>(List.of(lock()));
    risky.add("--any-time");
    done(REGTEST, risky.toArray(String[]::new));
    mine(REGTEST, 1);
    // Alice never claims.
    assertThat(refused(REGTEST, step("refund", "bob"))).contains("can come back in 5 blocks");
    mine(REGTEST, 5);
    assertThat(status(REGTEST, "bob")).contains("swap refund");
    assertThat(refused(REGTEST, step("claim", "alice"))).contains("it is too late");
    done(REGTEST, step("refund", "bob"));
    mine(REGTEST, 1);
    assertThat(balance(REGTEST, "bob")).startsWith("19.9999");
    assertThat(refused(TESTNET, step("refund", "alice"))).contains("can come back in 10 blocks");
    mine(TESTNET, 10);
    done(TESTNET, step("refund", "alice"));
    mine(TESTNET, 1);
    assertThat(balance(TESTNET, "alice")).startsWith("19.9999");
  }
}
