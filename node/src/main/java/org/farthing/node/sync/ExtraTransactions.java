package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import org.farthing.consensus.primitives.Transaction;

/**
 * Transactions that are not in the mempool, and may all the same be in the next block: those that
 * were replaced, refused or wait for their parents. The last ones are kept, so many as {@code
 * -blockreconstructionextratxn} says.
 */
public final class ExtraTransactions {
  /** Larger ones that were refused are not kept. */
  static final int MAX_REFUSED_BYTES = 100_000;

  private final int most;
  private final Deque<Transaction> last = new ArrayDeque<>();

  /**
   * @param most how many are kept
   */
  public ExtraTransactions(int most) {
    this.most = most;
  }

  /** It was in the mempool, and another one took its place. */
  public void replaced(Transaction transaction) {
    if (most == 0) {
      return;
    }
    if (last.size() == most) {
      last.removeFirst();
    }
    last.addLast(transaction);
  }

  /** It came for the first time, and did not get into the mempool. */
  public void refused(Transaction transaction) {
    if (transaction.totalSize() < MAX_REFUSED_BYTES) {
      replaced(transaction);
    }
  }

  /** The oldest first. */
  Collection<Transaction> all() {
    return Collections.unmodifiableCollection(last);
  }
}
