package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A new wallet. */
@Command(
    name = "create",
    description = {
      "Make a wallet, and show the words that recover it.",
      "Its seed is encrypted under a passphrase, which is asked for if it is not given."
    })
final class WalletCreateCommand extends ClientCommand {
  private static final int WORDS_IN_ROW = 4;
  private static final int TRIES = 3;

  @Parameters(index = "0", paramLabel = "NAME", description = "how it is to be called")
  private String name;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "12",
      description = "recovery words: 12, 15, 18, 21 or 24 (default: ${DEFAULT-VALUE})")
  private int wordCount;

  @Option(
      names = "--watch-only",
      description = "without keys: it watches what 'farthing wallet import' says")
  private boolean watchOnly;

  @Mixin private final NewPassphrase protection = new NewPassphrase();

  WalletCreateCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    ObjectNode request = Json.object();
    request.put("wallet_name", name);
    if (watchOnly) {
      return createWatching(node, request);
    }
    protection.choose(session()).ifPresent(text -> request.put("passphrase", text));
    request.put("words", wordCount);
    request.put("load_on_startup", true);
    JsonNode created = node.callWith("createwallet", request);
    if (wantsJson()) {
      terminal().println(Json.pretty(created));
      return ExitCode.OK;
    }
    terminal().println("wallet '" + name + "' is made. Its recovery words:");
    terminal().println("");
    List<String> words = List.of(created.path("mnemonic").asText().split(" "));
    show(words);
    terminal().println("");
    terminal().println("Write them down, on paper, now: they are shown this once, and whoever has");
    terminal().println("them has the coins. 'farthing wallet restore' makes the wallet from them.");
    for (JsonNode warning : created.path("warnings")) {
      terminal().note(warning.asText());
    }
    return terminal().canAsk() ? askBack(words) : ExitCode.OK;
  }

  private int createWatching(RpcClient node, ObjectNode request)
      throws CliException, RefusedException {
    request.put("disable_private_keys", true);
    request.put("load_on_startup", true);
    JsonNode created = node.callWith("createwallet", request);
    if (wantsJson()) {
      terminal().println(Json.pretty(created));
    } else {
      terminal().println("wallet '" + name + "' is made; it has no keys, and only watches.");
      terminal().println("What it watches: farthing wallet import DESCRIPTOR --wallet " + name);
    }
    return ExitCode.OK;
  }

  /** In rows of four, each with its number. */
  private void show(List<String> words) {
    for (int row = 0; row < words.size(); row += WORDS_IN_ROW) {
      StringBuilder line = new StringBuilder();
      for (int i = row; i < Math.min(words.size(), row + WORDS_IN_ROW); i++) {
        line.append(String.format(Locale.ROOT, "  %2d %-11s", i + 1, words.get(i)));
      }
      terminal().println(terminal().styled(Style.BOLD, line.toString().stripTrailing()));
    }
  }

  /** Who can say two of the words has written them down. */
  private int askBack(List<String> words) {
    SecureRandom random = new SecureRandom();
    int first = random.nextInt(words.size());
    int second = (first + 1 + random.nextInt(words.size() - 1)) % words.size();
    for (int place : new int[] {Math.min(first, second), Math.max(first, second)}) {
      int tries = TRIES;
      while (!isRight(words, place)) {
        tries--;
        terminal().note("that is not word " + (place + 1));
        if (tries == 0) {
          terminal().note("the wallet is there, but without its words nobody can restore it:");
          terminal().note("if they are lost, make another one and use that.");
          return ExitCode.FAILED;
        }
      }
    }
    terminal().note("right");
    return ExitCode.OK;
  }

  private boolean isRight(List<String> words, int place) {
    String answer = terminal().ask("Word " + (place + 1) + ": ").orElse("");
    return answer.strip().toLowerCase(Locale.ROOT).equals(words.get(place));
  }
}
