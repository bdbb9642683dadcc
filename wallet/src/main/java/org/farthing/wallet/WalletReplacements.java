package org.farthing.wallet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.descriptor.ScriptOrigin;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.OwnOutput;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.selection.Fees;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.SignedInput;
import org.farthing.wallet.spend.SigningKeys;
import org.farthing.wallet.spend.TxPlan;

/**
 * Puts transactions that pay more in the place of waiting ones (BIP-0125). The new one spends all
 * coins of the old one, so that never both are confirmed; what it pays more is taken from change,
 * or from further coins.
 */
public final class WalletReplacements {
  /** What a wallet adds at least, so that mempools with other rules than ours take it too. */
  private static final long LEAST_INCREMENT_SAT_PER_KVB = 5_000;

  private final WalletContext context;
  private final WalletState state;
  private final History history;
  private final WalletPayments payments;

  WalletReplacements(WalletContext context, WalletState state, WalletPayments payments) {
    this.context = context;
    this.state = state;
    this.history = state.history();
    this.payments = payments;
  }

  /**
   * What the owner wants to have changed.
   *
   * @param feeRateSatPerKvb satoshis for each thousand virtual bytes; without it enough more than
   *     before
   * @param payments in the place of those that there were; empty for the same. What goes to the
   *     wallet's change gets the rest, however much that is; all of it pays the fee if there is
   *     nothing else
   * @param changeIndex which of the outputs is the change; without it those of the wallet's change
   *     keychains are
   */
  public record Wish(
      OptionalLong feeRateSatPerKvb,
      boolean replaceable,
      List<Payment> payments,
      OptionalInt changeIndex) {
    public Wish {
      payments = List.copyOf(payments);
    }
  }

  /**
   * What mempools ask of a replacement, in satoshis for each thousand virtual bytes.
   *
   * @param incremental so much more than before
   * @param minimum what any transaction must pay
   * @param advised what a payment should pay, where the owner names no rate
   */
  public record Rules(long incremental, long minimum, long advised) {}

  /** A transaction that may take the place of another. */
  public record Replacement(Txid replaced, long oldFeeSat, TxPlan plan) {}

  /**
   * What a replacement would look like that the wallet makes alone.
   *
   * @throws WalletException NOT_FOUND, INVALID_REQUEST, COIN_SPENT, SYNCHRONISING; NOT_REPLACEABLE
   *     also where {@link WalletPayments#draft} would say what else is missing
   */
  public Replacement plan(Txid txid, Wish wish, Rules rules) throws WalletException {
    WalletTx entry = replaceable(txid, wish);
    for (TxIn input : entry.transaction().inputs()) {
      if (history.output(input.outPoint()).isEmpty()) {
        throw refused("Transaction contains inputs that don't belong to this wallet");
      }
    }
    return plan(entry, wish, rules);
  }

  /** The same where others have to sign too: the replacement may spend what belongs to them. */
  public Replacement draft(Txid txid, Wish wish, Rules rules) throws WalletException {
    return plan(replaceable(txid, wish), wish, rules);
  }

  private WalletTx replaceable(Txid txid, Wish wish) throws WalletException {
    context.owner().check();
    WalletTx entry =
        history
            .find(txid)
            .orElseThrow(
                () ->
                    new WalletException(
                        WalletError.NOT_FOUND, "Invalid or non-wallet transaction id"));
    int outputs = entry.transaction().outputs().size();
    if (wish.changeIndex().isPresent() && wish.changeIndex().getAsInt() >= outputs) {
      throw invalid("Change position is out of range");
    }
    checkReplaceable(entry);
    return entry;
  }

  private Replacement plan(WalletTx entry, Wish wish, Rules rules) throws WalletException {
    Transaction old = entry.transaction();
    long oldFee = fee(old);
    Outputs outputs = outputs(old, wish);
    CoinControl control =
        new CoinControl(
            spentBy(old),
            true,
            CoinControl.Filter.CONFIRMED,
            new CoinControl.ChangeWish(outputs.change(), Optional.empty(), OptionalInt.empty()),
            new CoinControl.Form(old.version(), OptionalInt.empty()));
    long rate = rate(entry, oldFee, wish, rules);
    SendRequest request =
        SendRequest.of(outputs.payments(), rate).withReplaceable(wish.replaceable()).with(control);
    if (wish.feeRateSatPerKvb().isPresent()) {
      checkFee(likely(old, wish, control).maxWeight(), rate, oldFee, rules);
    }
    return new Replacement(entry.txid(), oldFee, draft(request));
  }

