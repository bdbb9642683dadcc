package org.farthing.wallet.history;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.primitives.Txid;

/**
 * Which transactions of the mempool spend what others of the wallet, or their ancestors, spend:
 * those others cannot get into the mempool while they are there.
 */
final class Rivals {
  private final Map<Txid, Set<Txid>> byLoser = new HashMap<>();
  private final Map<Txid, Set<Txid>> byRival = new HashMap<>();

  /**
   * @return whether that is new
   */
  boolean add(Txid loser, Txid rival) {
    byRival.computeIfAbsent(rival, key -> new LinkedHashSet<>(2)).add(loser);
    return byLoser.computeIfAbsent(loser, key -> new LinkedHashSet<>(2)).add(rival);
  }

  Set<Txid> of(Txid loser) {
    return Collections.unmodifiableSet(byLoser.getOrDefault(loser, Set.of()));
  }

  boolean has(Txid loser) {
    return byLoser.containsKey(loser);
  }

  /**
   * The mempool doesn't have a transaction any more.
   *
   * @return those for which it was a rival
   */
  Set<Txid> remove(Txid rival) {
    Set<Txid> losers = byRival.remove(rival);
    if (losers == null) {
      return Set.of();
    }
    losers.forEach(loser -> drop(byLoser, loser, rival));
    return losers;
  }

  /** A transaction that is none of the wallet's any more. */
  void forget(Txid loser) {
    Set<Txid> rivals = byLoser.remove(loser);
    if (rivals != null) {
      rivals.forEach(rival -> drop(byRival, rival, loser));
    }
  }

  private static void drop(Map<Txid, Set<Txid>> map, Txid key, Txid value) {
    Set<Txid> rest = map.get(key);
    rest.remove(value);
    if (rest.isEmpty()) {
      map.remove(key);
    }
  }
}
