package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.TxPlan;

/** How callers say which coins pay for a transaction, and where the rest goes. */
final class Funding {
  private static final Param<Boolean> ADD_INPUTS =
      Param.flag("add_inputs", "Add coins of the wallet").otherwise("only if none are given");
  private static final Param<Boolean> UNSAFE =
      Param.flag("include_unsafe", "Also unconfirmed coins from others").or(false);
  private static final Param<Integer> MIN_CONF =
      Param.integer("minconf", "Confirmations of coins that are added, at least").or(0);
  private static final Param<Integer> MAX_CONF =
      Param.integer("maxconf", "Confirmations of coins that are added, at most").orNothing();
  private static final Param<String> CHANGE_ADDRESS =
      Param.text("change_address", "Where the rest goes").alias("changeAddress").orNothing();
  private static final Param<Integer> CHANGE_POSITION =
      Param.integer("change_position", "The index of the change output")
          .alias("changePosition")
          .otherwise("random");
  private static final Param<String> CHANGE_TYPE =
      Param.text("change_type", "The kind of address that the rest goes to").orNothing();
  private static final Param<Boolean> WATCHING =
      Param.flag("include_watching", "Accepted and without effect")
          .alias("includeWatching")
          .orNothing();
  private static final Param<Boolean> LOCK_UNSPENTS =
      Param.flag("lock_unspents", "Keep the chosen coins back").alias("lockUnspents").or(false);
  private static final Param<Long> FEE_RATE_BTC =
      Param.amount("feeRate", "Coins for 1000 virtual bytes").orNothing();
  private static final Param<JsonNode> SUBTRACT =
      Param.array(
              "subtract_fee_from_outputs",
              "Outputs from which the fee is taken, in equal parts",
              Param.integer("vout_index", "The index of the output, before there is change"))
          .alias("subtractFeeFromOutputs")
          .orNothing();
  private static final Param<Integer> MAX_TX_WEIGHT =
      Param.integer("max_tx_weight", "The most weight units of the transaction")
          .otherwise("as much as nodes relay");
  static final Param<Boolean> REPLACEABLE =
      Param.flag("replaceable", "May be replaced by one that pays more (BIP-0125)")
          .otherwise("as -walletrbf says");

  private final FeeRates rates;

  Funding(FeeRates rates) {
    this.rates = rates;
  }

  /** The options. */
  static Param<Fields> options(Param<?>... more) {
    return options(
        List.of(FeeWish.CONF_TARGET, FeeWish.ESTIMATE_MODE, FeeWish.FEE_RATE), List.of(more));
  }

  /** The options of a method whose rates are parameters too. */
  static Param<Fields> optionsBesideRates(Param<?>... more) {
    return options(
        List.of(
            FeeWish.CONF_TARGET.alsoPositional(),
            FeeWish.ESTIMATE_MODE.alsoPositional(),
            FeeWish.FEE_RATE.alsoPositional()),
        List.of(more));
  }

  private static Param<Fields> options(List<Param<?>> rates, List<Param<?>> more) {
    List<Param<?>> all = new ArrayList<>(more);
    all.addAll(
        List.of(
            ADD_INPUTS,
            UNSAFE,
            MIN_CONF,
            MAX_CONF,
            CHANGE_ADDRESS,
            CHANGE_POSITION,
            CHANGE_TYPE,
            WATCHING,
            LOCK_UNSPENTS,
            FEE_RATE_BTC,
            SUBTRACT,
            SolvingData.PARAM,
            MAX_TX_WEIGHT,
            REPLACEABLE));
    all.addAll(rates);
    return Param.options("options", "", all.toArray(Param<?>[]::new)).orNothing();
  }

  /**
   * What is to be funded.
   *
   * @param inputs coins that are spent in any case
   * @param weights of some of their inputs
   * @param addsOthers whether others may be added if the caller says nothing of that
   */
  record Wanted(
      List<OutPoint> inputs,
      Map<OutPoint, Integer> weights,
      List<TxOut> outputs,
      boolean addsOthers,
      int version) {
    /** With inputs named, no others are added by themselves. */
    static Wanted of(PresetInputs inputs, List<TxOut> outputs, int version) {
      return new Wanted(
          inputs.coins(), inputs.weights(), outputs, inputs.coins().isEmpty(), version);
    }
  }

  /**
   * A transaction that is paid for at the rate that the options name, however low. Nothing is kept
   * of it, but coins that are kept back.
   */
  TxPlan fund(Wallet wallet, Wanted wanted, Fields options) throws WalletException {
    FeeWish fee = fee(options);
    return fund(
        wallet,
        wanted,
        options,
        fee.rate().isPresent() ? fee.rate().get() : rate(wallet, fee, options));
  }

  /** The same, with a fee that is not in the options alone, and not below what is usual. */
  TxPlan fund(Wallet wallet, Wanted wanted, Fields options, FeeWish fee) throws WalletException {
    return fund(wallet, wanted, options, rate(wallet, fee, options));
  }

