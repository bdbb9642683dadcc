package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A higher fee for a payment that waits. */
@Command(
    name = "bump",
    description = "Put a transaction with a higher fee in the place of one that waits.")
final class WalletBumpCommand extends OneWalletCommand {
  @Parameters(index = "0", paramLabel = "TXID", description = "the transaction that waits")
  private String txid;

  @Option(
      names = "--fee-rate",
      paramLabel = "SAT",
      description = "new fee in satoshis for each virtual byte (default: the wallet decides)")
  private BigDecimal feeRate;

  @Mixin private final Consent consent = new Consent();

  @Mixin private final Unlocking unlocking = new Unlocking();

  WalletBumpCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    ObjectNode request = Json.object().put("txid", txid);
    if (feeRate != null) {
      request.putObject("options").put("fee_rate", feeRate);
    }
    if (!consent.isGiven()) {
      JsonNode plan = wallet.callWith("psbtbumpfee", request);
      if (!wantsJson()) {
        show(plan);
      }
      consent.ask(session(), "Raise the fee?");
    }
    JsonNode done =
        unlocking.during(wallet, name, session(), () -> wallet.callWith("bumpfee", request));
    if (wantsJson()) {
      terminal().println(Json.pretty(done));
    } else {
      show(done);
      terminal().println("transaction " + done.path("txid").asText());
    }
    return ExitCode.OK;
  }

  private void show(JsonNode fees) {
    Table table = new Table().left("").right("");
    table.row("fee before", Text.coins(fees.path("origfee")));
    table.row("new fee", Text.coins(fees.path("fee")));
    table.print(terminal());
  }
}
