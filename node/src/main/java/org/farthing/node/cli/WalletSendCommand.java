package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pays somebody. */
@Command(
    name = "send",
    description = "Pay an amount of coins to an address.",
    footer = {"", "Example: farthing wallet send fth1q.. 1.5 --wallet alice"})
final class WalletSendCommand extends OneWalletCommand {
  /** How long the wallet stays unlocked, should we be ended before we can lock it again. */
  private static final int UNLOCK_SECONDS = 30;

  @Parameters(index = "0", paramLabel = "ADDRESS", description = "who gets the coins")
  private String address;

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "how many, like 1 or 0.25")
  private String amount;

  @Option(
      names = "--fee-rate",
      paramLabel = "SAT",
      description = "fee in satoshis for each virtual byte (default: the wallet decides)")
  private BigDecimal feeRate;

  @Option(names = "--fee-included", description = "take the fee out of the amount")
  private boolean feeIncluded;

  @Option(names = "--comment", paramLabel = "TEXT", description = "a note, for this wallet only")
  private String comment;

  @Mixin private final Passphrases passphrases = new Passphrases();

  WalletSendCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    ObjectNode payment = Json.object();
    payment.put("amount", AmountArgument.parse(amount));
    payment.put("address", checkedAddress(wallet));
    payment.put("subtractfeefromamount", feeIncluded);
    if (comment != null) {
      payment.put("comment", comment);
    }
    if (feeRate != null) {
      if (feeRate.signum() < 0) {
        throw CliException.usage("the fee rate cannot be negative, like " + feeRate);
      }
      payment.put("fee_rate", feeRate);
    }
    String txid = pay(wallet, name, payment);
    print(wallet, name, txid);
    return ExitCode.OK;
  }

  /** Refuses a mistyped address before it asks for a passphrase. */
  private String checkedAddress(RpcClient node) throws CliException, RefusedException {
    String chain = node.call("getblockchaininfo").path("chain").asText();
    ConsensusParams params =
        ConsensusParams.byName(chain)
            .orElseThrow(() -> CliException.failed("the node is on an unknown network: " + chain));
    try {
      return Address.parse(address, params.network()).toString();
    } catch (WalletException e) {
      throw CliException.usage("address '" + address + "': " + e.getMessage());
    }
  }

  private String pay(RpcClient wallet, String name, ObjectNode payment)
      throws CliException, RefusedException {
    JsonNode unlockedUntil = wallet.call("getwalletinfo").path("unlocked_until");
    boolean locked = unlockedUntil.isNumber() && unlockedUntil.asLong() == 0;
    if (!locked) {
      return wallet.callWith("sendtoaddress", payment).asText();
    }
    wallet.call("walletpassphrase", passphrases.existing(name, session()), UNLOCK_SECONDS);
    try {
      return wallet.callWith("sendtoaddress", payment).asText();
    } finally {
      wallet.call("walletlock");
    }
  }

  private void print(RpcClient wallet, String name, String txid)
      throws CliException, RefusedException {
    JsonNode transaction = wallet.call("gettransaction", txid);
    if (wantsJson()) {
      ObjectNode result = Json.object();
      result.put("wallet", name);
      result.put("txid", txid);
      result.set("amount", transaction.path("amount"));
      result.set("fee", transaction.path("fee"));
      terminal().println(Json.pretty(result));
      return;
    }
    Table table = new Table().left("").left("");
    table.row("sent", Text.coins(Json.of(transaction.path("amount").decimalValue().abs())));
    table.row("fee", Text.coins(Json.of(transaction.path("fee").decimalValue().abs())));
    table.row("to", address);
    table.row("transaction", txid);
    table.print(terminal());
  }
}
