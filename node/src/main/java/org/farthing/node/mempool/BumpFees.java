package org.farthing.node.mempool;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;

/**
 * What a transaction must pay on top of its own fee if it spends waiting coins: so much that those
 * ancestors that miners would not take at a rate come to that rate with it. Whatever pays the rate
 * with its ancestors is taken for mined. A waiting transaction that spends one of the coins would
 * be replaced, with all that follows from it, and does not count.
 */
public final class BumpFees {
  private final MempoolSnapshot mempool;
  private final FeeRate rate;
  private final Map<Txid, MempoolEntry> left = new LinkedHashMap<>();
  private final Map<Txid, Set<Txid>> ancestors = new HashMap<>();

  private BumpFees(MempoolSnapshot mempool, Collection<OutPoint> coins, FeeRate rate) {
    this.mempool = mempool;
    this.rate = rate;
    Set<Txid> replaced = replaced(coins);
    Set<Cluster> clusters = new LinkedHashSet<>();
    coins.forEach(coin -> mempool.cluster(coin.txid()).ifPresent(clusters::add));
    for (Cluster cluster : clusters) {
      Map<Txid, MempoolEntry> members = new LinkedHashMap<>();
      cluster.entries().stream()
          .filter(entry -> !replaced.contains(entry.txid()))
          .forEach(entry -> members.put(entry.txid(), entry));
      mine(members);
      left.putAll(members);
    }
  }

  private Set<Txid> replaced(Collection<OutPoint> coins) {
    Set<Txid> replaced = new HashSet<>();
    for (OutPoint coin : coins) {
      mempool
          .spender(coin)
          .ifPresent(
              spender ->
                  mempool.withDescendants(spender).forEach(each -> replaced.add(each.txid())));
    }
    return replaced;
  }

  /** For each of the coins by itself, in satoshis. */
  public static Map<OutPoint, Long> ofEach(
      MempoolSnapshot mempool, Collection<OutPoint> coins, FeeRate rate) {
    BumpFees after = new BumpFees(mempool, coins, rate);
    Map<OutPoint, Long> fees = new HashMap<>();
    for (OutPoint coin : coins) {
      MempoolEntry entry = after.left.get(coin.txid());
      fees.put(coin, entry == null ? 0L : after.missing(entry));
    }
    return fees;
  }

  /** For one transaction that spends all of the coins, in satoshis. */
  public static long ofAll(MempoolSnapshot mempool, Collection<OutPoint> coins, FeeRate rate) {
    BumpFees after = new BumpFees(mempool, coins, rate);
    Set<Txid> needed = new HashSet<>();
    for (OutPoint coin : coins) {
      if (after.left.containsKey(coin.txid())) {
        needed.addAll(after.ancestors.get(coin.txid()));
      }
    }
    return after.missing(needed.stream().map(after.left::get).toList());
  }

  private long missing(MempoolEntry entry) {
    long withAncestors = missing(ancestors.get(entry.txid()).stream().map(left::get).toList());
    return Math.max(withAncestors, missing(List.of(entry)));
  }

  private long missing(Collection<MempoolEntry> entries) {
    return rate.feeFor(MempoolEntry.virtualSize(entries)) - MempoolEntry.modifiedFeesSat(entries);
  }

  /** Takes away what pays the rate together with its ancestors, the best first. */
  private void mine(Map<Txid, MempoolEntry> members) {
    members.keySet().forEach(txid -> ancestors.put(txid, ancestors(txid, members)));
    Optional<Txid> best = best(members);
    while (best.isPresent()) {
      Set<Txid> mined = Set.copyOf(ancestors.get(best.get()));
      members.keySet().removeAll(mined);
      members.keySet().forEach(txid -> ancestors.get(txid).removeAll(mined));
      best = best(members);
    }
  }

  private Set<Txid> ancestors(Txid txid, Map<Txid, MempoolEntry> members) {
    Set<Txid> found = new HashSet<>();
    for (MempoolEntry each : mempool.withAncestors(members.get(txid))) {
      if (members.containsKey(each.txid())) {
        found.add(each.txid());
      }
    }
    return found;
  }

  /** The transaction that pays most, if it and its ancestors together pay the rate. */
  private Optional<Txid> best(Map<Txid, MempoolEntry> members) {
    return members.keySet().stream()
        .max(Comparator.comparing(txid -> score(txid, members)))
        .filter(txid -> missing(together(txid, members)) <= 0);
  }

  private List<MempoolEntry> together(Txid txid, Map<Txid, MempoolEntry> members) {
    return ancestors.get(txid).stream().map(members::get).toList();
  }

  /** What it pays, or with its ancestors if that is less. */
  private FeeRate score(Txid txid, Map<Txid, MempoolEntry> members) {
    FeeRate own = MempoolEntry.modifiedRate(List.of(members.get(txid)));
    FeeRate whole = MempoolEntry.modifiedRate(together(txid, members));
    return own.compareTo(whole) < 0 ? own : whole;
  }
}