  private TxPlan draft(SendRequest request) throws WalletException {
    try {
      return payments.draft(request);
    } catch (WalletException e) {
      throw e.error() == WalletError.SYNCHRONISING
          ? e
          : refused("Unable to create transaction. " + e.getMessage());
    }
  }

  /** What the replacement looks like if it needs no other coins and outputs. */
  private TxPlan likely(Transaction old, Wish wish, CoinControl control) throws WalletException {
    List<TxIn> inputs =
        old.inputs().stream()
            .map(input -> new TxIn(input.outPoint(), Script.EMPTY, input.sequence()))
            .toList();
    return new TxPlan(
        new Transaction(old.version(), inputs, wanted(old, wish), old.lockTime()),
        new NamedCoins(context, state).of(control),
        0,
        OptionalInt.empty());
  }

  /** Who is paid, and where the rest goes if that is known. */
  private record Outputs(List<Payment> payments, Optional<Script> change) {}

  private Outputs outputs(Transaction old, Wish wish) throws WalletException {
    List<TxOut> wanted = wanted(old, wish);
    List<Payment> payees = new ArrayList<>();
    Optional<Script> change = Optional.empty();
    for (int i = 0; i < wanted.size(); i++) {
      TxOut output = wanted.get(i);
      boolean isChange =
          wish.changeIndex().isPresent()
              ? wish.changeIndex().getAsInt() == i
              : isChange(output.scriptPubKey());
      if (isChange) {
        change = Optional.of(output.scriptPubKey());
      } else {
        payees.add(new Payment(output.scriptPubKey(), output.valueSat(), false));
      }
    }
    if (!payees.isEmpty()) {
      return new Outputs(payees, change);
    }
    // All goes to change: it bears the fee.
    Script only =
        change.orElseThrow(
            () ->
                invalid(
                    "Unable to create transaction. Transaction must have at least one recipient"));
    long sum = wanted.stream().mapToLong(TxOut::valueSat).sum();
    return new Outputs(List.of(new Payment(only, sum, true)), Optional.empty());
  }

  private static List<TxOut> wanted(Transaction old, Wish wish) {
    return wish.payments().isEmpty()
        ? old.outputs()
        : wish.payments().stream().map(Payment::output).toList();
  }

  private boolean isChange(Script script) {
    return state.keychains().find(script).filter(ScriptOrigin::isChange).isPresent();
  }

  private void checkReplaceable(WalletTx entry) throws WalletException {
    Transaction transaction = entry.transaction();
    if (entry.isConfirmed() || entry.state() instanceof TxState.Conflicted) {
      throw alreadySpent(spentInput(transaction));
    }
    for (int i = 0; i < transaction.outputs().size(); i++) {
      if (history.spenders(transaction.outPoint(i)).stream().anyMatch(history::isActive)) {
        throw invalid("Transaction has descendants in the wallet");
      }
    }
    if (context.chain().waiting().hasChild(entry.txid())) {
      throw invalid("Transaction has descendants in the mempool");
    }
    if (!(entry.state() instanceof TxState.Pending)) {
      throw refused("Transaction was given up");
    }
    Optional<Txid> successor = entry.notes().replacedBy().or(() -> successor(entry));
    if (successor.isPresent()) {
      throw refused(
          "Cannot bump transaction %s which was already bumped by transaction %s"
              .formatted(entry.txid(), successor.get()));
    }
    Set<Txid> rivals = history.mempoolRivals(entry.txid());
    if (!rivals.isEmpty()) {
      throw refused(
          "Transaction %s of the mempool spends the same coins"
              .formatted(rivals.iterator().next()));
    }
  }

  /** An input of a mined or conflicted transaction that nobody can spend again. */
  private OutPoint spentInput(Transaction transaction) {
    List<OutPoint> inputs = transaction.inputs().stream().map(TxIn::outPoint).toList();
    MempoolView waiting = context.chain().waiting();
    return inputs.stream()
        .filter(outPoint -> waiting.output(outPoint).isEmpty())
        .findFirst()
        .orElse(inputs.get(0));
  }

