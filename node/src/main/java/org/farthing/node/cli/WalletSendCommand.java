package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.farthing.consensus.params.Network;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;
import org.farthing.wallet.address.PaymentUri;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pays somebody. */
@Command(
    name = "send",
    description = {
      "Pay an amount of coins to an address, or what a payment link asks for; or to",
      "several addresses by one transaction, ADDRESS AMOUNT ADDRESS AMOUNT.",
      "It shows what is paid, the fee and the change, and asks."
    },
    footer = {
      "",
      "Examples: farthing wallet send fth1q.. 1.5 --wallet alice",
      "          farthing wallet send 'fth:fth1q..?amount=1.5'",
      "          farthing wallet send fth1q.. all",
      "          farthing wallet send fth1q.. 1.5 fth1p.. 0.25"
    })
final class WalletSendCommand extends OneWalletCommand {
  private static final String ALL = "all";

  @Parameters(index = "0", paramLabel = "ADDRESS", description = "who gets the coins, or a link")
  private String payee;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "AMOUNT",
      description = "how many, like 1 or 0.25, or all (not if the link says it)")
  private String amount;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "ADDRESS AMOUNT",
      description = "who else gets how many")
  private List<String> further = new ArrayList<>();

  @Option(
      names = "--fee-rate",
      paramLabel = "SAT",
      description = "fee in satoshis for each virtual byte (default: the wallet decides)")
  private BigDecimal feeRate;

  @Option(names = "--fee-included", description = "take the fee out of what is paid")
  private boolean feeIncluded;

  @Option(names = "--comment", paramLabel = "TEXT", description = "a note, for this wallet only")
  private String comment;

  @Mixin private final Consent consent = new Consent();

  @Mixin private final Unlocking unlocking = new Unlocking();

  WalletSendCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    if (feeRate != null && feeRate.signum() < 0) {
      throw CliException.usage("the fee rate cannot be negative, like " + feeRate);
    }
    if (ALL.equals(amount)) {
      return sendAll(wallet, name);
    }
    Payees payees = Payees.parse(payee, amount, further, Addresses.network(wallet));
    JsonNode plan = null;
    if (!consent.isGiven()) {
      plan = plan(wallet, payees);
      if (!wantsJson()) {
        show(wallet, name, payees, plan);
      }
      consent.ask(session(), "Send?");
    }
    JsonNode shown = plan;
    String txid = unlocking.during(wallet, name, session(), () -> pay(wallet, name, payees, shown));
    print(wallet, name, payees.addresses().toList(), txid);
    return ExitCode.OK;
  }

  /** All that the wallet can spend now; the fee comes out of it. */
  private int sendAll(RpcClient wallet, String name) throws CliException, RefusedException {
    if (!further.isEmpty()) {
      throw CliException.usage("an amount of 'all' leaves nothing for others");
    }
    if (comment != null) {
      throw CliException.usage("--comment does not go with an amount of 'all'");
    }
    String address = addressForAll(Addresses.network(wallet));
    ObjectNode request = Json.object();
    request.putArray("recipients").add(address);
    ObjectNode options = request.putObject("options").put("psbt", true);
    if (feeRate != null) {
      options.put("fee_rate", feeRate);
    }
    JsonNode plan =
        unlocking.during(wallet, name, session(), () -> wallet.callWith("sendall", request));
    if (!plan.path("complete").asBoolean()) {
      throw incomplete(name);
    }
    if (!consent.isGiven()) {
      JsonNode decoded = wallet.call("decodepsbt", plan.path("psbt").asText());
      PsbtText.table(decoded).lines(terminal()).forEach(terminal()::note);
      consent.ask(session(), "Send?");
    }
    String txid = wallet.call("sendrawtransaction", plan.path("hex").asText()).asText();
    print(wallet, name, List.of(address), txid);
    return ExitCode.OK;
  }

  private String addressForAll(Network network) throws CliException {
    if (!PaymentUri.isUri(payee)) {
      return Addresses.address(payee, network).toString();
    }
    PaymentUri link = Addresses.link(payee, network);
    if (link.amountSat().isPresent()) {
      throw Payees.linkHasAmount();
    }
    return link.address().toString();
  }

  private static CliException incomplete(String name) {
    return CliException.failed("wallet '" + name + "' has not all the keys that it takes")
        .hint("'farthing wallet psbt' is for wallets that sign together.");
  }

  /** What the payment would be; nothing is kept of it. */
  private JsonNode plan(RpcClient wallet, Payees payees) throws CliException, RefusedException {
    ObjectNode options = Json.object();
    if (feeRate != null) {
      options.put("fee_rate", feeRate);
    }
    if (feeIncluded) {
      ArrayNode from = options.putArray("subtractFeeFromOutputs");
      IntStream.range(0, payees.all().size()).forEach(from::add);
    }
    ObjectNode request = Json.object();
    request.putArray("inputs");
    request.set("outputs", payees.outputs());
    request.set("options", options);
    return wallet.callWith("walletcreatefundedpsbt", request);
  }

  private void show(RpcClient wallet, String name, Payees payees, JsonNode plan)
      throws CliException, RefusedException {
    List<PsbtText.Output> outputs =
        PsbtText.outputs(wallet.call("decodepsbt", plan.path("psbt").asText()));
    int change = plan.path("changepos").asInt(-1);
    BigDecimal fee = plan.path("fee").decimalValue();
    BigDecimal together = feeIncluded ? payees.coins() : payees.coins().add(fee);
    Table table = new Table().left("").right("").left("");
    for (int i = 0; i < outputs.size(); i++) {
      if (i != change) {
        table.row("pay", Text.coins(outputs.get(i).coins()), "to " + outputs.get(i).payee());
      }
    }
    table.row("fee", Text.coins(Json.of(fee)), feeIncluded ? fromAmounts(payees) : "");
    table.row("together", Text.coins(Json.of(together)), "from wallet '" + name + "'");
    if (change >= 0) {
      table.row("change", Text.coins(outputs.get(change).coins()), "back to the wallet");
    }
    table.lines(terminal()).forEach(terminal()::note);
  }

  private static String fromAmounts(Payees payees) {
    return payees.areSeveral() ? "from the amounts, in equal parts" : "from the amount";
  }

  /** Makes the payment, of the coins that were shown. */
  private String pay(RpcClient wallet, String name, Payees payees, JsonNode plan)
      throws CliException, RefusedException {
    if (plan != null && comment == null) {
      JsonNode signed = wallet.call("walletprocesspsbt", plan.path("psbt").asText());
      if (!signed.path("complete").asBoolean()) {
        throw incomplete(name);
      }
      return wallet.call("sendrawtransaction", signed.path("hex").asText()).asText();
    }
    ObjectNode payment = Json.object();
    Optional.ofNullable(comment).ifPresent(text -> payment.put("comment", text));
    if (feeRate != null) {
      payment.put("fee_rate", feeRate);
    }
    if (payees.areSeveral()) {
      payment.set("amounts", payees.amounts());
      ArrayNode from = payment.putArray("subtractfeefrom");
      if (feeIncluded) {
        payees.addresses().forEach(from::add);
      }
      return wallet.callWith("sendmany", payment).asText();
    }
    payment.put("address", payees.all().get(0).address());
    payment.put("amount", payees.all().get(0).coins());
    payment.put("subtractfeefromamount", feeIncluded);
    return wallet.callWith("sendtoaddress", payment).asText();
  }

  private void print(RpcClient wallet, String name, List<String> payees, String txid)
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
    payees.forEach(address -> table.row("to", address));
    table.row("transaction", txid);
    table.print(terminal());
  }
}
