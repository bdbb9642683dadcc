package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Text;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.Mnemonic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A wallet from its recovery words. */
@Command(
    name = "restore",
    description = {
      "Make a wallet from recovery words, and find its coins.",
      "The words are read from the terminal, from --words-file, or from standard input."
    })
final class WalletRestoreCommand extends ClientCommand {
  private static final long PAUSE_MILLIS = 100;

  @Parameters(index = "0", paramLabel = "NAME", description = "how it is to be called here")
  private String name;

  @Option(names = "--words-file", paramLabel = "FILE", description = "file that has the words")
  private Path file;

  @Mixin private final NewPassphrase protection = new NewPassphrase();

  WalletRestoreCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    String words = checked(readWords());
    ObjectNode request = Json.object();
    request.put("wallet_name", name);
    protection.choose(session()).ifPresent(text -> request.put("passphrase", text));
    request.put("mnemonic", words);
    request.put("load_on_startup", true);
    node.callWith("restorewalletfromwords", request);
    RpcClient wallet = node.wallet(name);
    awaitCaughtUp(wallet);
    JsonNode balances = wallet.call("getbalances").path("mine");
    if (wantsJson()) {
      terminal().println(Json.pretty(Json.object().put("name", name).set("balances", balances)));
    } else {
      terminal()
          .println(
              "wallet '" + name + "' is restored; it has " + Text.coins(balances.path("trusted")));
    }
    return ExitCode.OK;
  }

  /** The node looks through the chain for payments to the wallet. */
  private void awaitCaughtUp(RpcClient wallet) throws CliException, RefusedException {
    try {
      while (true) {
        JsonNode scanning = wallet.call("getwalletinfo").path("scanning");
        if (!scanning.isObject()) {
          return;
        }
        terminal().draft("looking for coins, at height " + scanning.path("height").asText());
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted; the node goes on to look for the wallet's coins");
    } finally {
      terminal().clearDraft();
    }
  }

  private String readWords() throws CliException {
    if (file != null) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw CliException.usage("cannot read " + file + ": " + e.getMessage());
      }
    }
    Optional<String> line =
        terminal().canAsk() ? terminal().askSecret("Recovery words: ") : terminal().readLine();
    return line.orElseThrow(() -> CliException.usage("no recovery words were given"));
  }

  /** Says what is wrong with the words before it asks for a passphrase. */
  private static String checked(String text) throws CliException {
    try {
      return String.join(" ", Mnemonic.parse(text).words());
    } catch (WalletException e) {
      throw CliException.usage(e.getMessage());
    }
  }
}
