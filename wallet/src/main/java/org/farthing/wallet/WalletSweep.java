package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.History;
import org.farthing.wallet.selection.Fees;
import org.farthing.wallet.selection.SpendableCoin;
import org.farthing.wallet.selection.SpendableCoin.Standing;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.TxPlan;

/** Spends all coins of a wallet, or all of certain ones, without change. */
public final class WalletSweep {
  private final WalletContext context;
  private final WalletState state;
  private final History history;
  private final WalletPayments payments;

  WalletSweep(WalletContext context, WalletState state, WalletPayments payments) {
    this.context = context;
    this.state = state;
    this.history = state.history();
    this.payments = payments;
  }

  /**
   * Who gets the coins.
   *
   * @param paid who gets a certain amount
   * @param sharing who get what is left, in equal parts; the first also what cannot be divided
   * @param feeRateSatPerKvb satoshis for each thousand virtual bytes
   */
  public record Wish(
      List<Payment> paid,
      List<Script> sharing,
      long feeRateSatPerKvb,
      boolean replaceable,
      int version) {
    public Wish {
      paid = List.copyOf(paid);
      sharing = List.copyOf(sharing);
    }
  }

  /**
   * Of all coins that the filter lets through.
   *
   * @param worthwhile leaves out coins that cost more than they are worth
   * @throws WalletException INSUFFICIENT_FUNDS, INVALID_AMOUNT, FEE_TOO_HIGH
   */
  public TxPlan plan(Wish wish, CoinControl.Filter filter, boolean worthwhile)
      throws WalletException {
    context.owner().check();
    CoinControl control = control(wish, List.of()).withFilter(filter);
    List<SpendableCoin> coins = new ArrayList<>();
    for (SpendableCoin coin :
        new CoinSupply(context, state).available(control, CoinSupply.Signer.ANYBODY)) {
      long cost = Fees.ofWeight(wish.feeRateSatPerKvb(), coin.inputWeight());
      if (!worthwhile || coin.valueSat() >= cost) {
        coins.add(coin);
      }
    }
    return finish(wish, coins, worthwhile);
  }

  private static CoinControl control(Wish wish, List<OutPoint> named) {
    return new CoinControl(
        CoinControl.Named.of(named),
        true,
        CoinControl.Filter.NONE,
        CoinControl.ChangeWish.NONE,
        form(wish));
  }

  private static CoinControl.Form form(Wish wish) {
    return new CoinControl.Form(wish.version(), OptionalInt.empty());
  }

  /**
   * Of these coins.
   *
   * @throws WalletException the same, and INVALID_REQUEST for a coin that is spent or not the
   *     wallet's
   */
  public TxPlan plan(Wish wish, List<OutPoint> chosen) throws WalletException {
    context.owner().check();
    for (OutPoint outPoint : chosen) {
      String name = outPoint.txid() + ":" + outPoint.index();
      if (history.output(outPoint).isEmpty()) {
        throw new WalletException(
            WalletError.INVALID_REQUEST,
            "Input not found. UTXO (" + name + ") is not part of wallet.");
      }
      if (!history.isUnspent(outPoint)) {
        throw new WalletException(
            WalletError.INVALID_REQUEST,
            "Input not available. UTXO (" + name + ") was already spent.");
      }
      Script script = history.output(outPoint).orElseThrow().output().scriptPubKey();
      if (CoinSupply.size(state, script, CoinSupply.Signer.ANYBODY).isEmpty()) {
        throw unsolvable();
      }
    }
    CoinControl control = control(wish, chosen);
    return finish(wish, new NamedCoins(context, state).of(control), false);
  }

