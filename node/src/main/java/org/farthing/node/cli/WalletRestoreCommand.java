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
import org.farthing.node.cli.client.WalletCalls;
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
      "Make a wallet from recovery words or a backup, and find its coins.",
      "The words are read from the terminal, from --words-file, or from standard input."
    })
final class WalletRestoreCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "how it is to be called here")
  private String name;

  @Option(names = "--words-file", paramLabel = "FILE", description = "file that has the words")
  private Path file;

  @Option(
      names = "--words-passphrase",
      description = "the words have a passphrase of their own (BIP39): ask for it")
  private boolean asksWordsPassphrase;

  @Option(
      names = "--words-passphrase-file",
      paramLabel = "FILE",
      description = "the words' own passphrase is the first line of this file")
  private Path wordsPassphrase;

  @Option(
      names = "--from-height",
      paramLabel = "HEIGHT",
      defaultValue = "0",
      description = "the first block that may pay to the words' keys (default: all are read)")
  private int fromHeight;

  @Option(
      names = "--backup",
      paramLabel = "FILE",
      description = "in the place of words: a file that 'farthing wallet backup' wrote")
  private Path backup;

  @Mixin private final NewPassphrase protection = new NewPassphrase();

  WalletRestoreCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    if (backup == null) {
      fromWords(node);
    } else {
      fromBackup(node);
    }
    RpcClient wallet = node.wallet(name);
    WalletCalls.awaitCaughtUp(wallet, terminal());
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

  private void fromWords(RpcClient node) throws CliException, RefusedException {
    String words = checked(readWords());
    String ownPassphrase = readWordsPassphrase();
    ObjectNode request = Json.object();
    request.put("wallet_name", name);
    protection.choose(session()).ifPresent(text -> request.put("passphrase", text));
    request.put("mnemonic", words);
    request.put("mnemonic_passphrase", ownPassphrase);
    request.put("from_height", fromHeight);
    request.put("load_on_startup", true);
    node.callWith("restorewalletfromwords", request);
  }

  /** With the passphrase that the wallet had. */
  private void fromBackup(RpcClient node) throws CliException, RefusedException {
    if (file != null || asksWordsPassphrase || wordsPassphrase != null || fromHeight != 0) {
      throw CliException.usage(
          "--backup has all that is needed: no words, nor what belongs to them");
    }
    if (!Files.isRegularFile(backup)) {
      throw CliException.usage("there is no file " + backup);
    }
    ObjectNode request = Json.object();
    request.put("wallet_name", name);
    request.put("backup_file", backup.toAbsolutePath().toString());
    request.put("load_on_startup", true);
    node.callWith("restorewallet", request);
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

  /** Empty where there is none: whoever has one says so, since any passphrase makes a wallet. */
  private String readWordsPassphrase() throws CliException {
    if (wordsPassphrase != null) {
      return Passphrases.firstLine(wordsPassphrase);
    }
    if (!asksWordsPassphrase) {
      return "";
    }
    return terminal()
        .askSecret("Passphrase of the words: ")
        .orElseThrow(
            () ->
                CliException.usage("nobody can be asked for the words' passphrase")
                    .hint("give --words-passphrase-file FILE."));
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