  /** The later transaction of the wallet that spends all that this one spends. */
  private Optional<Txid> successor(WalletTx entry) {
    Set<Txid> rivals = history.spenders(entry.transaction().inputs().get(0).outPoint());
    return rivals.stream()
        .filter(rival -> history.find(rival).orElseThrow().order() > entry.order())
        .filter(
            rival ->
                entry.transaction().inputs().stream()
                    .allMatch(input -> history.spenders(input.outPoint()).contains(rival)))
        .findFirst();
  }

  private long fee(Transaction old) throws WalletException {
    long sat = -old.outputs().stream().mapToLong(TxOut::valueSat).sum();
    for (TxIn input : old.inputs()) {
      sat += spent(input.outPoint()).valueSat();
    }
    return sat;
  }

  /** An output of the wallet, or of somebody else. */
  private TxOut spent(OutPoint outPoint) throws WalletException {
    return history
        .output(outPoint)
        .map(OwnOutput::output)
        .or(() -> context.chain().waiting().output(outPoint))
        .orElseThrow(() -> alreadySpent(outPoint));
  }

  /** All coins of a transaction; how those of others are spent is seen from it. */
  private CoinControl.Named spentBy(Transaction old) {
    Map<OutPoint, Integer> weights = new HashMap<>();
    SigningKeys keys = new SigningKeys();
    for (TxIn input : old.inputs()) {
      if (history.output(input.outPoint()).isEmpty()) {
        weights.put(input.outPoint(), SignedInput.mostWeight(input));
        SignedInput.lastPush(input).ifPresent(keys::add);
      }
    }
    List<OutPoint> coins = old.inputs().stream().map(TxIn::outPoint).toList();
    return new CoinControl.Named(coins, weights, keys);
  }

  private static long rate(WalletTx entry, long oldFeeSat, Wish wish, Rules rules) {
    if (wish.feeRateSatPerKvb().isPresent()) {
      return wish.feeRateSatPerKvb().getAsLong();
    }
    long before = oldFeeSat * 1000 / entry.transaction().virtualSize() + 1;
    long increment = Math.max(rules.incremental(), LEAST_INCREMENT_SAT_PER_KVB);
    return Math.max(before + increment, Math.max(rules.advised(), rules.minimum()));
  }

  private void checkFee(long weight, long rate, long oldFeeSat, Rules rules)
      throws WalletException {
    long fee = Fees.ofWeight(rate, weight);
    long increment = Fees.ofWeight(rules.incremental(), weight);
    if (fee < oldFeeSat + increment) {
      throw invalid(
          "Insufficient total fee %s, must be at least %s (oldFee %s + incrementalFee %s)"
              .formatted(
                  Amount.shortest(fee),
                  Amount.shortest(oldFeeSat + increment),
                  Amount.shortest(oldFeeSat),
                  Amount.shortest(increment)));
    }
    long most = payments.fees().maximumSat();
    if (fee > most) {
      throw refused(
          "Specified or calculated fee %s is too high (cannot be higher than -maxtxfee %s)"
              .formatted(Amount.shortest(fee), Amount.shortest(most)));
    }
    if (rate < rules.minimum()) {
      throw refused(
          "New fee rate (%s) is lower than the minimum fee rate (%s) to get into the mempool -- "
              .formatted(Amount.shortest(rate), Amount.shortest(rules.minimum())));
    }
  }

  /**
   * Signs the replacement, stores it, and publishes it.
   *
   * @throws WalletException as {@link WalletPayments#execute}
   */
  public Transaction execute(Replacement replacement) throws WalletException {
    WalletTx.Notes notes =
        history
            .find(replacement.replaced())
            .map(WalletTx::notes)
            .orElse(WalletTx.Notes.NONE)
            .onReplacementOf(replacement.replaced());
    return payments.execute(replacement.plan(), notes);
  }

  private static WalletException alreadySpent(OutPoint outPoint) {
    return new WalletException(WalletError.COIN_SPENT, outPoint + " is already spent");
  }

  private static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_REQUEST, message);
  }

  private static WalletException refused(String message) {
    return new WalletException(WalletError.NOT_REPLACEABLE, message);
  }
}
