package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * Makes an unsigned transaction of a request: checks what is asked for, chooses coins, reckons the
 * fee from the size that the signed transaction will have at most, and returns the rest as change
 * where that is worth an output. The lock time is the height of the tip, or now and then a little
 * less, so that the transaction is of no use to miners who would redo the last block for its fee.
 */
public final class TxBuilder {
  /** Heavier transactions are not relayed. */
  private static final int MAX_WEIGHT = 400_000;

  private static final int VERSION = 2;

  /** Version, lock time and the witness's marker and flag. */
  private static final int FRAME_WEIGHT = 4 * (4 + 4) + 2;

  private final Change change;
  private final Limits limits;
  private final RandomGenerator random;

  /**
   * What binds any transaction.
   *
   * @param lockTime before which it can be in no block
   * @param maxFeeSat a transaction whose fee is higher is refused
   */
  public record Limits(int lockTime, long maxFeeSat) {}

  /**
   * @param change where the rest goes
   */
  public TxBuilder(Change change, Limits limits, RandomGenerator random) {
    this.change = change;
    this.limits = limits;
    this.random = random;
  }

  /**
   * @param supply the coins that there are
   * @throws WalletException INVALID_AMOUNT, INVALID_REQUEST, INSUFFICIENT_FUNDS, FEE_TOO_HIGH,
   *     OUT_OF_KEYS where there would be change, but no keys for it
   */
  public TxPlan build(SendRequest request, Supply supply) throws WalletException {
    check(request);
    Draft draft = new Draft(request, change);
    Optional<List<SpendableCoin>> chosen = select(draft, supply.required, supply.confirmed);
    if (chosen.isEmpty() && !supply.unconfirmed.isEmpty()) {
      List<SpendableCoin> all = new ArrayList<>(supply.confirmed);
      all.addAll(supply.unconfirmed);
      chosen = select(draft, supply.required, all);
    }
    if (chosen.isEmpty()) {
      throw insufficient(draft, supply.all());
    }
    List<SpendableCoin> coins = new ArrayList<>(chosen.get());
    shuffle(coins);
    coins.addAll(0, supply.required);
    return finish(draft, coins);
  }

  /**
   * Coins that may be spent.
   *
   * @param required those that must be, in this order
   * @param confirmed those in blocks
   * @param unconfirmed own change, which is spent only if the others don't suffice
   */
  public record Supply(
      List<SpendableCoin> required,
      List<SpendableCoin> confirmed,
      List<SpendableCoin> unconfirmed) {
    public Supply {
      required = List.copyOf(required);
      confirmed = List.copyOf(confirmed);
      unconfirmed = List.copyOf(unconfirmed);
    }

    private List<SpendableCoin> all() {
      List<SpendableCoin> all = new ArrayList<>(required);
      all.addAll(confirmed);
      all.addAll(unconfirmed);
      return all;
    }
  }

  private static void check(SendRequest request) throws WalletException {
    if (request.payments().isEmpty()) {
      throw new WalletException(WalletError.INVALID_REQUEST, "there is nobody to pay");
    }
    if (request.feeRateSatPerKvb() <= 0) {
      throw new WalletException(WalletError.INVALID_AMOUNT, "the fee rate must be above 0 sat/kvB");
    }
    if (request.feeRateSatPerKvb() > Amount.COIN * 10) {
      throw new WalletException(
          WalletError.FEE_TOO_HIGH,
          "the fee rate of " + request.feeRateSatPerKvb() + " sat/kvB is absurdly high");
    }
    long sum = 0;
    for (Payment payment : request.payments()) {
      checkAmount(payment);
      sum += payment.amountSat();
    }
    if (!Amount.isInRange(sum)) {
      throw new WalletException(
          WalletError.INVALID_AMOUNT, "the payments are more than all the money there can be");
    }
  }

