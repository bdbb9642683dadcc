package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.selection.CoinSelector;
import org.farthing.wallet.selection.Fees;
import org.farthing.wallet.selection.PricedCoin;
import org.farthing.wallet.selection.Selection;
import org.farthing.wallet.selection.SelectionGoal;
import org.farthing.wallet.selection.Shuffle;
import org.farthing.wallet.selection.SpendableCoin;

/**
 * Makes an unsigned transaction of a request: checks what is asked for, chooses coins, reckons the
 * fee from the size that the signed transaction will have at most, and returns the rest as change
 * where that is worth an output. The lock time is the height of the tip, or now and then a little
 * less, so that the transaction is of no use to miners who would redo the last block for its fee.
 */
public final class TxBuilder {
  private final Change change;
  private final BuildRules rules;
  private final RandomGenerator random;

  /**
   * @param change where the rest goes
   */
  public TxBuilder(Change change, BuildRules rules, RandomGenerator random) {
    this.change = change;
    this.rules = rules;
    this.random = random;
  }

  /**
   * Where coins of one address may be spent apart from each other, it is also tried to spend them
   * together, and done if that costs hardly more: others then learn less of what belongs together.
   *
   * @param supply the coins that there are
   * @throws WalletException INVALID_AMOUNT, INVALID_REQUEST, INSUFFICIENT_FUNDS, FEE_TOO_HIGH,
   *     TOO_LARGE, OUT_OF_KEYS where there would be change, but no keys for it
   */
  public TxPlan build(SendRequest request, Supply supply) throws WalletException {
    new RequestChecks(rules).check(request);
    TxPlan plan = buildOnce(request, supply);
    if (supply.policy().grouped() || rules.extraForGroupsSat().isEmpty() || plan.feeSat() == 0) {
      return plan;
    }
    TxPlan grouped;
    try {
      grouped = buildOnce(request, supply.grouped());
    } catch (WalletException e) {
      // The coins of whole addresses don't suffice, or weigh too much.
      return plan;
    }
    boolean better = grouped.feeSat() <= plan.feeSat() + rules.extraForGroupsSat().getAsLong();
    return (better ? grouped : plan)
        .with(new TxPlan.Alternatives(plan.feeSat(), grouped.feeSat(), better));
  }

  private TxPlan buildOnce(SendRequest request, Supply supply) throws WalletException {
    PaymentDraft draft = new PaymentDraft(request, supply.all().size(), change, rules, random);
    if (draft.goal.targetSat() == 0 && supply.named().isEmpty()) {
      throw invalid(
          "Transaction requires one destination of non-zero value, a non-zero feerate, or a"
              + " pre-selected input");
    }
    return finish(draft, inOrder(select(draft, supply), supply.named()));
  }

  private Selection select(PaymentDraft draft, Supply supply) throws WalletException {
    Selection named = Selection.named(supply.named(), draft.goal);
    long missing = draft.goal.targetSat() - named.amountSat();
    if (missing <= 0) {
      return named;
    }
    if (!draft.request.control().addsOthers()) {
      throw new WalletException(
          WalletError.INSUFFICIENT_FUNDS,
          "The preselected coins total amount does not cover the transaction target. Please allow"
              + " other inputs to be automatically selected or include more coins manually");
    }
    CoinControl.Form form = draft.request.control().form();
    int room = form.mostWeight() - draft.fixedWeight;
    int roomOfChild = form.mostWeightOfChild() - draft.fixedWeight;
    SelectionGoal goal = draft.goal.withTarget(missing);
    Selection added =
        new CoinSelector(
                goal,
                new CoinSelector.Room(room, roomOfChild),
                supply.policy(),
                supply.bumpFee(),
                random)
            .select(supply.others())
            .orElseThrow(() -> insufficient(draft, supply));
    Selection whole = added.after(supply.named(), draft.goal);
    if (!supply.named().isEmpty() && whole.weight() > room) {
      throw new WalletException(
          WalletError.TOO_LARGE,
          "The combination of the pre-selected inputs and the wallet automatic inputs selection"
              + " exceeds the transaction maximum weight. Please try sending a smaller amount or"
              + " manually consolidating your wallet's UTXOs");
    }
    return whole;
  }

  /** The named coins in their order, then the others at random. */
  private Selection inOrder(Selection selection, List<SpendableCoin> named) {
    List<PricedCoin> coins = selection.coins();
    List<PricedCoin> order = new ArrayList<>(coins.subList(0, named.size()));
    order.addAll(Shuffle.of(coins.subList(named.size(), coins.size()), random));
    return new Selection(
        selection.algorithm(), order, selection.goal(), selection.bumpDiscountSat());
  }

  private TxPlan finish(PaymentDraft draft, Selection selection) throws WalletException {
    List<TxOut> outputs = new ArrayList<>();
    draft.request.payments().forEach(payment -> outputs.add(payment.output()));
    OptionalInt changeIndex = OptionalInt.empty();
    if (selection.changeSat() > 0) {
      changeIndex = OptionalInt.of(changePosition(draft, outputs.size()));
      outputs.add(changeIndex.getAsInt(), new TxOut(selection.changeSat(), change.scriptOrUsual()));
    }
    TxPlan rough = plan(draft, selection, outputs, changeIndex);
    if (rough.coins().stream().anyMatch(coin -> coin.size().isEmpty())) {
      throw invalid("Missing solving data for estimating transaction size");
    }
    long fee = draft.fee(rough.maxWeight()) + selection.bumpFeeSat();
    settle(draft, rough, fee, outputs);
    TxPlan plan = plan(draft, selection, outputs, changeIndex);
    check(plan);
    return plan;
  }

