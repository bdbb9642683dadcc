package org.farthing.wallet.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.history.Movement.Category;

/**
 * What the transactions of a history are worth as of its tip. Good for one reading: it remembers
 * what it found out.
 */
public final class Valuation {
  private final History history;
  private final Rules rules;
  private final Map<Txid, Boolean> trusted = new HashMap<>();

  /**
   * What holds for a wallet.
   *
   * @param coinbaseMaturity blocks that must follow before a coinbase can be spent
   * @param trustsUnconfirmed whether anything is trusted before a block has it
   * @param isNamed whether the owner has given a script a name: then it is no change
   */
  public record Rules(int coinbaseMaturity, boolean trustsUnconfirmed, Predicate<Script> isNamed) {}

  public Valuation(History history, Rules rules) {
    this.history = history;
    this.rules = rules;
  }

  /**
   * Blocks from the transaction's to the tip, both counted; 0 while it is not confirmed, negative
   * by as many where a block conflicts with it.
   */
  public int confirmations(WalletTx transaction) {
    if (transaction.state() instanceof TxState.Confirmed confirmed) {
      return history.tipHeight() - confirmed.height() + 1;
    }
    return transaction.state() instanceof TxState.Conflicted conflicted
        ? conflicted.height() - history.tipHeight() - 1
        : 0;
  }

  /**
   * Blocks that must follow until a coinbase counts as mature; 0 for all others. One more than the
   * rule asks for, as in Bitcoin Core, so that a reorganisation of one block does no harm.
   */
  public int blocksToMaturity(WalletTx transaction) {
    return transaction.transaction().isCoinbase()
        ? Math.max(0, rules.coinbaseMaturity() + 1 - confirmations(transaction))
        : 0;
  }

  /**
   * Whether nobody but the owner can undo it: it is confirmed, or, where that is trusted, it waits
   * in the mempool and spends only the wallet's own coins that are trusted themselves.
   */
  public boolean isTrusted(WalletTx transaction) {
    Boolean known = trusted.get(transaction.txid());
    if (known == null) {
      known = findTrust(transaction);
      trusted.put(transaction.txid(), known);
    }
    return known;
  }

  private boolean findTrust(WalletTx transaction) {
    if (transaction.isConfirmed()) {
      return true;
    }
    if (!rules.trustsUnconfirmed() || !isWaiting(transaction)) {
      return false;
    }
    for (TxIn input : transaction.transaction().inputs()) {
      Optional<WalletTx> parent = history.find(input.outPoint().txid());
      if (history.output(input.outPoint()).isEmpty()
          || parent.isEmpty()
          || !isTrusted(parent.get())) {
        return false;
      }
    }
    return true;
  }

  /** Pending, and known to the mempool. */
  private boolean isWaiting(WalletTx transaction) {
    return transaction.state() instanceof TxState.Pending
        && history.isInMempool(transaction.txid());
  }

  /**
   * What can be spent: without what waiting transactions of the wallet spend, whether the mempool
   * has them or not.
   */
  public Balance balance() {
    int mature = history.tipHeight() - rules.coinbaseMaturity();
    long immature = sum(history.coins().minedSat().tailMap(mature, false).values());
    long matured = sum(history.coins().minedSat().headMap(mature, true).values());
    return new Balance(history.coins().paidSat() + matured, 0, immature)
        .plus(balance(history.coins().unconfirmed(), 0));
  }

  private static long sum(Collection<Long> amounts) {
    long sum = 0;
    for (long sat : amounts) {
      sum += sat;
    }
    return sum;
  }

  /**
   * @param minConfirmations unconfirmed and shallower coins don't count as trusted
   */
  public Balance balance(int minConfirmations) {
    return minConfirmations <= 0 ? balance() : balance(history.unspent(), minConfirmations);
  }

  /** What is spent only by waiting transactions that the mempool doesn't have. */
  public Balance reserved() {
    return balance(history.reserved(), 0);
  }

  /** What can be spent of coins whose scripts were spent from before. */
  public Balance reused(int minConfirmations) {
    return balance(
        history.unspent().stream()
            .filter(own -> history.isSpentFrom(own.output().scriptPubKey()))
            .toList(),
        minConfirmations);
  }

