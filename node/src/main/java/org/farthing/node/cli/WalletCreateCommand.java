package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
  @Parameters(index = "0", paramLabel = "NAME", description = "how it is to be called")
  private String name;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "12",
      description = "recovery words: 12, 15, 18, 21 or 24 (default: ${DEFAULT-VALUE})")
  private int wordCount;

  @Mixin private final NewPassphrase protection = new NewPassphrase();

  WalletCreateCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    ObjectNode request = Json.object();
    request.put("wallet_name", name);
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
    terminal().println("  " + terminal().styled(Style.BOLD, created.path("mnemonic").asText()));
    terminal().println("");
    terminal().println("Write them down, on paper, now: they are shown this once, and whoever has");
    terminal().println("them has the coins. 'farthing wallet restore' makes the wallet from them.");
    for (JsonNode warning : created.path("warnings")) {
      terminal().note(warning.asText());
    }
    return ExitCode.OK;
  }
}
