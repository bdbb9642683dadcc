package org.farthing.node.cli;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.QrText;
import org.farthing.wallet.address.PaymentUri;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A fresh address with all that a payer could want. */
@Command(name = "receive", description = "Make a fresh address, with a payment link and a QR code.")
final class WalletReceiveCommand extends OneWalletCommand {
  @Option(names = "--label", paramLabel = "TEXT", description = "what it is for, for this wallet")
  private String label = "";

  @Option(names = "--amount", paramLabel = "AMOUNT", description = "how much is asked for")
  private String amount;

  @Option(names = "--message", paramLabel = "TEXT", description = "what the payer is told")
  private String message;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "legacy, p2sh-segwit, bech32 or bech32m (default: the wallet's)")
  private String type;

  @Option(names = "--no-qr", description = "no QR code")
  private boolean noQr;

  WalletReceiveCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    OptionalLong sat =
        amount == null ? OptionalLong.empty() : OptionalLong.of(AmountArgument.sat(amount));
    String address =
        type == null
            ? wallet.call("getnewaddress", label).asText()
            : wallet.call("getnewaddress", label, type).asText();
    String link =
        new PaymentUri(
                Addresses.address(address, Addresses.network(wallet)),
                sat,
                Optional.empty(),
                Optional.ofNullable(message))
            .toString();
    if (wantsJson()) {
      terminal()
          .println(
              Json.pretty(
                  Json.object().put("wallet", name).put("address", address).put("link", link)));
      return ExitCode.OK;
    }
    if (!noQr && terminal().isShown() && QrText.isPrintable(Charset.defaultCharset())) {
      QrText.lines(link).forEach(terminal()::println);
    }
    terminal().println(address);
    terminal().println(link);
    return ExitCode.OK;
  }
}
