package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
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
