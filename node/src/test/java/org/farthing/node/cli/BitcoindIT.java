package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process that stands in the place of {@code bitcoind}: its files, signals and exit codes. */
@DisabledOnOs(OS.WINDOWS)
class BitcoindIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final String PID_FILE = "bitcoind.pid";

  @TempDir private Path base;

  @Test
  void itsFolderIsAsProgramsExpect() throws IOException, InterruptedException {
    try (BitcoindProcess node = BitcoindProcess.start(base)) {
      Path folder = node.data().folder();
      assertThat(folder.resolve(PID_FILE)).hasContent(Long.toString(node.pid()));
      assertThat(node.data().cookie()).content().matches("__cookie__:[0-9a-f]{64}");
      await().untilAsserted(() -> assertThat(node.data().log()).content().contains("Done loading"));
      for (String name : new String[] {"blocks", "chainstate", "indexes", "wallets"}) {
        assertThat(folder.resolve(name)).isDirectory();
      }
      assertThat(node.data().wallets()).isEmptyDirectory();

      node.terminate();
      assertEndsWell(node);
      assertThat(node.data().cookie()).doesNotExist();
      assertThat(folder.resolve(PID_FILE)).doesNotExist();
    }
  }

  @Test
  void itEndsWellWhenItIsAskedTo()
      throws IOException, InterruptedException, CliException, RefusedException {
    Path told = base.resolve("told");
    try (BitcoindProcess node = BitcoindProcess.start(base, "-shutdownnotify=echo > " + told)) {
      assertThat(node.rpc().call("stop").asText()).endsWith("stopping");
      assertEndsWell(node);
      assertThat(told).exists();
    }
  }

  /** The blocks are being connected again, or about to be, or have just been. */
  @Test
  void aSignalEndsItWellBeforeItHasStarted()
      throws IOException, InterruptedException, CliException, RefusedException {
    try (BitcoindProcess node = BitcoindProcess.start(base)) {
      node.rpc().call("generatetoaddress", 300, ADDRESS);
      node.terminate();
      assertEndsWell(node);
    }
    try (BitcoindProcess node = BitcoindProcess.launch(base, "-reindex")) {
      node.await(node.data().folder().resolve(PID_FILE));
      node.terminate();
      assertEndsWell(node);
    }
    try (BitcoindProcess node = BitcoindProcess.start(base)) {
      assertThat(node.rpc().call("getblockcount").asInt()).isEqualTo(300);
    }
  }

  /** Its clock stands before the tip's time, by more than blocks may be in the future. */
  @Test
  void aChainFromTheFutureIsNotTrusted()
      throws IOException, InterruptedException, CliException, RefusedException {
    long time;
    try (BitcoindProcess node = BitcoindProcess.start(base)) {
      node.rpc().call("generatetoaddress", 1, ADDRESS);
      time = node.rpc().call("getblockchaininfo").get("time").asLong();
      node.terminate();
      assertEndsWell(node);
    }
    long limit = time - 2 * 60 * 60;
    try (BitcoindProcess node = BitcoindProcess.launch(base, "-mocktime=" + (limit - 1))) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.errors())
          .isEqualToNormalizingNewlines(
              "The block database contains a block which appears to be from the future. This"
                  + " may be due to your computer's date and time being set incorrectly. Only"
                  + " rebuild the block database if you are sure that your computer's date and time"
                  + " are correct.\n"
                  + "Please restart with -reindex or -reindex-chainstate to recover.\n");
    }
    try (BitcoindProcess node = BitcoindProcess.start(base, "-mocktime=" + limit)) {
      assertThat(node.rpc().call("getblockcount").asInt()).isEqualTo(1);
    }
  }

  @Test
  void itStopsWhenItsChainIsHighEnough()
      throws IOException, InterruptedException, CliException, RefusedException {
    try (BitcoindProcess node = BitcoindProcess.start(base, "-stopatheight=5")) {
      node.rpc().call("generatetoaddress", 4, ADDRESS);
      assertThat(node.rpc().call("getblockcount").asInt()).isEqualTo(4);
      try {
        node.rpc().call("generatetoaddress", 3, ADDRESS);
      } catch (CliException | RefusedException e) {
        // It may be about to stop, or gone, before all three are made.
      }
      assertEndsWell(node);
    }
    try (BitcoindProcess node = BitcoindProcess.start(base)) {
      assertThat(node.rpc().call("getblockcount").asInt()).isEqualTo(5);
    }
  }

  @Test
  void commandsRunAtTheStartAndAtTips()
      throws IOException, InterruptedException, CliException, RefusedException {
    Path started = base.resolve("started");
    try (BitcoindProcess node =
        BitcoindProcess.start(
            base,
            "-startupnotify=echo > " + started,
            "-blocknotify=echo > " + base.resolve("tip-%s"))) {
      await().until(() -> Files.exists(started));
      String hash = node.rpc().call("generatetoaddress", 1, ADDRESS).get(0).asText();
      await().until(() -> Files.exists(base.resolve("tip-" + hash)));
    }
  }

  @Test
  void withoutServerNobodyCanCall() throws IOException, InterruptedException {
    try (BitcoindProcess node = BitcoindProcess.launch(base, "-server=0")) {
      node.await(node.data().p2pPort());
      assertThat(node.data().rpcPort()).doesNotExist();
      assertThat(node.data().cookie()).doesNotExist();
      node.terminate();
      assertEndsWell(node);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -foo | Error: Error parsing command line arguments: Invalid parameter -foo
          -minimumchainwork=x | Error: Invalid minimum work specified (x), must be up to 64 hex digits
          """)
  void whatIsWrongIsRefused(String option, String error) throws IOException, InterruptedException {
    try (BitcoindProcess node = BitcoindProcess.launch(base, option)) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.errors()).isEqualToIgnoringNewLines(error);
      assertThat(node.data().folder()).doesNotExist();
    }
  }

  @Test
  void aFolderOfBitcoinCoresIsLeftAlone() throws IOException, InterruptedException {
    Path blocks = Files.createDirectories(base.resolve("regtest").resolve("blocks"));
    Files.createFile(blocks.resolve("blk00000.dat"));
    try (BitcoindProcess node = BitcoindProcess.launch(base)) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.errors()).startsWith("Error: The folder").contains("of Bitcoin Core");
      assertThat(node.data().folder()).isDirectoryNotContaining("glob:**.{log,lock,pid}");
    }
  }

  private static void assertEndsWell(BitcoindProcess node)
      throws IOException, InterruptedException {
    assertThat(node.exitCode()).isZero();
    assertThat(node.errors()).isEmpty();
  }
}
