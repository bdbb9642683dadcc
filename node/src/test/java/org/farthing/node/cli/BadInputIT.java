package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is refused, with a reason that helps, and changes nothing. */
class BadInputIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir private static Path folder;
  private static RegtestNode node;
  private static Path passphrase;
  private static Path wrongPassphrase;

  @BeforeAll
  static void aNodeWithARichWallet()
      throws IOException, InterruptedException, CliException, RefusedException {
    passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse\n");
    wrongPassphrase = Files.writeString(folder.resolve("wrong"), "battery staple\n");
    node = RegtestNode.start(folder.resolve("node"));
    Typed created =
        node.command("wallet", "create", "w", "--passphrase-file", passphrase.toString());
    assertThat(created.exitCode()).as(created.err()).isZero();
    Typed mined = node.command("mine", "blocks", "101");
    assertThat(mined.exitCode()).as(mined.err()).isZero();
  }

  @AfterAll
  static void stop() throws IOException {
    node.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          0            | "" | 2 | must be more than zero
          -1           | "" | 2 | more than zero
          0.000000001  | "" | 2 | more than 8 decimals
          21000001     | "" | 2 | never more than 21000000
          ten          | "" | 2 | not an amount
          1000         | "" | 1 | nsufficient funds
          1            | --fee-rate=100000 | 1 | fee
          1            | --fee-rate=-1 | 2 | fee rate cannot be negative
          """)
  void amountsAndFeesThatCannotBe(String amount, String option, int exitCode, String reason)
      throws CliException, RefusedException {
    Stream<String> arguments =
        Stream.of("wallet", "send", ADDRESS, "--passphrase-file", passphrase.toString());
    if (!option.isEmpty()) {
      arguments = Stream.concat(arguments, Stream.of(option));
    }
    arguments = Stream.concat(arguments, Stream.of("--", amount));
    refused(node.command(arguments.toArray(String[]::new)), exitCode, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt08l, checksum",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4, Bitcoin's main network",
    "fth1qw508d6qejxtdg4y5r3zarvary0c5xw7k8l5p9g, address",
    "17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem, Bitcoin's main network",
    "17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhen, mistyped",
    "alice, address",
  })
  void addressesThatLeadNowhere(String address, String reason)
      throws CliException, RefusedException {
    refused(
        node.command("wallet", "send", address, "1", "--passphrase-file", passphrase.toString()),
        ExitCode.USAGE,
        reason);
  }

  @Test
  void theWrongPassphrase() throws CliException, RefusedException {
    refused(
        node.command(
            "wallet",
            "send",
            ADDRESS,
            "1",
            "--yes",
            "--passphrase-file",
            wrongPassphrase.toString()),
        ExitCode.FAILED,
        "passphrase entered was incorrect");
    refused(
        node.command("wallet", "send", ADDRESS, "1", "--yes"),
        ExitCode.USAGE,
        "wallet 'w' is locked");
    refused(node.command("wallet", "send", ADDRESS, "1"), ExitCode.USAGE, "nobody can be asked");
  }

  @ParameterizedTest
  @CsvSource({
    "abandon abandon abandon, 'are 12, 15, 18, 21 or 24, not 3'",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandno, did you mean 'abandon'",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon, don't fit together",
  })
  void wrongRecoveryWords(String words, String reason)
      throws IOException, CliException, RefusedException {
    Path file = Files.writeString(folder.resolve("words"), words.replace("'", ""));
    refused(
        node.command("wallet", "restore", "r", "--no-passphrase", "--words-file", file.toString()),
        ExitCode.USAGE,
        reason);
    assertThat(node.rpc().call("listwallets")).hasToString("[\"w\"]");
    assertThat(node.directory().wallets().resolve("r")).doesNotExist();
  }

  @Test
  void namesOfWallets() throws CliException, RefusedException {
    refused(node.command("wallet", "create", "w", "--no-passphrase"), ExitCode.FAILED, "already");
    refused(node.command("wallet", "create", "../w", "--no-passphrase"), ExitCode.FAILED, "../w");
    refused(node.command("wallet", "balance", "--wallet", "nobody"), ExitCode.FAILED, "nobody");
  }

  @Test
  void missingAndWrongCredentials() throws IOException, CliException, RefusedException {
    Path empty = folder.resolve("no-cookie");
    refused(
        node.command("status", "--rpc-cookie-file", empty.toString()),
        ExitCode.NO_ACCESS,
        "wants credentials");
    Path other = Files.writeString(folder.resolve("cookie"), "__cookie__:00");
    refused(
        node.command("status", "--rpc-cookie-file", other.toString()),
        ExitCode.NO_ACCESS,
        "refuses these credentials");
  }

  @Test
  void callsThatMakeNoSense() throws CliException, RefusedException {
    refused(node.command("rpc", "frobnicate"), ExitCode.FAILED, "Method not found (-32601)");
    refused(node.command("rpc", "getblockhash", "x"), ExitCode.FAILED, "(-3)");
    refused(node.command("rpc", "getblockhash", "1000"), ExitCode.FAILED, "out of range (-8)");
    refused(node.command("rpc", "getblock", "[1,"), ExitCode.FAILED, "(-8)");
  }

  @Test
  void noNode() {
    Typed typed =
        Typed.command(
            "--data", folder.resolve("nothing").toString(), "status", "--rpc", "127.0.0.1:1");
    assertThat(typed.exitCode()).isEqualTo(ExitCode.NO_NODE);
    assertThat(typed.err()).contains("no node answers at 127.0.0.1:1").contains("farthing node");
  }

  @Test
  void aDataDirectoryInUse() throws IOException, InterruptedException {
    Launcher.Ended ended = startNode(node.data(), "--port", "0", "--rpc-port", "0");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("already running").contains("--data");
    assertThat(node.directory().rpcPort()).exists();
    assertThat(node.command("status").exitCode()).isZero();
  }

  @Test
  void portsInUse() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Launcher.Ended peers =
          startNode(
              folder.resolve("p2p"), "--bind", "127.0.0.1", "--port", port, "--rpc-port", "0");
      assertThat(peers.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(peers.err()).contains(port).contains("--port");
      Launcher.Ended rpc = startNode(folder.resolve("rpc"), "--port", "0", "--rpc-port", port);
      assertThat(rpc.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(rpc.err()).contains(port).contains("--rpc-port");
    }
  }

  @Test
  void aDirectoryThatCannotBeWritten() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("a-file"), "not a folder");
    Launcher.Ended ended = startNode(file.resolve("below"), "--port", "0", "--rpc-port", "0");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("annot create the data directory").contains("--data");
    assertThat(file).hasContent("not a folder");
  }

  @Test
  void dataOfAnotherNetwork() throws IOException, InterruptedException {
    Path data = folder.resolve("moved");
    RegtestNode.start(data).close();
    Files.move(data.resolve("regtest"), data.resolve("testnet"));
    Launcher.Ended ended =
        Launcher.run(LIMIT, "node", "--data", data.toString(), "--port", "0", "--rpc-port", "0");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("network");
  }

  /** The launcher gives the heap its part; what stands in a file comes too late for that. */
  @Test
  void memoryThatTheHeapDoesNotKeepTo() throws IOException, InterruptedException {
    Path data = Files.createDirectory(folder.resolve("memory"));
    Path file = Files.writeString(data.resolve("small.conf"), "memory=256\n");
    Launcher.Ended inFile = startNode(data, "--conf", file.toString(), "--port", "0");
    assertThat(inFile.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(inFile.err()).contains("--memory=256", "FARTHING_MEMORY", "-Xmx128m");
    Launcher.Ended tooSmall = startNode(data, "--memory", "255");
    assertThat(tooSmall.err()).contains("--memory must be at least 256 MiB, not 255");
    // Nothing is wrong with this one, so that the next option is looked at.
    Launcher.Ended onCommandLine = startNode(data, "--memory=256", "--max-mempool", "1");
    assertThat(onCommandLine.err()).contains("-maxmempool must be at least");
    Launcher.Ended elsewhere = startNode(node.data(), "--memory=256", "--port", "0");
    assertThat(elsewhere.err()).as("its heap is small enough").contains("already running");
  }

  /** Commands read the same file, and are not what it bounds. */
  @Test
  void memoryOfANodeIsNotThatOfCommands() throws IOException, InterruptedException {
    Path data = Files.createDirectory(folder.resolve("bounded"));
    Files.writeString(data.resolve("farthing.conf"), "memory=256\n");
    Launcher.Ended status =
        Launcher.run(LIMIT, "--network", "regtest", "--data", data.toString(), "status");
    assertThat(status.exitCode()).as(status.err()).isEqualTo(ExitCode.NO_NODE);
  }

  @Test
  void anUnknownOption() throws IOException, InterruptedException {
    Launcher.Ended ended = startNode(folder.resolve("unknown"), "--purne", "1");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("unknown option --purne");
    assertThat(folder.resolve("unknown")).doesNotExist();
  }

  private static Launcher.Ended startNode(Path data, String... options)
      throws IOException, InterruptedException {
    List<String> arguments =
        Stream.concat(
                Stream.of("node", "--network", "regtest", "--data", data.toString()),
                Stream.of(options))
            .toList();
    return Launcher.run(LIMIT, arguments.toArray(String[]::new));
  }

  private static void refused(Typed typed, int exitCode, String reason)
      throws CliException, RefusedException {
    assertThat(typed.err()).contains(reason).doesNotContain("Exception");
    assertThat(typed.out()).isEmpty();
    assertThat(typed.exitCode()).isEqualTo(exitCode);
    assertThat(node.rpc().call("getrawmempool")).isEmpty();
  }
}