  private TxPlan finish(Wish wish, List<SpendableCoin> coins, boolean worthwhile)
      throws WalletException {
    long total = coins.stream().mapToLong(SpendableCoin::valueSat).sum();
    long paid = wish.paid().stream().mapToLong(Payment::amountSat).sum();
    TxPlan draft = plan(wish, coins, outputs(wish, 0), 0);
    if (coins.stream().anyMatch(coin -> coin.size().isEmpty())) {
      throw unsolvable();
    }
    long sizeFee = Fees.ofWeight(wish.feeRateSatPerKvb(), draft.maxWeight());
    if (sizeFee > payments.fees().maximumSat()) {
      throw new WalletException(
          WalletError.FEE_TOO_HIGH,
          "Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)");
    }
    List<OutPoint> spent = coins.stream().map(SpendableCoin::outPoint).toList();
    long fee = sizeFee + context.chain().waiting().combinedBumpFee(spent, wish.feeRateSatPerKvb());
    if (total - fee <= 0) {
      throw new WalletException(
          WalletError.INSUFFICIENT_FUNDS,
          worthwhile
              ? "Total value of UTXO pool too low to pay for transaction, try using lower feerate."
              : "Total value of UTXO pool too low to pay for transaction. Try using lower feerate"
                  + " or excluding uneconomic UTXOs with 'send_max' option.");
    }
    if (draft.maxWeight() > maxWeight(wish, coins)) {
      throw new WalletException(WalletError.TOO_LARGE, "Transaction too large.");
    }
    if (paid > total) {
      throw new WalletException(
          WalletError.INSUFFICIENT_FUNDS, "Assigned more value to outputs than available funds.");
    }
    if (total - fee < paid) {
      throw new WalletException(
          WalletError.INSUFFICIENT_FUNDS,
          "Insufficient funds for fees after creating specified outputs.");
    }
    checkAmounts(wish.paid());
    List<TxOut> outputs = outputs(wish, total - fee - paid);
    for (TxOut output : outputs) {
      if (output.valueSat() < Fees.dustLimitSat(output.scriptPubKey())) {
        throw new WalletException(
            WalletError.INSUFFICIENT_FUNDS,
            "Dynamically assigned remainder results in dust output.");
      }
    }
    return plan(wish, coins, outputs, fee);
  }

  private static WalletException unsolvable() {
    return new WalletException(
        WalletError.NO_KEYS,
        "Unable to determine the size of the transaction, the wallet contains unsolvable"
            + " descriptors");
  }

  /** As much as nodes relay. */
  private static int maxWeight(Wish wish, List<SpendableCoin> coins) {
    boolean child =
        coins.stream()
            .map(SpendableCoin::standing)
            .anyMatch(
                standing -> !standing.equals(Standing.NAMED) && standing.confirmations() == 0);
    return child ? form(wish).mostWeightOfChild() : form(wish).mostWeight();
  }

  private void checkAmounts(List<Payment> paid) throws WalletException {
    for (Payment each : paid) {
      if (each.amountSat() < Fees.dustLimitSat(each.script())) {
        String to =
            Address.ofScript(each.script(), context.params().network())
                .map(Address::toString)
                .orElse("");
        throw new WalletException(
            WalletError.INVALID_REQUEST,
            "Specified output amount to " + to + " is below dust threshold.");
      }
    }
  }

  private static List<TxOut> outputs(Wish wish, long leftSat) {
    List<TxOut> outputs = new ArrayList<>();
    for (int i = 0; i < wish.sharing().size(); i++) {
      long share = leftSat / wish.sharing().size();
      long rest = i == 0 ? leftSat % wish.sharing().size() : 0;
      outputs.add(new TxOut(share + rest, wish.sharing().get(i)));
    }
    wish.paid().forEach(each -> outputs.add(each.output()));
    return outputs;
  }

  private TxPlan plan(Wish wish, List<SpendableCoin> coins, List<TxOut> outputs, long feeSat) {
    int sequence = wish.replaceable() ? Sequence.MAX_REPLACEABLE : Sequence.MAX_NON_FINAL;
    List<TxIn> inputs =
        coins.stream().map(coin -> new TxIn(coin.outPoint(), Script.EMPTY, sequence)).toList();
    return new TxPlan(
        new Transaction(wish.version(), inputs, outputs, payments.lockTime()),
        coins,
        feeSat,
        OptionalInt.empty());
  }
}