  private static void checkAmount(Payment payment) throws WalletException {
    long sat = payment.amountSat();
    if (sat == 0 && ScriptPattern.isUnspendable(payment.script())) {
      return;
    }
    if (sat <= 0) {
      throw new WalletException(
          WalletError.INVALID_AMOUNT, "the amount must be more than 0, not " + Amount.format(sat));
    }
    if (!Amount.isInRange(sat)) {
      throw new WalletException(
          WalletError.INVALID_AMOUNT,
          "the amount " + Amount.format(sat) + " is more than all the money there can be");
    }
    long dust = Fees.dustLimitSat(payment.script());
    if (sat < dust) {
      throw tooSmall(sat, dust);
    }
  }

  private static WalletException tooSmall(long sat, long dust) {
    return new WalletException(
        WalletError.INVALID_AMOUNT,
        "the amount "
            + Amount.format(sat)
            + " is too small to be relayed: send at least "
            + Amount.format(dust));
  }

  /** What is known of the transaction before its coins are. */
  private static final class Draft {
    final SendRequest request;
    final long paymentsSat;
    final boolean payeesPayFee;
    final int outputsWeight;
    final int changeWeight;
    final long minChangeSat;
    final long changeSpendFeeSat;

    Draft(SendRequest request, Change wanted) {
      this.request = request;
      this.paymentsSat = request.payments().stream().mapToLong(Payment::amountSat).sum();
      this.payeesPayFee = request.payments().stream().anyMatch(Payment::paysFee);
      this.outputsWeight =
          request.payments().stream()
              .mapToInt(payment -> 4 * new TxOut(0, payment.script()).encodedSize())
              .sum();
      Script script = wanted.scriptOrUsual();
      this.changeWeight = 4 * new TxOut(0, script).encodedSize();
      this.changeSpendFeeSat =
          Fees.ofWeight(CoinSelector.LONG_TERM_SAT_PER_KVB, wanted.spendWeight());
      this.minChangeSat = Math.max(Fees.dustLimitSat(script), changeSpendFeeSat);
    }

    long fee(long weight) {
      return Fees.ofWeight(request.feeRateSatPerKvb(), weight);
    }

    long weight(List<SpendableCoin> coins, boolean change) {
      int outputs = request.payments().size() + (change ? 1 : 0);
      return FRAME_WEIGHT
          + 4L * CompactSize.sizeOf(coins.size())
          + 4L * CompactSize.sizeOf(outputs)
          + outputsWeight
          + (change ? changeWeight : 0)
          + coins.stream().mapToLong(SpendableCoin::inputWeight).sum();
    }

    /** Everything but inputs and change, with room for long counts. */
    long fixedWeight() {
      return FRAME_WEIGHT + 4L * (3 + 3) + outputsWeight;
    }
  }

  /** Coins that are added to those that are spent in any case; none where these suffice. */
  private Optional<List<SpendableCoin>> select(
      Draft draft, List<SpendableCoin> required, List<SpendableCoin> coins) {
    // Where the payees pay the fee, coins count in full.
    long rate = draft.payeesPayFee ? 0 : draft.request.feeRateSatPerKvb();
    long requiredWeight = required.stream().mapToLong(SpendableCoin::inputWeight).sum();
    long requiredSat = required.stream().mapToLong(SpendableCoin::valueSat).sum();
    long target =
        draft.paymentsSat + Fees.ofWeight(rate, draft.fixedWeight() + requiredWeight) - requiredSat;
    if (!required.isEmpty() && target <= 0) {
      return Optional.of(List.of());
    }
    CoinSelector.Goal goal =
        new CoinSelector.Goal(
            target,
            Fees.ofWeight(rate, draft.changeWeight),
            draft.changeSpendFeeSat,
            draft.minChangeSat,
            (int) (MAX_WEIGHT - draft.fixedWeight() - draft.changeWeight - requiredWeight));
    return new CoinSelector(rate, random).select(coins, goal);
  }

