package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.farthing.node.app.Node;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A wallet without a node of its own, by the commands that people type. */
@Timeout(300)
class LightWalletIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TXID_DIGITS = 64;
  private static final int KILLS = 5;
  private static final int LONGEST_LIFE_MILLIS = 600;

  @TempDir Path folder;
  private final Random random = new Random();
  private Node first;
  private Node second;

  @BeforeEach
  void start() throws Exception {
    first = start("first");
    second = start("second");
    at("first", "rpc", "addnode", second.listening().orElseThrow().toString(), "add");
    at("first", "wallet", "create", "rich", "--no-passphrase");
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private Node start(String name) throws Exception {
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, "regtest")
            .add(Option.DATA_DIR, folder.resolve(name).toString())
            .add(Option.BIND, "127.0.0.1")
            .add(Option.PORT, "0")
            .add(Option.RPC_PORT, "0")
            .add(Option.BLOCK_FILTER_INDEX, "1")
            .add(Option.PEER_BLOCK_FILTERS, "1");
    return Node.start(Options.parse(values, Map.of()).config());
  }

  /** A command with the options that say which node it is about. */
  private String[] command(String data, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--network", "regtest"));
    all.addAll(List.of("--data", folder.resolve(data).toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private Typed typed(String data, String... arguments) {
    return Typed.command(command(data, arguments));
  }

  private String at(String data, String... arguments) {
    Typed typed = typed(data, arguments);
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.OK);
    return typed.out().strip();
  }

  private String[] lightly(String... arguments) {
    List<String> all = new ArrayList<>(List.of("wallet", "--light"));
    all.addAll(List.of("--peer", first.listening().orElseThrow().toString()));
    all.addAll(List.of("--peer", second.listening().orElseThrow().toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private String light(String... arguments) {
    return at("pocket", lightly(arguments));
  }

  private void mine(int blocks) {
    at("first", "mine", "blocks", Integer.toString(blocks), "--wallet", "rich");
    await().atMost(SOON).until(() -> tip("first").equals(tip("second")));
  }

  /** The one transaction that waits. */
  private String waiting() {
    return at("first", "rpc", "getrawmempool").replaceAll("[^0-9a-f]", "");
  }

  private String tip(String name) {
    return at(name, "rpc", "getbestblockhash");
  }

  @Test
  void itIsMadePaidAndPays() {
    mine(103);
    assertThat(light("create", "pocket", "--no-passphrase")).contains(" 12 ");
    String address = light("address");
    assertThat(address).startsWith("bcrt1q");
    at("first", "wallet", "send", address, "7", "--yes", "--wallet", "rich");
    assertThat(light("balance")).contains("spendable  0.00000000");
    mine(1);
    assertThat(light("balance")).contains("spendable  7.00000000");

    String shop = at("first", "wallet", "address", "--wallet", "rich");
    String sent = light("send", shop, "2", "--yes", "--json");
    await().atMost(SOON).until(() -> waiting().length() == TXID_DIGITS);
    assertThat(sent).contains(waiting());
    mine(1);
    assertThat(light("balance")).contains("spendable  4.9999");
    assertThat(light("history")).contains("7.00000000", "-2.0");
    assertThat(light("coins")).contains("4.9999");
  }

  @Test
  void withoutAPeerItSaysSo() {
    String nobody = second.listening().orElseThrow().toString();
    second.close();
    Typed typed = typed("pocket", "wallet", "--light", "--peer", nobody, "balance");
    assertThat(typed.exitCode()).isEqualTo(ExitCode.NO_NODE);
    assertThat(typed.err()).contains("no peer can be reached");
    assertThat(typed("pocket", "wallet", "--light", "balance").err())
        .contains("--light wants at least one --peer");
  }

  /** Nothing is lost, and what it had read and checked is of use. */
  @Test
  void killedInTheMiddleItGoesOn() throws Exception {
    light("create", "pocket", "--no-passphrase");
    at("first", "rpc", "generatetoaddress", "2", light("address"));
    mine(2_200);
    Path chain = folder.resolve("pocket/regtest/light/chainstate");
    for (int kill = 0; kill < KILLS; kill++) {
      Process process =
          Launcher.start(folder.resolve("errors.txt"), command("pocket", lightly("balance")));
      long opened = Files.getLastModifiedTime(chain).toMillis();
      await()
          .atMost(SOON)
          .until(() -> Files.getLastModifiedTime(chain).toMillis() > opened || !process.isAlive());
      process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    assertThat(light("balance")).contains("spendable  100.00000000");
  }
}
