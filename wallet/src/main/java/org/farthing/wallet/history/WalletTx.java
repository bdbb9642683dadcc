package org.farthing.wallet.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;

/**
 * A transaction that pays to the wallet or from it, with what the wallet knows of it.
 *
 * @param transaction with the witness that counts: that of the block, or else the lightest known
 * @param order the place in the wallet's history: later ones have higher numbers
 * @param variants the same transaction with other witnesses that were seen
 */
public record WalletTx(
    Transaction transaction,
    TxState state,
    Times times,
    long order,
    Notes notes,
    List<Transaction> variants) {
  /** Without a witness it is not complete; else the lightest is the best. */
  private static final Comparator<Transaction> BEST_FIRST =
      Comparator.comparing((Transaction variant) -> !variant.hasWitness())
          .thenComparing(Transaction::weight);

  /**
   * When it came, in seconds since 1970.
   *
   * @param receivedSeconds when the wallet first saw it
   * @param shownSeconds which is told as its time: from its block where it was first seen in one,
   *     and in the order of the wallet's history as far as that goes
   */
  public record Times(long receivedSeconds, long shownSeconds) {
    public static Times at(long seconds) {
      return new Times(seconds, seconds);
    }
  }

  /**
   * What the owner has to say of it.
   *
   * @param comment may be empty
   * @param to who was paid; may be empty
   * @param replaces in whose place it was made
   * @param replacedBy which was made in its place
   */
  public record Notes(
      String comment, String to, Optional<Txid> replaces, Optional<Txid> replacedBy) {
    public static final Notes NONE = of("");

    public static Notes of(String comment) {
      return of(comment, "");
    }

    public static Notes of(String comment, String to) {
      return new Notes(comment, to, Optional.empty(), Optional.empty());
    }

    /** The same words on what takes the place of a transaction. */
    public Notes onReplacementOf(Txid replaced) {
      return new Notes(comment, to, Optional.of(replaced), Optional.empty());
    }

    public Notes withReplacedBy(Txid successor) {
      return new Notes(comment, to, replaces, Optional.of(successor));
    }
  }

  public WalletTx {
    variants = List.copyOf(variants);
  }

  /** One of which no other witness is known. */
  public WalletTx(Transaction transaction, TxState state, Times times, long order, Notes notes) {
    this(transaction, state, times, order, notes, List.of());
  }

  public Txid txid() {
    return transaction.txid();
  }

  public boolean isConfirmed() {
    return state instanceof TxState.Confirmed;
  }

  /** The same in another state. */
  public WalletTx withState(TxState replacement) {
    return new WalletTx(transaction, replacement, times, order, notes, variants);
  }

  public WalletTx withNotes(Notes replacement) {
    return new WalletTx(transaction, state, times, order, replacement, variants);
  }

  /**
   * The same in a state, as it was seen now: in a block its witness counts, else the best one.
   *
   * @param seen the same transaction, perhaps with another witness
   */
  WalletTx seenAs(Transaction seen, TxState replacement) {
    if (seen.wtxid().equals(transaction.wtxid()) && variants.isEmpty()) {
      return withState(replacement);
    }
    List<Transaction> all = new ArrayList<>(variants);
    all.add(transaction);
    if (all.stream().noneMatch(known -> known.wtxid().equals(seen.wtxid()))) {
      all.add(seen);
    }
    Transaction first =
        replacement instanceof TxState.Confirmed
            ? seen
            : all.stream().min(BEST_FIRST).orElseThrow();
    all.removeIf(known -> known.wtxid().equals(first.wtxid()));
    return new WalletTx(first, replacement, times, order, notes, all);
  }

  /** The same when no block has it any more: the best of the known witnesses counts. */
  WalletTx unconfirmed() {
    return seenAs(transaction, TxState.Pending.INSTANCE);
  }

  /** Whether the two differ in nothing but their states. */
  public boolean equalsButForState(WalletTx other) {
    return transaction.equals(other.transaction)
        && times.equals(other.times)
        && order == other.order
        && notes.equals(other.notes)
        && variants.equals(other.variants);
  }
}
