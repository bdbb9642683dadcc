package org.farthing.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.Balance;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.Movement;
import org.farthing.wallet.history.OwnOutput;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.Valuation;
import org.farthing.wallet.history.WalletTx;

/** What a wallet has, and how it came to it. */
public final class WalletHistory {
  private final WalletContext context;
  private final WalletState state;
  private final History history;

  WalletHistory(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
    this.history = state.history();
  }

  /** The earliest time of a transaction, in seconds since 1970; the highest number without any. */
  public long earliestSeconds() {
    context.owner().check();
    return history.earliestSeconds();
  }

  public Balance balance() {
    return balance(0);
  }

  /**
   * @param minConfirmations coins with fewer don't count as trusted
   */
  public Balance balance(int minConfirmations) {
    context.owner().check();
    return valuation().balance(minConfirmations);
  }

  /**
   * What is spent only by waiting transactions of the wallet that the mempool doesn't have: {@link
   * #balance} leaves it out, though it is there until they get into a block.
   */
  public Balance reserved() {
    context.owner().check();
    return valuation().reserved();
  }

  /**
   * The part of {@link #balance(int)} that belongs to addresses that were spent from before: who
   * avoids reuse leaves it alone.
   */
  public Balance reused(int minConfirmations) {
    context.owner().check();
    return valuation().reused(minConfirmations);
  }

  /** Whether a transaction of the wallet spends from this script, or once did. */
  public boolean isSpentFrom(Script script) {
    context.owner().check();
    return history.isSpentFrom(script);
  }

  /** All unspent coins of active transactions, also those that are pending or immature. */
  public List<UnspentCoin> unspent() {
    context.owner().check();
    Valuation valuation = valuation();
    List<UnspentCoin> coins = new ArrayList<>();
    for (OwnOutput own : history.unspent()) {
      WalletTx entry = history.find(own.outPoint().txid()).orElseThrow();
      if (entry.isConfirmed() || history.isInMempool(entry.txid())) {
        coins.add(
            new UnspentCoin(
                own,
                valuation.confirmations(entry),
                isSafe(entry, valuation),
                valuation.blocksToMaturity(entry)));
      }
    }
    return coins;
  }

  /** One that takes the place of another, or had to give it up, may not be the one that lasts. */
  private static boolean isSafe(WalletTx entry, Valuation valuation) {
    boolean rivalled =
        !entry.isConfirmed()
            && (entry.notes().replaces().isPresent() || entry.notes().replacedBy().isPresent());
    return !rivalled && valuation.isTrusted(entry);
  }

  /**
   * @throws WalletException NOT_FOUND
   */
  public TransactionDetails transaction(Txid txid) throws WalletException {
    context.owner().check();
    return history
        .find(txid)
        .map(entry -> details(entry, valuation()))
        .orElseThrow(
            () ->
                new WalletException(
                    WalletError.NOT_FOUND, "the wallet has no transaction " + txid));
  }

  public Optional<WalletTx> find(Txid txid) {
    context.owner().check();
    return history.find(txid);
  }

  /** The lines that a transaction adds to the history. */
  public List<Movement> movements(WalletTx entry, Valuation.Shown shown) {
    context.owner().check();
    return valuation().movements(entry, shown);
  }

  /** Whether a transaction of the wallet that is not given up spends the output. */
  public boolean isSpent(OutPoint output) {
    context.owner().check();
    return history.spenders(output).stream().anyMatch(history::isActive);
  }

  /**
   * Which of the wallet's addresses everybody can tell to have one owner, since its transactions
   * spent from them together or paid change to them; also those that stand alone.
   */
  public List<Set<Address>> addressGroups() {
    context.owner().check();
    return new AddressGroups(history, new WalletAddresses(context, state)).find();
  }

  /** All transactions, the latest first, looked at one by one as the stream is read. */
  public Stream<TransactionDetails> transactions() {
    context.owner().check();
    Valuation valuation = valuation();
    return history.newestFirst().stream()
        .map(txid -> details(history.find(txid).orElseThrow(), valuation));
  }

  /**
   * Takes in a transaction that somebody has proven to be in a block of the chain.
   *
   * @return false if it doesn't concern the wallet
   */
  public boolean addConfirmed(Transaction transaction, TxState.Confirmed proven) {
    context.owner().check();
    boolean added = history.addConfirmed(transaction, proven, context.nowSeconds().getAsLong());
    state.save();
    return added;
  }

  /**
   * Forgets a transaction, as if it had never been.
   *
   * @return false if there is none
   */
  public boolean forget(Txid txid) {
    context.owner().check();
    return state.forget(txid);
  }

  /** The other transactions of the wallet that spend an output that this one spends. */
  public Collection<Txid> conflictsOf(WalletTx entry) {
    Set<Txid> conflicts = new LinkedHashSet<>();
    for (TxIn input : entry.transaction().inputs()) {
      conflicts.addAll(history.spenders(input.outPoint()));
    }
    conflicts.remove(entry.txid());
    return conflicts;
  }

  /**
   * Transactions of the mempool that spend what this one, or one that it stands on, spends: as long
   * as they are there it cannot get there.
   */
  public Collection<Txid> mempoolConflictsOf(WalletTx entry) {
    return history.mempoolRivals(entry.txid());
  }

  private TransactionDetails details(WalletTx entry, Valuation valuation) {
    Transaction transaction = entry.transaction();
    OptionalLong fee = valuation.feeSat(transaction);
    return new TransactionDetails(
        entry,
        valuation.confirmations(entry),
        valuation.isTrusted(entry),
        history.isInMempool(entry.txid()),
        valuation.creditSat(transaction) - valuation.debitSat(transaction) + fee.orElse(0),
        fee,
        valuation.movements(entry));
  }

  Valuation valuation() {
    return new Valuation(
        history,
        new Valuation.Rules(
            context.params().coinbaseMaturity(),
            context.options().spending().unconfirmedChange(),
            this::isNamed));
  }

  private boolean isNamed(Script script) {
    return Address.ofScript(script, state.network())
        .filter(address -> !state.label(address.toString()).isEmpty())
        .isPresent();
  }
}
