package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A wallet's history or descriptors, for other programs. */
@Command(
    name = "export",
    description = {
      "Write a wallet's history (csv) or its descriptors, for other programs.",
      "Descriptors with --private spend the coins: whoever has them has the coins."
    })
final class WalletExportCommand extends OneWalletCommand {
  private static final String CSV = "csv";
  private static final String DESCRIPTORS = "descriptors";

  @Parameters(index = "0", paramLabel = "WHAT", description = "csv or descriptors")
  private String what;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to (default: the terminal)")
  private Path output;

  @Option(names = "--private", description = "descriptors with private keys")
  private boolean withSecrets;

  @Mixin private final Unlocking unlocking = new Unlocking();

  WalletExportCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    List<String> lines =
        switch (what) {
          case CSV -> csv(wallet);
          case DESCRIPTORS -> descriptors(wallet, name);
          default -> throw CliException.usage("'" + what + "': there are csv and descriptors");
        };
    OutputFile.write(output, lines, terminal());
    return ExitCode.OK;
  }

  private List<String> descriptors(RpcClient wallet, String name)
      throws CliException, RefusedException {
    JsonNode all =
        withSecrets
            ? unlocking.during(wallet, name, session(), () -> wallet.call("listdescriptors", true))
            : wallet.call("listdescriptors");
    if (wantsJson()) {
      return List.of(Json.pretty(all));
    }
    List<String> lines = new ArrayList<>();
    all.path("descriptors").forEach(each -> lines.add(each.path("desc").asText()));
    return lines;
  }

  private static List<String> csv(RpcClient wallet) throws CliException, RefusedException {
    List<String> lines = new ArrayList<>();
    lines.add("time,category,amount,fee,confirmations,height,address,label,txid,output");
    for (JsonNode entry : wallet.call("listsinceblock").path("transactions")) {
      lines.add(
          String.join(
              ",",
              Instant.ofEpochSecond(entry.path("time").asLong()).toString(),
              entry.path("category").asText(),
              Text.coins(entry.path("amount")),
              entry.has("fee") ? Text.coins(entry.path("fee")) : "",
              entry.path("confirmations").asText(),
              entry.path("blockheight").asText(""),
              entry.path("address").asText(""),
              quoted(entry.path("label").asText("")),
              entry.path("txid").asText(),
              entry.path("vout").asText("")));
    }
    return lines;
  }

  /** As RFC 4180 has it; what a spreadsheet could take for a formula stays text. */
  private static String quoted(String text) {
    if (text.isEmpty()) {
      return "";
    }
    String harmless = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return "\"" + harmless.replace("\"", "\"\"") + "\"";
  }
}
