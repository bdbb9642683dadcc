package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.client.ChainCalls;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.WalletCalls;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys that do not come from a wallet's words. */
@Command(
    name = "import",
    description = {
      "Make descriptors or private keys part of a wallet, and find their coins.",
      "What has private keys is better read from the terminal or from --file: others",
      "can see commands. The recovery words do not bring it back: a new backup does."
    },
    footer = {
      "",
      "Examples: farthing wallet import --file old.txt --wallet alice",
      "          farthing wallet create watch --watch-only",
      "          farthing wallet import 'wpkh(tpub…/0/*)' --active --wallet watch"
    })
final class WalletImportCommand extends OneWalletCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "DESCRIPTOR",
      description = "with or without checksum; or a private key (default: it is asked for)")
  private List<String> given = new ArrayList<>();

  @Option(names = "--file", paramLabel = "FILE", description = "file that has one on each line")
  private Path file;

  @Option(names = "--active", description = "new addresses come from them from now on")
  private boolean active;

  @Option(names = "--change", description = "they are for change")
  private boolean change;

  @Option(
      names = "--range",
      paramLabel = "N",
      description = "those with * are watched up to this index (default: the wallet decides)")
  private Integer last;

  @Option(names = "--label", paramLabel = "TEXT", description = "what the address is for")
  private String label;

  @Option(
      names = "--from-height",
      paramLabel = "HEIGHT",
      defaultValue = "0",
      description = "the first block that may pay to them (default: all are read)")
  private int fromHeight;

  @Mixin private final Unlocking unlocking = new Unlocking();

  WalletImportCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    ArrayNode requests = Json.array();
    long fromSeconds = fromSeconds(wallet);
    for (String each : texts()) {
      requests.add(request(wallet, each, fromSeconds));
    }
    JsonNode outcomes =
        unlocking.during(wallet, name, session(), () -> wallet.call("importdescriptors", requests));
    int refused = report(requests, outcomes);
    WalletCalls.awaitCaughtUp(wallet, terminal());
    JsonNode balances = wallet.call("getbalances").path("mine");
    if (wantsJson()) {
      ObjectNode result = Json.object().put("wallet", name);
      result.set("outcomes", outcomes);
      terminal().println(Json.pretty(result.set("balances", balances)));
    } else {
      terminal()
          .println(
              "%s imported; wallet '%s' has %s"
                  .formatted(
                      Text.count(requests.size() - refused, "descriptor"),
                      name,
                      Text.coins(balances.path("trusted"))));
    }
    return refused == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<String> texts() throws CliException {
    List<String> texts = new ArrayList<>(given);
    if (file != null) {
      try {
        Files.readString(file).lines().forEach(texts::add);
      } catch (IOException e) {
        throw CliException.usage("cannot read " + file + ": " + e.getMessage());
      }
    } else if (texts.isEmpty()) {
      Optional<String> line =
          terminal().canAsk()
              ? terminal().askSecret("Descriptor or private key: ")
              : terminal().readLine();
      line.ifPresent(texts::add);
    }
    texts.replaceAll(String::strip);
    texts.removeIf(String::isEmpty);
    if (texts.isEmpty()) {
      throw CliException.usage("no descriptors were given");
    }
    return texts;
  }

  /** When the first block that matters was made; the wallet looks at blocks of that time too. */
  private long fromSeconds(RpcClient wallet) throws CliException, RefusedException {
    if (fromHeight <= 0) {
      return 0;
    }
    String hash = wallet.call("getblockhash", fromHeight).asText();
    return wallet.call("getblockheader", hash).path("time").asLong();
  }

  private ObjectNode request(RpcClient wallet, String text, long fromSeconds)
      throws CliException, RefusedException {
    // A key by itself may have been paid to in any form.
    String descriptor = text.contains("(") ? text : "combo(" + text + ")";
    ObjectNode request = Json.object();
    request.put(
        "desc",
        descriptor.contains("#") ? descriptor : ChainCalls.withChecksum(wallet, descriptor));
    request.put("timestamp", fromSeconds);
    request.put("active", active);
    if (change) {
      request.put("internal", true);
    }
    if (last != null) {
      request.putArray("range").add(0).add(last);
    }
    if (label != null) {
      request.put("label", label);
    }
    return request;
  }

  /** Says what is wrong with which; private keys are not repeated. Returns how many failed. */
  private int report(ArrayNode requests, JsonNode outcomes) {
    int refused = 0;
    for (int i = 0; i < requests.size(); i++) {
      JsonNode outcome = outcomes.get(i);
      String which = requests.size() == 1 ? "" : "number " + (i + 1) + ": ";
      outcome.path("warnings").forEach(each -> terminal().note(which + each.asText()));
      if (!outcome.path("success").asBoolean()) {
        refused++;
        String message = outcome.path("error").path("message").asText();
        terminal().note(which + "not imported: " + message);
        hint(message).ifPresent(terminal()::note);
      }
    }
    return refused;
  }

  private static Optional<String> hint(String message) {
    if (message.contains("without private keys to a wallet with")) {
      return Optional.of("what only watches needs a wallet of its own: wallet create --watch-only");
    }
    if (message.contains("with private keys disabled")) {
      return Optional.of("this wallet only watches: choose one that has keys, with --wallet");
    }
    return Optional.empty();
  }
}