  private Balance balance(Collection<OwnOutput> coins, int minConfirmations) {
    Balance sum = Balance.ZERO;
    for (OwnOutput output : coins) {
      WalletTx transaction = history.find(output.outPoint().txid()).orElseThrow();
      long sat = output.output().valueSat();
      if (blocksToMaturity(transaction) > 0) {
        sum = sum.plus(0, 0, transaction.isConfirmed() ? sat : 0);
      } else if (isTrusted(transaction)) {
        sum = sum.plus(confirmations(transaction) >= minConfirmations ? sat : 0, 0, 0);
      } else if (isWaiting(transaction)) {
        sum = sum.plus(0, sat, 0);
      }
    }
    return sum;
  }

  /** Satoshis of the wallet's own outputs that it spends. */
  public long debitSat(Transaction transaction) {
    long sum = 0;
    for (TxIn input : transaction.inputs()) {
      sum += history.output(input.outPoint()).map(own -> own.output().valueSat()).orElse(0L);
    }
    return sum;
  }

  /** Satoshis that it pays to the wallet. */
  public long creditSat(Transaction transaction) {
    long sum = 0;
    for (int i = 0; i < transaction.outputs().size(); i++) {
      sum += history.output(transaction.outPoint(i)).map(own -> own.output().valueSat()).orElse(0L);
    }
    return sum;
  }

  /**
   * What the wallet put in more than came out, in satoshis, if it put in anything: the fee, where
   * all inputs are its own. Where others put in too it is less, as in Bitcoin Core.
   */
  public OptionalLong feeSat(Transaction transaction) {
    long spent = debitSat(transaction);
    return spent == 0
        ? OptionalLong.empty()
        : OptionalLong.of(spent - transaction.outputs().stream().mapToLong(TxOut::valueSat).sum());
  }

  /**
   * The lines that a transaction adds to the history, in the order of its outputs. Change shows
   * nowhere; a payment to oneself goes out and comes in. What a block conflicts with comes nowhere.
   */
  public List<Movement> movements(WalletTx entry) {
    return movements(entry, Shown.USUAL);
  }

  /** What is shown of a transaction. */
  public enum Shown {
    USUAL,
    /** Change too, as if it were a payment to oneself. */
    WITH_CHANGE,
    /** All that came in, also where a block conflicts with it. */
    CONFLICTED_TOO,
    /** Everything. */
    ALL;

    boolean change() {
      return this == WITH_CHANGE || this == ALL;
    }

    boolean conflicted() {
      return this == CONFLICTED_TOO || this == ALL;
    }
  }

  /** The same, and more or less of it. */
  public List<Movement> movements(WalletTx entry, Shown shown) {
    Transaction transaction = entry.transaction();
    boolean fromWallet = debitSat(transaction) > 0;
    List<Movement> sent = new ArrayList<>();
    List<Movement> received = new ArrayList<>();
    for (int i = 0; i < transaction.outputs().size(); i++) {
      OutPoint outPoint = transaction.outPoint(i);
      TxOut output = transaction.outputs().get(i);
      Optional<OwnOutput> own = history.output(outPoint);
      boolean change =
          !shown.change()
              && fromWallet
              && own.filter(it -> it.origin().isChange()).isPresent()
              && !rules.isNamed().test(output.scriptPubKey());
      if (fromWallet && !change) {
        sent.add(new Movement(Category.SEND, outPoint, output.scriptPubKey(), -output.valueSat()));
      }
      if (own.isPresent() && !change) {
        received.add(
            new Movement(incoming(entry), outPoint, output.scriptPubKey(), output.valueSat()));
      }
    }
    if (shown.conflicted() || !(entry.state() instanceof TxState.Conflicted)) {
      sent.addAll(received);
    }
    return sent;
  }

  private Category incoming(WalletTx entry) {
    if (!entry.transaction().isCoinbase()) {
      return Category.RECEIVE;
    }
    if (!entry.isConfirmed()) {
      return Category.ORPHAN;
    }
    return blocksToMaturity(entry) > 0 ? Category.IMMATURE : Category.GENERATE;
  }
}
