package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;

/**
 * The waiting transactions with their clusters, and all chunks in the order of their feerate. It
 * knows no rules: what is added belongs there, and what remains after a removal is its caller's
 * matter.
 */
final class TxGraph {
  /** Asked very often: written out, so that no call of it goes through another object. */
  private static final Comparator<MempoolEntry> OLDEST_FIRST =
      (one, other) ->
          one.timeMillis() != other.timeMillis()
              ? Long.compare(one.timeMillis(), other.timeMillis())
              : one.txid().compareTo(other.txid());

  private final Map<Wtxid, MempoolEntry> byWtxid = new HashMap<>();
  private final NavigableSet<Chunk> chunks = new TreeSet<>();
  private final NavigableSet<MempoolEntry> byAge = new TreeSet<>(OLDEST_FIRST);
  private PoolIndex index = PoolIndex.EMPTY;
  private PoolTotals totals = PoolTotals.NONE;
  private long nextClusterId;

  /** Clusters for whose order there may be a better one. */
  private int inexact;

  PoolIndex index() {
    return index;
  }

  PoolTotals totals() {
    return totals;
  }

  /** No cluster could be ordered better. */
  boolean isOptimal() {
    return inexact == 0;
  }

  Optional<MempoolEntry> get(Wtxid wtxid) {
    return Optional.ofNullable(byWtxid.get(wtxid));
  }

  /** The entries that were taken in before a time, in milliseconds since 1970. */
  List<MempoolEntry> olderThan(long millis) {
    List<MempoolEntry> found = new ArrayList<>();
    for (MempoolEntry entry : byAge) {
      if (entry.timeMillis() >= millis) {
        break;
      }
      found.add(entry);
    }
    return found;
  }

  /** Best first; changes with the graph. */
  NavigableSet<Chunk> chunks() {
    return Collections.unmodifiableNavigableSet(chunks);
  }

  /** The clusters that the entry would become one with. */
  Set<Cluster> neighbours(MempoolEntry entry) {
    Set<Cluster> found = new LinkedHashSet<>();
    index.parents(entry).forEach(parent -> found.add(clusterOf(parent)));
    index.children(entry).forEach(child -> found.add(clusterOf(child)));
    return found;
  }

  /** The clusters that entries are part of. */
  Set<Cluster> clustersOf(Collection<MempoolEntry> entries) {
    Set<Cluster> found = new LinkedHashSet<>();
    entries.forEach(entry -> found.add(clusterOf(entry)));
    return found;
  }

  private Cluster clusterOf(MempoolEntry entry) {
    return index.clusters().get(entry.txid()).orElseThrow();
  }

  /** Adds one entry; what it spends and what spends it may be there already. */
  void add(MempoolEntry entry) {
    Set<Cluster> merged = neighbours(entry);
    index = index.with(entry);
    byWtxid.put(entry.wtxid(), entry);
    byAge.add(entry);
    totals = totals.plus(entry);
    List<MempoolEntry> members = new ArrayList<>();
    for (Cluster cluster : merged) {
      displace(cluster);
      members.addAll(cluster.entries());
    }
    members.add(entry);
    place(members);
  }

  /** Removes entries, wherever they stand; what spends from them is left. */
  void remove(Collection<MempoolEntry> removed) {
    Set<Txid> gone = new HashSet<>();
    removed.forEach(entry -> gone.add(entry.txid()));
    if (gone.size() == index.entries().size()) {
      clear();
      return;
    }
    Set<Cluster> touched = clustersOf(removed);
    index = index.without(removed);
    for (MempoolEntry entry : removed) {
      byWtxid.remove(entry.wtxid());
      byAge.remove(entry);
      totals = totals.minus(entry);
    }
    for (Cluster cluster : touched) {
      displace(cluster);
      if (cluster.count() > 1) {
        List<MempoolEntry> left =
            cluster.entries().stream().filter(entry -> !gone.contains(entry.txid())).toList();
        Linearization.components(left).forEach(this::place);
      }
    }
  }

  /** Puts an entry of the same transaction in the place of another. */
  void replace(MempoolEntry old, MempoolEntry entry) {
    Cluster cluster = clusterOf(old);
    index = index.with(entry);
    byWtxid.put(entry.wtxid(), entry);
    byAge.remove(old);
    byAge.add(entry);
    totals = totals.minus(old).plus(entry);
    displace(cluster);
    place(
        cluster.entries().stream()
            .map(member -> member.txid().equals(entry.txid()) ? entry : member)
            .toList());
  }

  /** Nothing waits any more, as where a block has it all. */
  private void clear() {
    index = PoolIndex.EMPTY;
    totals = PoolTotals.NONE;
    byWtxid.clear();
    byAge.clear();
    chunks.clear();
    inexact = 0;
  }

  /** Becomes what it was when it had this index. Identifiers of clusters are not given twice. */
  void restore(PoolIndex earlier, PoolTotals earlierTotals) {
    clear();
    index = earlier;
    totals = earlierTotals;
    for (MempoolEntry entry : earlier.entries().values()) {
      byWtxid.put(entry.wtxid(), entry);
      byAge.add(entry);
    }
    earlier.clusters().values().stream().distinct().forEach(this::count);
  }

  private void place(List<MempoolEntry> members) {
    Cluster cluster = Cluster.of(nextClusterId++, members);
    index = index.withCluster(cluster);
    count(cluster);
  }

  private void count(Cluster cluster) {
    chunks.addAll(cluster.chunks());
    inexact += cluster.isOptimal() ? 0 : 1;
  }

  private void displace(Cluster cluster) {
    cluster.chunks().forEach(chunks::remove);
    inexact -= cluster.isOptimal() ? 0 : 1;
  }
}
