package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Payments that several wallets sign (BIP174). */
@Command(
    name = "psbt",
    description = {
      "Payments that are signed by several wallets, or by other programs (BIP174).",
      "A PSBT is given as text, or as the name of a file that has it."
    },
    synopsisSubcommandLabel = "COMMAND")
final class WalletPsbtCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static CommandLine commandLine(Session session) {
    return new CommandLine(new WalletPsbtCommand())
        .addSubcommand(new Create(session))
        .addSubcommand(new Show(session))
        .addSubcommand(new Sign(session))
        .addSubcommand(new Combine(session))
        .addSubcommand(new Convert(session))
        .addSubcommand(new Send(session));
  }

  /** The text of a PSBT, or of the file of this name. */
  static String read(String textOrFile) throws CliException {
    if (textOrFile.startsWith("cHNid")) {
      return textOrFile;
    }
    try {
      return Files.readString(Path.of(textOrFile)).strip();
    } catch (IOException e) {
      throw CliException.usage("'" + textOrFile + "' is neither a PSBT nor a file that has one");
    }
  }

  /** A command that comes out with a PSBT. */
  private abstract static class Making extends OneWalletCommand {
    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "write it to this file (default: the terminal)")
    private Path output;

    Making(Session session) {
      super(session);
    }

    final void write(String psbt) throws CliException {
      OutputFile.write(output, List.of(psbt), terminal());
    }
  }

  /** A payment that nobody has signed. */
  @Command(name = "create", description = "Plan a payment; nobody has signed it.")
  static final class Create extends Making {
    @Parameters(index = "0", paramLabel = "ADDRESS", description = "who gets the coins")
    private String address;

    @Parameters(index = "1", paramLabel = "AMOUNT", description = "how many")
    private String amount;

    @Option(
        names = "--fee-rate",
        paramLabel = "SAT",
        description = "fee in satoshis for each virtual byte (default: the wallet decides)")
    private BigDecimal feeRate;

    Create(Session session) {
      super(session);
    }

    @Override
    int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
      ObjectNode request = Json.object();
      request.putArray("inputs");
      String payee = Addresses.address(address, Addresses.network(wallet)).toString();
      request.putArray("outputs").addObject().put(payee, AmountArgument.parse(amount));
      if (feeRate != null) {
        request.putObject("options").put("fee_rate", feeRate);
      }
      write(wallet.callWith("walletcreatefundedpsbt", request).path("psbt").asText());
      return ExitCode.OK;
    }
  }

  /** Adds what a wallet can sign. */
  @Command(name = "sign", description = "Show what it pays, ask, and add this wallet's signatures.")
  static final class Sign extends Making {
    @Parameters(index = "0", paramLabel = "PSBT", description = "text or file")
    private String psbt;

    @Mixin private final Consent consent = new Consent();

    @Mixin private final Unlocking unlocking = new Unlocking();

    Sign(Session session) {
      super(session);
    }

    @Override
    int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
      String text = read(psbt);
      if (!consent.isGiven()) {
        table(wallet, text).lines(terminal()).forEach(terminal()::note);
        consent.ask(session(), "Sign?");
      }
      JsonNode signed =
          unlocking.during(wallet, name, session(), () -> wallet.call("walletprocesspsbt", text));
      write(signed.path("psbt").asText());
      terminal()
          .note(
              signed.path("complete").asBoolean()
                  ? "all have signed: farthing wallet psbt send"
                  : "further signatures are needed");
      return ExitCode.OK;
    }
  }

  /** What it pays, and to whom. */
  private static Table table(RpcClient node, String text) throws CliException, RefusedException {
    return PsbtText.table(node.call("decodepsbt", text));
  }

  /** What a PSBT says. */
  @Command(name = "show", description = "Show what it pays, and who has to sign.")
  static final class Show extends ClientCommand {
    @Parameters(index = "0", paramLabel = "PSBT", description = "text or file")
    private String psbt;

    Show(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      String text = read(psbt);
      JsonNode analysis = node.call("analyzepsbt", text);
      if (wantsJson()) {
        terminal().println(Json.pretty(analysis));
        return ExitCode.OK;
      }
      table(node, text).print(terminal());
      String next = analysis.path("next").asText();
      terminal()
          .println(
              switch (next) {
                case "extractor", "finalizer" -> "all have signed: farthing wallet psbt send";
                case "signer" -> "signatures are missing: farthing wallet psbt sign";
                default -> "next: " + next;
              });
      return ExitCode.OK;
    }
  }

  /** One PSBT of several. */
  @Command(name = "combine", description = "Put the signatures of several PSBTs together.")
  static final class Combine extends Making {
    @Parameters(arity = "2..*", paramLabel = "PSBT", description = "texts or files")
    private List<String> psbts = new ArrayList<>();

    Combine(Session session) {
      super(session);
    }

    @Override
    int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
      ArrayNode texts = Json.array();
      for (String psbt : psbts) {
        texts.add(read(psbt));
      }
      write(wallet.call("combinepsbt", texts).asText());
      return ExitCode.OK;
    }
  }

  /** In another version; no node is asked. */
  @Command(
      name = "convert",
      description = "Write it in the other version (BIP174, BIP370): many programs read one only.")
  static final class Convert implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "PSBT", description = "text or file")
    private String psbt;

    @Option(
        names = "--to",
        paramLabel = "VERSION",
        description = "0 or 2 (default: the one that it has not)")
    private Integer version;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "write it to this file (default: the terminal)")
    private Path output;

    Convert(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() throws CliException {
      Psbt read = parsed(read(psbt));
      int wanted = version == null ? Psbt.HIGHEST_VERSION - read.version() : version;
      if (wanted != 0 && wanted != Psbt.HIGHEST_VERSION) {
        throw CliException.usage("there is no version " + wanted + ", only 0 and 2");
      }
      Psbt converted =
          read.inVersion(wanted)
              .orElseThrow(
                  () -> CliException.failed("its inputs want lock times that exclude each other"));
      OutputFile.write(output, List.of(PsbtCodec.format(converted)), session.terminal());
      return ExitCode.OK;
    }

    private static Psbt parsed(String text) throws CliException {
      try {
        return PsbtCodec.parse(text);
      } catch (DecodeException e) {
        throw CliException.usage("this is no PSBT: " + e.getMessage());
      }
    }
  }

  /** Into the mempool. */
  @Command(name = "send", description = "Send a payment that all have signed.")
  static final class Send extends ClientCommand {
    @Parameters(index = "0", paramLabel = "PSBT", description = "text or file")
    private String psbt;

    @Mixin private final Consent consent = new Consent();

    Send(Session session) {
      super(session);
    }

    @Override
    int run(RpcClient node) throws CliException, RefusedException {
      String text = read(psbt);
      JsonNode finished = node.call("finalizepsbt", text);
      if (!finished.path("complete").asBoolean()) {
        throw CliException.failed("signatures are missing")
            .hint("'farthing wallet psbt sign' adds those of a wallet.");
      }
      if (!consent.isGiven()) {
        table(node, text).lines(terminal()).forEach(terminal()::note);
        consent.ask(session(), "Send?");
      }
      String txid = node.call("sendrawtransaction", finished.path("hex").asText()).asText();
      terminal().println(wantsJson() ? Json.pretty(Json.object().put("txid", txid)) : txid);
      return ExitCode.OK;
    }
  }
}
