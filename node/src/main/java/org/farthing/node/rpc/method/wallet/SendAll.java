package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletSweep;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.TxPlan;

/** {@code sendall}. */
public final class SendAll implements RpcMethod {
  private static final Param<JsonNode> RECIPIENTS =
      Param.array(
          "recipients",
          "Who gets what is left, in equal parts; and who gets how much of it before",
          Param.text("address", "An address"),
          Param.map("", "", Param.amount("address", "Coins")));
  private static final Param<Boolean> WATCHING =
      Param.flag("include_watching", "Accepted and without effect").orNothing();
  private static final Param<Boolean> LOCK_UNSPENTS =
      Param.flag("lock_unspents", "Keep the coins back").or(false);
  private static final Param<Boolean> SEND_MAX =
      Param.flag("send_max", "Leave out coins that cost more than they are worth").or(false);
  private static final Param<Integer> MIN_CONF =
      Param.integer("minconf", "Confirmations at least").or(0);
  private static final Param<Integer> MAX_CONF =
      Param.integer("maxconf", "Confirmations at most").orNothing();
  private static final Param<Long> VERSION =
      Param.unsigned("version", 32, "The version of the transaction").or(2);
  private static final Param<Fields> OPTIONS =
      Param.options(
              "options",
              "",
              SendingJson.ADD_TO_WALLET,
              FeeWish.FEE_RATE.alsoPositional(),
              WATCHING,
              PresetInputs.PARAM,
              SendingJson.LOCK_TIME,
              LOCK_UNSPENTS,
              SendingJson.PSBT,
              SEND_MAX,
              MIN_CONF,
              MAX_CONF,
              VERSION,
              FeeWish.CONF_TARGET.alsoPositional(),
              FeeWish.ESTIMATE_MODE.alsoPositional(),
              Funding.REPLACEABLE)
          .orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "sendall",
              Category.WALLET,
              "Spends all coins of the wallet, or those that are named.")
          .takes(RECIPIENTS, FeeWish.CONF_TARGET, FeeWish.ESTIMATE_MODE, FeeWish.FEE_RATE, OPTIONS)
          .returns(SendingJson.RESULT)
          .example("'[\"address\"]'");

  private final WalletAccess wallets;
  private final FeeRates rates;

  public SendAll(WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
    this.wallets = wallets;
    this.rates = new FeeRates(mempool, node, fees);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    FeeWish fee = FeeWish.of(request, options);
    int version = RawTransactionParams.checkedVersion(options.get(VERSION));
    return wallets.ask(
        request,
        wallet -> {
          boolean replaceable = Funding.replaceable(wallet, options.find(Funding.REPLACEABLE));
          Recipients recipients = recipients(request.get(RECIPIENTS), wallet);
          WalletSweep.Wish wish =
              new WalletSweep.Wish(
                  recipients.paid(),
                  recipients.sharing(),
                  rate(wallet, fee, replaceable),
                  replaceable,
                  version);
          PresetInputs inputs = PresetInputs.of(options.find(PresetInputs.PARAM));
          boolean named = options.has(PresetInputs.PARAM);
          if (named) {
            refuseBesideInputs(options);
          }
          TxPlan plan =
              named
                  ? wallet.sweep().plan(wish, inputs.coins())
                  : wallet.sweep().plan(wish, filter(options), options.get(SEND_MAX));
          TxPlan framed =
              plan.framed(
                  version,
                  inputs.lockTime(options.find(SendingJson.LOCK_TIME), plan),
                  inputs.sequences());
          if (options.get(LOCK_UNSPENTS)) {
            wallet
                .coinLocks()
                .lock(plan.coins().stream().map(coin -> coin.outPoint()).toList(), false);
          }
          return SendingJson.finish(
              wallet,
              framed,
              options.get(SendingJson.ADD_TO_WALLET),
              options.get(SendingJson.PSBT));
        });
  }

  private long rate(Wallet wallet, FeeWish fee, boolean replaceable) {
    try {
      return rates.of(wallet, fee, replaceable);
    } catch (WalletException e) {
      boolean tooLow = e.error() == WalletError.FEE_RATE_TOO_LOW;
      throw new RpcException(
          tooLow ? RpcErrorCode.INVALID_PARAMETER : RpcErrorCode.WALLET_ERROR, e.getMessage());
    }
  }

  /** Who gets how much, and who shares what is left. */
  private record Recipients(List<Payment> paid, List<Script> sharing) {}

  private static Recipients recipients(JsonNode given, Wallet wallet) {
    ArrayNode pairs = Json.array();
    Set<String> sharing = new LinkedHashSet<>();
    for (JsonNode each : given) {
      if (each.isTextual()) {
        sharing.add(each.textValue());
        pairs.addObject().put(each.textValue(), 0);
      } else {
        pairs.add(each);
      }
    }
    if (sharing.isEmpty()) {
      throw RpcException.invalidParameter(
          "Must provide at least one address without a specified amount");
    }
    List<Payment> paid = new ArrayList<>();
    List<Script> shares = new ArrayList<>();
    for (Payment payment : RawTransactionParams.payments(pairs, wallet.network())) {
      String address = wallet.addresses().of(payment.script()).map(Address::toString).orElse("");
      if (sharing.contains(address)) {
        shares.add(payment.script());
      } else {
        paid.add(payment);
      }
    }
    return new Recipients(paid, shares);
  }

  private static void refuseBesideInputs(Fields options) {
    if (options.has(SEND_MAX)) {
      throw RpcException.invalidParameter("Cannot combine send_max with specific inputs.");
    }
    if (options.has(MIN_CONF) || options.has(MAX_CONF)) {
      throw RpcException.invalidParameter(
          "Cannot combine minconf or maxconf with specific inputs.");
    }
  }

  private static CoinControl.Filter filter(Fields options) {
    int least = options.get(MIN_CONF);
    int most = options.find(MAX_CONF).orElse(Integer.MAX_VALUE);
    if (least < 0) {
      throw RpcException.invalidParameter("Invalid minconf (minconf cannot be negative): " + least);
    }
    if (most < least) {
      throw RpcException.invalidParameter(
          "maxconf can't be lower than minconf: %d < %d".formatted(most, least));
    }
    return CoinControl.Filter.confirmations(least, most, false);
  }
}
