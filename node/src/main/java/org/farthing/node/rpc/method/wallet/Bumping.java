package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletReplacements;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.Payment;

/** What {@code bumpfee} and {@code psbtbumpfee} have in common. */
final class Bumping {
  static final Param<Txid> TXID = Param.txid("txid", "The transaction that waits");

  private static final String OLD_TARGET = "confTarget";
  private static final Param<Integer> TARGET = FeeWish.CONF_TARGET.alias(OLD_TARGET);
  private static final Param<Boolean> REPLACEABLE =
      Param.flag("replaceable", "The new one may be replaced too (BIP-0125)").or(true);
  private static final Param<JsonNode> OUTPUTS = RawTransactionParams.newOutputs("outputs");
  private static final Param<Long> CHANGE_INDEX =
      Param.unsigned("original_change_index", Integer.SIZE, "Which output is the change")
          .otherwise("the wallet's own change");

  private final FeeRates rates;

  Bumping(MempoolPort mempool, NodePort node, FeesPort fees) {
    this.rates = new FeeRates(mempool, node, fees);
  }

  /** The options, with further ones. */
  static Param<Fields> options(Param<?>... more) {
    List<Param<?>> all =
        new ArrayList<>(
            List.of(
                TARGET,
                FeeWish.FEE_RATE,
                REPLACEABLE,
                FeeWish.ESTIMATE_MODE,
                OUTPUTS,
                CHANGE_INDEX));
    all.addAll(List.of(more));
    return Param.options("options", "", all.toArray(Param<?>[]::new)).orNothing();
  }

  /** The answer, of which {@code first} says what has been made. */
  static Result result(Result first) {
    return Result.object(
        "",
        "",
        first,
        Result.amount("origfee", "coins that the old one paid"),
        Result.amount("fee", "coins that the new one pays"),
        Result.array("errors", "always empty", Result.text("", "")));
  }

  /** Makes what takes the place of a waiting transaction. */
  @FunctionalInterface
  interface Maker {
    WalletReplacements.Replacement make(
        Txid txid, WalletReplacements.Wish wish, WalletReplacements.Rules rules)
        throws WalletException;
  }

  /** What the wallet puts in the place of a waiting transaction by itself. */
  WalletReplacements.Replacement plan(Wallet wallet, Txid txid, Fields options)
      throws WalletException {
    return make(wallet, txid, options, wallet.replacements()::plan);
  }

  /** The same where others may have to sign too. */
  WalletReplacements.Replacement draft(Wallet wallet, Txid txid, Fields options)
      throws WalletException {
    return make(wallet, txid, options, wallet.replacements()::draft);
  }

  private WalletReplacements.Replacement make(Wallet wallet, Txid txid, Fields options, Maker maker)
      throws WalletException {
    FeeWish fee = fee(options);
    WalletReplacements.Wish wish = wish(fee, options, wallet);
    wallet.locking().expectUnlocked();
    long advised =
        fee.rate().isPresent() ? fee.rate().get() : rates.of(wallet, fee, wish.replaceable());
    WalletReplacements.Rules rules =
        new WalletReplacements.Rules(rates.incremental(), rates.minimum(), advised);
    return maker.make(txid, wish, rules);
  }

  private static FeeWish fee(Fields options) {
    JsonNode given = options.json();
    if (given.hasNonNull(OLD_TARGET) && given.hasNonNull(TARGET.name())) {
      throw RpcException.invalidParameter(
          "confTarget and conf_target options should not both be set. Use conf_target (confTarget"
              + " is deprecated).");
    }
    return FeeWish.of(options, TARGET);
  }

  private static WalletReplacements.Wish wish(FeeWish fee, Fields options, Wallet wallet) {
    Optional<Long> changeIndex = options.find(CHANGE_INDEX);
    List<Payment> outputs =
        options
            .find(OUTPUTS)
            .map(given -> RawTransactionParams.payments(given, wallet.network()))
            .orElse(List.of());
    if (!outputs.isEmpty() && changeIndex.isPresent()) {
      throw RpcException.invalidParameter(
          "The options 'outputs' and 'original_change_index' are incompatible. You can only either"
              + " specify a new set of outputs, or designate a change output to be recycled.");
    }
    return new WalletReplacements.Wish(
        fee.rate().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        options.get(REPLACEABLE),
        outputs,
        changeIndex
            .map(index -> OptionalInt.of((int) Math.min(index, Integer.MAX_VALUE)))
            .orElseGet(OptionalInt::empty));
  }

  /** Says what it costs. */
  static ObjectNode answer(ObjectNode made, WalletReplacements.Replacement replacement) {
    made.set("origfee", Json.amount(replacement.oldFeeSat()));
    made.set("fee", Json.amount(replacement.plan().feeSat()));
    made.putArray("errors");
    return made;
  }
}
