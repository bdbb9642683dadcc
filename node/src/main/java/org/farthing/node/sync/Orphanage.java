package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;

/**
 * Transactions that came before their parents. They wait, few and small and not for long, until a
 * parent arrives; when there are too many the one that waits longest makes room, that of the peer
 * with most orphans first, so that one peer cannot push out the others'.
 */
public final class Orphanage {
  static final int MAX_ORPHANS = 100;
  static final int MAX_WEIGHT = 400_000;
  static final long EXPIRY_MILLIS = 20 * 60_000L;

  /**
   * A transaction that waits.
   *
   * @param peer who sent it
   */
  public record Orphan(Transaction transaction, long peer, long sinceMillis) {}

  private final Map<Wtxid, Orphan> orphans = new LinkedHashMap<>();

  /** True where the transaction now waits. */
  public boolean add(Transaction transaction, long peer, long nowMillis) {
    if (transaction.weight() > MAX_WEIGHT || orphans.containsKey(transaction.wtxid())) {
      return false;
    }
    expire(nowMillis);
    if (orphans.size() >= MAX_ORPHANS) {
      evictOne();
    }
    orphans.put(transaction.wtxid(), new Orphan(transaction, peer, nowMillis));
    return true;
  }

  public boolean contains(Wtxid wtxid) {
    return orphans.containsKey(wtxid);
  }

  public int size() {
    return orphans.size();
  }

  /** Takes out those that spend an output of {@code parent}; they may still lack another parent. */
  public List<Orphan> takeChildrenOf(Txid parent) {
    List<Orphan> children = new ArrayList<>();
    for (Iterator<Orphan> each = orphans.values().iterator(); each.hasNext(); ) {
      Orphan orphan = each.next();
      if (parentsOf(orphan.transaction()).contains(parent)) {
        each.remove();
        children.add(orphan);
      }
    }
    return children;
  }

  public void disconnected(long peer) {
    orphans.values().removeIf(orphan -> orphan.peer() == peer);
  }

  private void expire(long nowMillis) {
    orphans.values().removeIf(orphan -> nowMillis - orphan.sinceMillis() >= EXPIRY_MILLIS);
  }

  private void evictOne() {
    Map<Long, Integer> counts = new LinkedHashMap<>();
    orphans.values().forEach(orphan -> counts.merge(orphan.peer(), 1, Integer::sum));
    long loudest =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Wtxid oldest =
        orphans.values().stream()
            .filter(orphan -> orphan.peer() == loudest)
            .findFirst()
            .orElseThrow()
            .transaction()
            .wtxid();
    orphans.remove(oldest);
  }

  static Set<Txid> parentsOf(Transaction transaction) {
    Set<Txid> parents = new HashSet<>();
    transaction.inputs().forEach(input -> parents.add(input.outPoint().txid()));
    return parents;
  }
}