  /** Gives what is too much for the fee to the change, or takes the fee from who pays it. */
  private void settle(PaymentDraft draft, TxPlan rough, long fee, List<TxOut> outputs)
      throws WalletException {
    long left = rough.feeSat() - fee;
    if (rough.changeIndex().isPresent() && left > 0) {
      int index = rough.changeIndex().getAsInt();
      TxOut old = outputs.get(index);
      outputs.set(index, new TxOut(old.valueSat() + left, old.scriptPubKey()));
      left = 0;
    }
    if (draft.payeesPayFee) {
      takeFee(draft, -left, rough.changeIndex(), outputs);
    } else if (left < 0) {
      throw new AssertionError("a fee of " + rough.feeSat() + " where " + fee + " is needed");
    }
  }

  /** From the payees who pay it, in equal parts, from the first the rest; or to them. */
  private void takeFee(PaymentDraft draft, long sat, OptionalInt change, List<TxOut> outputs)
      throws WalletException {
    List<Payment> payments = draft.request.payments();
    long payers = payments.stream().filter(Payment::paysFee).count();
    long extra = sat % payers;
    for (int i = 0; i < payments.size(); i++) {
      if (!payments.get(i).paysFee()) {
        continue;
      }
      int index = change.isPresent() && change.getAsInt() <= i ? i + 1 : i;
      Script script = payments.get(i).script();
      long value = payments.get(i).amountSat() - sat / payers - extra;
      extra = 0;
      if (value < 0) {
        throw tooSmall("The transaction amount is too small to pay the fee");
      }
      if (value < Fees.dustLimitSat(script, rules.rates().dust())) {
        throw tooSmall(
            "The transaction amount is too small to send after the fee has been deducted");
      }
      outputs.set(index, new TxOut(value, script));
    }
  }

  private TxPlan plan(
      PaymentDraft draft, Selection selection, List<TxOut> outputs, OptionalInt changeIndex) {
    int sequence = draft.request.replaceable() ? Sequence.MAX_REPLACEABLE : Sequence.MAX_NON_FINAL;
    List<SpendableCoin> coins = selection.coins().stream().map(PricedCoin::coin).toList();
    List<TxIn> inputs =
        coins.stream().map(coin -> new TxIn(coin.outPoint(), Script.EMPTY, sequence)).toList();
    int version = draft.request.control().form().version();
    long paid = outputs.stream().mapToLong(TxOut::valueSat).sum();
    return new TxPlan(
        new Transaction(version, inputs, outputs, rules.lockTime()),
        coins,
        selection.valueSat() - paid,
        changeIndex);
  }

  private void check(TxPlan plan) throws WalletException {
    Set<OutPoint> spent = new HashSet<>();
    for (SpendableCoin coin : plan.coins()) {
      if (!spent.add(coin.outPoint())) {
        throw new AssertionError("coin chosen twice: " + coin.outPoint());
      }
    }
    if (plan.changeIndex().isPresent() && change.script().isEmpty()) {
      throw new WalletException(
          WalletError.NO_KEYS, "Transaction needs a change address, but we can't generate it.");
    }
    if (plan.maxWeight() > Fees.MAX_WEIGHT) {
      throw new WalletException(WalletError.TOO_LARGE, "Transaction too large");
    }
    if (plan.feeSat() > rules.maxFeeSat()) {
      throw RequestChecks.feeTooHigh(plan.feeSat(), rules.maxFeeSat());
    }
  }

  private int changePosition(PaymentDraft draft, int payees) throws WalletException {
    OptionalInt wanted = draft.request.control().change().position();
    if (wanted.isPresent() && wanted.getAsInt() > payees) {
      throw invalid("Transaction change output index out of range");
    }
    return wanted.isPresent() ? wanted.getAsInt() : random.nextInt(payees + 1);
  }

  private static WalletException insufficient(PaymentDraft draft, Supply supply) {
    long available = supply.all().stream().mapToLong(SpendableCoin::valueSat).sum();
    long effective = Selection.named(supply.all(), draft.goal).amountSat();
    boolean onlyForFee = available >= draft.paymentsSat && effective < draft.goal.targetSat();
    String message =
        onlyForFee
            ? "The total exceeds your balance when the %s transaction fee is included."
                .formatted(Amount.shortest(draft.goal.targetSat() - draft.paymentsSat))
            : "Insufficient funds: %s can be spent now, the payment is %s"
                .formatted(Amount.format(available), Amount.format(draft.paymentsSat));
    return new WalletException(WalletError.INSUFFICIENT_FUNDS, message);
  }

  private static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_REQUEST, message);
  }

  private static WalletException tooSmall(String message) {
    return new WalletException(WalletError.INVALID_AMOUNT, message);
  }
}
