package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.TxPlan;

/** What {@code sendtoaddress} and {@code sendmany} have in common. */
final class PlainSend {
  static final Param<String> COMMENT =
      Param.text("comment", "Kept with the transaction in the wallet").or("");
  static final Param<Boolean> VERBOSE = Param.flag("verbose", "true for an object").or(false);

  static final Result TXID = Result.hex("", "the transaction id");
  static final Result DETAILS =
      Result.object(
          "",
          "for verbose = true",
          Result.hex("txid", "the transaction id"),
          Result.text("fee_reason", "where the fee rate comes from"));

  private final WalletAccess wallets;
  private final FeeRates rates;

  PlainSend(WalletAccess wallets, FeeRates rates) {
    this.wallets = wallets;
    this.rates = rates;
  }

  /** Who gets how much of a wallet. */
  @FunctionalInterface
  interface Payees {
    List<Payment> of(Wallet wallet) throws WalletException;
  }

  /**
   * Pays, and says what the caller wants to know of it.
   *
   * @param notes kept with the transaction
   * @param avoidsReuse whether coins of addresses that were spent from stay behind, and others of
   *     one address are spent together
   */
  JsonNode call(
      RpcRequest request, WalletTx.Notes notes, Predicate<Wallet> avoidsReuse, Payees payees) {
    FeeWish fee = FeeWish.of(request);
    return wallets.ask(
        request,
        wallet -> {
          boolean replaceable = Funding.replaceable(wallet, request.find(Funding.REPLACEABLE));
          CoinControl.Filter filter =
              avoidsReuse.test(wallet)
                  ? CoinControl.Filter.NONE.avoidingReuse()
                  : CoinControl.Filter.NONE;
          List<Payment> payments = payees.of(wallet);
          wallet.locking().expectUnlocked();
          FeeRates.Chosen rate = rates.choose(wallet, fee, replaceable);
          SendRequest wanted =
              SendRequest.of(wallet.payments().inAnyOrder(payments), rate.satPerKvb())
                  .withReplaceable(replaceable)
                  .with(CoinControl.NONE.withFilter(filter));
          Transaction sent = wallet.payments().execute(plan(wallet, wanted), notes);
          return request.get(VERBOSE)
              ? Json.object().put("txid", sent.txid().toString()).put("fee_reason", rate.reason())
              : Json.text(sent.txid());
        });
  }

  private static TxPlan plan(Wallet wallet, SendRequest wanted) throws WalletException {
    try {
      return PlanLog.noted(wallet.payments().plan(wanted));
    } catch (WalletException e) {
      boolean other =
          Set.of(WalletError.NO_PRIVATE_KEYS, WalletError.SYNCHRONISING).contains(e.error());
      throw other ? e : new WalletException(WalletError.INSUFFICIENT_FUNDS, e.getMessage());
    }
  }
}