  private TxPlan finish(Draft draft, List<SpendableCoin> coins) throws WalletException {
    long rest = coins.stream().mapToLong(SpendableCoin::valueSat).sum() - draft.paymentsSat;
    long feeWithChange = draft.fee(draft.weight(coins, true));
    long changeSat = draft.payeesPayFee ? rest : rest - feeWithChange;
    boolean hasChange = changeSat >= draft.minChangeSat;
    long neededFee = hasChange ? feeWithChange : draft.fee(draft.weight(coins, false));
    long taken = draft.payeesPayFee ? Math.max(0, neededFee - (hasChange ? 0 : rest)) : 0;
    long fee = (hasChange ? rest - changeSat : rest) + taken;
    if (fee > limits.maxFeeSat()) {
      throw new WalletException(
          WalletError.FEE_TOO_HIGH,
          "the fee of "
              + Amount.format(fee)
              + " is above the limit of "
              + Amount.format(limits.maxFeeSat())
              + ": choose a lower fee rate");
    }
    List<TxOut> outputs = payees(draft, taken);
    OptionalInt changeIndex = OptionalInt.empty();
    if (hasChange) {
      changeIndex = OptionalInt.of(changePosition(draft, outputs.size()));
      outputs.add(changeIndex.getAsInt(), new TxOut(changeSat, changeScript()));
    }
    int sequence = draft.request.replaceable() ? Sequence.MAX_REPLACEABLE : Sequence.MAX_NON_FINAL;
    List<TxIn> inputs =
        coins.stream().map(coin -> new TxIn(coin.outPoint(), Script.EMPTY, sequence)).toList();
    Transaction unsigned = new Transaction(VERSION, inputs, outputs, limits.lockTime());
    return new TxPlan(unsigned, coins, fee, changeIndex);
  }

  private int changePosition(Draft draft, int payees) throws WalletException {
    OptionalInt wanted = draft.request.control().change().position();
    if (wanted.isPresent() && wanted.getAsInt() > payees) {
      throw new WalletException(WalletError.INVALID_REQUEST, "changePosition out of bounds");
    }
    return wanted.isPresent() ? wanted.getAsInt() : random.nextInt(payees + 1);
  }

  private Script changeScript() throws WalletException {
    return change
        .script()
        .orElseThrow(
            () ->
                new WalletException(
                    WalletError.OUT_OF_KEYS,
                    "Transaction needs a change address, but we can't generate it."));
  }

  /** The outputs to the payees, of which some pay the fee in equal parts, the first the rest. */
  private static List<TxOut> payees(Draft draft, long feeSat) throws WalletException {
    long payers = draft.request.payments().stream().filter(Payment::paysFee).count();
    long extra = payers == 0 ? 0 : feeSat % payers;
    List<TxOut> outputs = new ArrayList<>();
    for (Payment payment : draft.request.payments()) {
      long sat = payment.amountSat();
      if (payment.paysFee()) {
        sat -= feeSat / payers + extra;
        extra = 0;
        long dust = Fees.dustLimitSat(payment.script());
        if (sat < dust) {
          throw new WalletException(
              WalletError.INVALID_AMOUNT, "the amount is too small to pay the fee from it");
        }
      }
      outputs.add(new TxOut(sat, payment.script()));
    }
    return outputs;
  }

  private void shuffle(List<SpendableCoin> coins) {
    for (int i = coins.size() - 1; i > 0; i--) {
      Collections.swap(coins, i, random.nextInt(i + 1));
    }
  }

  private static WalletException insufficient(Draft draft, List<SpendableCoin> all) {
    long available = all.stream().mapToLong(SpendableCoin::valueSat).sum();
    long fee = draft.payeesPayFee ? 0 : draft.fee(draft.weight(all, false));
    String have = "Insufficient funds: " + Amount.format(available) + " can be spent now, ";
    String message =
        available < draft.paymentsSat
            ? have + "the payment is " + Amount.format(draft.paymentsSat)
            : available < draft.paymentsSat + fee
                ? have
                    + "the payment is "
                    + Amount.format(draft.paymentsSat)
                    + " and its fee up to "
                    + Amount.format(fee)
                : "the payment needs more coins than fit into one transaction: send less at once";
    return new WalletException(WalletError.INSUFFICIENT_FUNDS, message);
  }
}