  private TxPlan fund(Wallet wallet, Wanted wanted, Fields options, long rate)
      throws WalletException {
    if (wanted.outputs().isEmpty()) {
      throw RpcException.invalidParameter("TX must have at least one output");
    }
    CoinControl control = control(wallet, wanted, options);
    SendRequest request =
        SendRequest.of(FeePayers.payments(wanted.outputs(), options.find(SUBTRACT), wallet), rate)
            .withReplaceable(replaceable(wallet, options.find(REPLACEABLE)))
            .with(control);
    TxPlan plan = draft(wallet, request);
    if (options.get(LOCK_UNSPENTS)) {
      wallet.coinLocks().lock(plan.coins().stream().map(coin -> coin.outPoint()).toList(), false);
    }
    return plan;
  }

  private static TxPlan draft(Wallet wallet, SendRequest request) {
    try {
      return PlanLog.noted(wallet.payments().draft(request));
    } catch (WalletException e) {
      throw new RpcException(RpcErrorCode.WALLET_ERROR, e.getMessage());
    }
  }

  private CoinControl control(Wallet wallet, Wanted wanted, Fields options) {
    int least = options.get(MIN_CONF);
    int most = options.find(MAX_CONF).orElse(Integer.MAX_VALUE);
    if (least < 0) {
      throw RpcException.invalidParameter("Negative minconf");
    }
    if (most < least) {
      throw RpcException.invalidParameter(
          "maxconf can't be lower than minconf: %d < %d".formatted(most, least));
    }
    return new CoinControl(
        new CoinControl.Named(
            wanted.inputs(),
            wanted.weights(),
            SolvingData.keys(options.find(SolvingData.PARAM), wallet.network())),
        options.find(ADD_INPUTS).orElse(wanted.addsOthers()),
        CoinControl.Filter.confirmations(least, most, options.get(UNSAFE)),
        change(wallet, options, wanted.outputs().size()),
        new CoinControl.Form(
            wanted.version(),
            options.find(MAX_TX_WEIGHT).map(OptionalInt::of).orElseGet(OptionalInt::empty)));
  }

  private static CoinControl.ChangeWish change(Wallet wallet, Fields options, int outputs) {
    Optional<String> address = options.find(CHANGE_ADDRESS);
    if (options.json().path(CHANGE_TYPE.name()).isNull()) {
      throw RpcException.typeError("JSON value of type null is not of expected type string");
    }
    Optional<String> type = options.find(CHANGE_TYPE);
    Optional<Integer> position = options.find(CHANGE_POSITION);
    if (position.filter(at -> at < 0 || at > outputs).isPresent()) {
      throw RpcException.invalidParameter("changePosition out of bounds");
    }
    if (address.isPresent() && type.isPresent()) {
      throw RpcException.invalidParameter(
          "Cannot specify both change address and address type options");
    }
    return new CoinControl.ChangeWish(
        address.map(text -> changeScript(text, wallet)),
        type.map(Funding::changeType),
        position.map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }

  private static AddressType changeType(String name) {
    return AddressType.named(name)
        .orElseThrow(
            () ->
                new RpcException(
                    RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Unknown change type '" + name + "'"));
  }

  private static Script changeScript(String text, Wallet wallet) {
    try {
      return Address.parse(text, wallet.network()).toScript();
    } catch (WalletException e) {
      throw new RpcException(
          RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Change address must be a valid bitcoin address");
    }
  }

  private static FeeWish fee(Fields options) {
    Optional<Long> inCoins = options.find(FEE_RATE_BTC);
    if (inCoins.isEmpty()) {
      return FeeWish.of(options, FeeWish.CONF_TARGET);
    }
    if (options.has(FeeWish.FEE_RATE)) {
      throw RpcException.invalidParameter(
          "Cannot specify both fee_rate (sat/vB) and feeRate (BTC/kvB)");
    }
    FeeWish.refuseBeside(
        "feeRate", options.get(FeeWish.ESTIMATE_MODE), options.find(FeeWish.CONF_TARGET));
    return FeeWish.ofRate(inCoins.get());
  }

  /**
   * Whether a transaction says that it may be replaced.
   *
   * @param wanted what the caller says; otherwise it is as is usual
   */
  static boolean replaceable(Wallet wallet, Optional<Boolean> wanted) {
    return wanted.orElse(wallet.payments().isUsuallyReplaceable());
  }

  private long rate(Wallet wallet, FeeWish fee, Fields options) {
    try {
      return rates.of(wallet, fee, replaceable(wallet, options.find(REPLACEABLE)));
    } catch (WalletException e) {
      // Funding knows no code of its own for it, as sending does.
      throw new RpcException(RpcErrorCode.WALLET_ERROR, e.getMessage());
    }
  }
}
