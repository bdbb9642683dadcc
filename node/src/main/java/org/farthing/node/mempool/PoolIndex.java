package org.farthing.node.mempool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;

/** Who waits, and who spends what. Immutable: every change makes another index. */
record PoolIndex(
    HashTrie<Txid, MempoolEntry> entries,
    HashTrie<OutPoint, MempoolEntry> spenders,
    HashTrie<Txid, Cluster> clusters) {

  static final PoolIndex EMPTY =
      new PoolIndex(HashTrie.byTxid(), HashTrie.byOutPoint(), HashTrie.byTxid());

  PoolIndex with(MempoolEntry entry) {
    HashTrie<OutPoint, MempoolEntry> spending = spenders;
    for (TxIn input : entry.transaction().inputs()) {
      spending = spending.with(input.outPoint(), entry);
    }
    return new PoolIndex(entries.with(entry.txid(), entry), spending, clusters);
  }

  PoolIndex without(Collection<MempoolEntry> several) {
    HashTrie<Txid, MempoolEntry>.Changes waiting = entries.changes();
    HashTrie<OutPoint, MempoolEntry>.Changes spending = spenders.changes();
    HashTrie<Txid, Cluster>.Changes clustered = clusters.changes();
    for (MempoolEntry entry : several) {
      for (TxIn input : entry.transaction().inputs()) {
        spending.remove(input.outPoint());
      }
      waiting.remove(entry.txid());
      clustered.remove(entry.txid());
    }
    return new PoolIndex(waiting.done(), spending.done(), clustered.done());
  }

  PoolIndex withCluster(Cluster cluster) {
    HashTrie<Txid, Cluster> changed = clusters;
    for (Chunk chunk : cluster.chunks()) {
      for (MempoolEntry entry : chunk.entries()) {
        changed = changed.with(entry.txid(), cluster);
      }
    }
    return new PoolIndex(entries, spenders, changed);
  }

  Optional<MempoolEntry> get(Txid txid) {
    return entries.get(txid);
  }

  /** The waiting transaction that spends the output. */
  Optional<MempoolEntry> spender(OutPoint outPoint) {
    return spenders.get(outPoint);
  }

  /** The others that spend what a transaction spends, which need not wait itself. */
  Set<MempoolEntry> rivals(Transaction tx) {
    Set<MempoolEntry> rivals = new LinkedHashSet<>();
    for (TxIn input : tx.inputs()) {
      spender(input.outPoint())
          .filter(spender -> !spender.txid().equals(tx.txid()))
          .ifPresent(rivals::add);
    }
    return rivals;
  }

  /** Those that spend outputs of a transaction, which need not wait itself. */
  List<MempoolEntry> spenders(Transaction tx) {
    List<MempoolEntry> spenders = new ArrayList<>();
    for (int i = 0; i < tx.outputs().size(); i++) {
      spender(tx.outPoint(i)).ifPresent(spenders::add);
    }
    return spenders;
  }

  /** What waits here, and did not wait there. */
  List<MempoolEntry> beyond(PoolIndex other) {
    return entries.values().stream()
        .filter(entry -> !other.entries.contains(entry.txid()))
        .toList();
  }

  /** The waiting transactions that the entry spends outputs of. */
  List<MempoolEntry> parents(MempoolEntry entry) {
    return entry.transaction().parents().stream()
        .flatMap(txid -> entries.get(txid).stream())
        .toList();
  }

  /** The waiting transactions that spend outputs of the entry. */
  List<MempoolEntry> children(MempoolEntry entry) {
    Map<Txid, MempoolEntry> children = new LinkedHashMap<>();
    spenders(entry.transaction()).forEach(child -> children.put(child.txid(), child));
    return List.copyOf(children.values());
  }

  /** The entries with everything waiting that spends from them, however far down. */
  Collection<MempoolEntry> withDescendants(Collection<MempoolEntry> roots) {
    Map<Txid, MempoolEntry> found = new LinkedHashMap<>();
    Deque<MempoolEntry> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      MempoolEntry entry = open.remove();
      if (found.putIfAbsent(entry.txid(), entry) == null) {
        open.addAll(children(entry));
      }
    }
    return found.values();
  }

  /** The entry with everything waiting that it spends from, however far up. */
  Collection<MempoolEntry> withAncestors(MempoolEntry start) {
    Map<Txid, MempoolEntry> found = new LinkedHashMap<>();
    Deque<MempoolEntry> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      MempoolEntry entry = open.remove();
      if (found.putIfAbsent(entry.txid(), entry) == null) {
        open.addAll(parents(entry));
      }
    }
    return found.values();
  }
}
