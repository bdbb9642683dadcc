package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.farthing.node.cli.outcome.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          frobnicate                            | unknown command 'frobnicate'
          wallt list                            | unknown command 'wallt'; did you mean wallet?
          status --jsn                          | unknown option --jsn; did you mean --json?
          status now                            | one argument too many: 'now'
          --netwrok regtest status              | unknown option --netwrok; did you mean --network?
          node --prot 1                         | unknown option --prot; did you mean --port?
          wallet                                | a command is missing
          wallet send                           | Missing required parameter: 'ADDRESS'
          testnet --nodes 0                     | --nodes wants a number from 1 to 64, not 0
          testnet --nodes four                  | 'four'
          testnet --miners 0                    | --miners wants a number from 1, not 0
          testnet --network regtest             | always on testnet
          status --network mainnet              | network: 'mainnet' is not known
          --network mainnet status              | network: 'mainnet' is not known
          node --port 70000                     | port: expected a whole number from 0 to 65535
          node --log-level loud                 | log-level: expected trace, debug
          node --rpc-user me                    | rpc-user needs rpc-password
          status --rpc nowhere:x                | 'nowhere:x' is not HOST:PORT
          rpc getblockcount --network regtest   | options stand before the method
          """)
  void wrongCommandLinesAreExplained(String line, String expected) {
    Typed typed = Typed.command(line.split(" "));
    assertThat(typed.err()).contains(expected);
    assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(typed.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "help", "wallet --help", "help wallet", "node --help"})
  void helpGoesToStandardOutput(String line) {
    Typed typed = Typed.command(line.split(" "));
    assertThat(typed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(typed.out()).contains("Usage: farthing");
    assertThat(typed.err()).isEmpty();
  }

  @Test
  void eachCommandHasADescriptionAndNoLineOfHelpIsTooLong() {
    CommandLine root =
        Farthing.commandLine(new Session(new Typed().terminal(), java.util.Map.of()));
    assertThat(all(root))
        .allSatisfy(
            command -> {
              CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
              assertThat(usage.description()).as(command.getCommandName()).isNotEmpty();
              assertThat(command.getUsageMessage().lines()).allMatch(line -> line.length() <= 80);
            });
  }

  @Test
  void theCompletionScriptKnowsTheCommandsAndTheirOptions() {
    Typed typed = Typed.command("completion");
    assertThat(typed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(typed.out())
        .contains(
            List.of("testnet", "restore", "--exit-after-payment", "--fee-rate", "--add-node"));
  }

  @Test
  void versionSaysWhatItRunsOn() {
    assertThat(Typed.command("version").out())
        .startsWith("farthing ")
        .contains("Java " + System.getProperty("java.version"));
    assertThat(Typed.command("--version").out()).isEqualTo(Typed.command("version").out());
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(CommandLineTest::all));
  }
}
