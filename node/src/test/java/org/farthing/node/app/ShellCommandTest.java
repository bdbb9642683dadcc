package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ShellCommandTest {
  @TempDir Path folder;

  @Test
  void theTextStandsInQuotes() {
    assertThat(ShellCommand.withText("echo %s >> %s.txt", "two words (bit 3)"))
        .isEqualTo("echo 'two words (bit 3)' >> 'two words (bit 3)'.txt");
  }

  @Test
  void noTextEndsItsQuotation() {
    assertThat(ShellCommand.withText("echo %s", "a'; rm -rf $HOME `id` \"b\" \\ | & < > \n %s"))
        .isEqualTo("echo 'a; rm -rf HOME id b       s'");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aHashStandsAsItIs() {
    BlockHash hash = ConsensusParams.regtest().genesis().hash();
    ShellCommand.at(hash, "echo > \"" + folder.resolve("%s") + "\"");
    await().until(() -> Files.exists(folder.resolve(hash.toString())));
  }

  @Test
  void aWalletsTransactionIsToldWithItsBlock() {
    Transaction coinbase = ConsensusParams.regtest().genesis().transactions().get(0);
    BlockHash hash = ConsensusParams.regtest().genesis().hash();
    WalletTx waiting =
        new WalletTx(
            coinbase, TxState.Pending.INSTANCE, WalletTx.Times.at(0), 0, WalletTx.Notes.NONE);
    WalletTx confirmed = waiting.withState(new TxState.Confirmed(hash, 7, 0, 0));
    assertThat(ShellCommand.withTransaction("echo %h_%b > %w_%s", "a", waiting))
        .isEqualTo("echo -1_unconfirmed > 'a'_" + coinbase.txid());
    assertThat(ShellCommand.withTransaction("%s %h %b", "a", confirmed))
        .isEqualTo(coinbase.txid() + " 7 " + hash);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void noNameOfAWalletIsMoreThanAWord() {
    Transaction coinbase = ConsensusParams.regtest().genesis().transactions().get(0);
    WalletTx waiting =
        new WalletTx(
            coinbase, TxState.Pending.INSTANCE, WalletTx.Times.at(0), 0, WalletTx.Notes.NONE);
    String name = "it's $(touch x) \"b\" `id`; exit 3";
    Path file = folder.resolve("out");
    ShellCommand.at(name, waiting, "echo %w > " + file);
    await().until(() -> Files.exists(file) && Files.size(file) > 0);
    assertThat(file).hasContent(name);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void itWaitsForAll() {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    ShellCommand.runAndWait(List.of("echo > \"" + first + "\"", "exit 3", "echo > " + second));
    assertThat(first).exists();
    assertThat(second).exists();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theShellRunsIt() throws Exception {
    Path file = folder.resolve("alert.txt");
    ShellCommand.at("a warning", Optional.of("echo %s >> \"" + file + "\""));
    await().until(() -> Files.exists(file) && Files.size(file) > 0);
    assertThat(file).hasContent("a warning");
  }
}
