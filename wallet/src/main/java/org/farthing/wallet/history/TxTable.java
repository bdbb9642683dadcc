package org.farthing.wallet.history;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.farthing.consensus.primitives.Txid;

/**
 * The wallet's transactions by identifier, in their order, and by the height of the block that
 * decided their state; and which of them have changed since somebody asked.
 */
final class TxTable {
  /** How far back the time of the latest transactions is looked for. */
  private static final int LOOK_BACK = 100;

  private static final long TOLERANCE_SECONDS = 5 * 60;

  private final Map<Txid, WalletTx> transactions = new HashMap<>();
  private final NavigableMap<Long, Txid> ordered = new TreeMap<>();
  private final NavigableMap<Integer, Set<Txid>> byHeight = new TreeMap<>();
  private final Set<Txid> pending = new LinkedHashSet<>();
  private final Set<Txid> changed = new LinkedHashSet<>();
  private final Set<Txid> touched = new LinkedHashSet<>();
  private long earliestSeconds = Long.MAX_VALUE;

  WalletTx get(Txid txid) {
    return transactions.get(txid);
  }

  Optional<WalletTx> find(Txid txid) {
    return Optional.ofNullable(transactions.get(txid));
  }

  boolean has(Txid txid) {
    return transactions.containsKey(txid);
  }

  int size() {
    return transactions.size();
  }

  Collection<WalletTx> all() {
    return transactions.values();
  }

  Collection<Txid> newestFirst() {
    return Collections.unmodifiableCollection(ordered.descendingMap().values());
  }

  long nextOrder() {
    return ordered.isEmpty() ? 0 : ordered.lastKey() + 1;
  }

  /** The time of the earliest transaction; it stays when that one is forgotten. */
  long earliestSeconds() {
    return earliestSeconds;
  }

  List<WalletTx> pending() {
    return pending.stream().map(transactions::get).toList();
  }

  /** Those whose state was decided by a block above a height. */
  Set<Txid> decidedAbove(int height) {
    Set<Txid> decided = new LinkedHashSet<>();
    byHeight.tailMap(height, false).values().forEach(decided::addAll);
    return decided;
  }

  /** Takes in a transaction, or what has become of it, without noting that it changed. */
  void restore(WalletTx transaction) {
    earliestSeconds = Math.min(earliestSeconds, transaction.times().shownSeconds());
    Txid txid = transaction.txid();
    WalletTx before = transactions.put(txid, transaction);
    if (before != null) {
      forgetHeight(before);
      ordered.remove(before.order());
    }
    ordered.put(transaction.order(), txid);
    if (transaction.state() instanceof TxState.Pending) {
      pending.add(txid);
    } else {
      pending.remove(txid);
    }
    heightOf(transaction.state())
        .ifPresent(at -> byHeight.computeIfAbsent(at, key -> new LinkedHashSet<>()).add(txid));
  }

  void put(WalletTx transaction) {
    restore(transaction);
    changed.add(transaction.txid());
  }

  /** Somebody should hear of it. */
  void touch(Txid txid) {
    touched.add(txid);
  }

  Optional<WalletTx> remove(Txid txid) {
    WalletTx known = transactions.remove(txid);
    if (known != null) {
      forgetHeight(known);
      ordered.remove(known.order());
      pending.remove(txid);
      changed.remove(txid);
      touched.remove(txid);
    }
    return Optional.ofNullable(known);
  }

  List<WalletTx> drainChanges() {
    return drain(changed);
  }

  List<WalletTx> drainTouched() {
    return drain(touched);
  }

  private List<WalletTx> drain(Set<Txid> txids) {
    List<WalletTx> drained = txids.stream().map(transactions::get).toList();
    txids.clear();
    return drained;
  }

  /**
   * The time to show for a transaction that comes with a new block: the block's, but not before the
   * latest transaction that is there, and not after now, so that times stand in the order of the
   * history (as in Bitcoin Core).
   */
  long shownSeconds(long blockSeconds, long nowSeconds) {
    long latest = 0;
    long now = nowSeconds;
    int looked = 0;
    for (Txid txid : newestFirst()) {
      long shown = transactions.get(txid).times().shownSeconds();
      if (shown <= nowSeconds + TOLERANCE_SECONDS) {
        latest = shown;
        now = Math.max(now, shown);
        break;
      }
      if (++looked == LOOK_BACK) {
        break;
      }
    }
    return Math.max(latest, Math.min(blockSeconds, now));
  }

  private void forgetHeight(WalletTx transaction) {
    heightOf(transaction.state())
        .ifPresent(
            at -> {
              Set<Txid> others = byHeight.get(at);
              others.remove(transaction.txid());
              if (others.isEmpty()) {
                byHeight.remove(at);
              }
            });
  }

  /** The height of the block that decided the state. */
  private static Optional<Integer> heightOf(TxState state) {
    if (state instanceof TxState.Confirmed confirmed) {
      return Optional.of(confirmed.height());
    }
    return state instanceof TxState.Conflicted conflicted
        ? Optional.of(conflicted.height())
        : Optional.empty();
  }
}
