package org.farthing.node.mempool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;

/** What becomes of the clusters that a change touches: some entries go, others come. */
final class Consequences {
  private final Set<Cluster> before;
  private final List<List<MempoolEntry>> after;

  private Consequences(Set<Cluster> before, List<List<MempoolEntry>> after) {
    this.before = before;
    this.after = after;
  }

  /**
   * @param removed entries of the graph, with everything that spends from them
   * @param added what comes, parents first
   */
  static Consequences of(
      TxGraph graph, Collection<MempoolEntry> removed, List<MempoolEntry> added) {
    Set<Cluster> touched = graph.clustersOf(removed);
    added.forEach(entry -> touched.addAll(graph.neighbours(entry)));
    Map<Txid, MempoolEntry> members = new LinkedHashMap<>();
    for (Cluster cluster : touched) {
      cluster.entries().forEach(entry -> members.put(entry.txid(), entry));
    }
    removed.forEach(entry -> members.remove(entry.txid()));
    added.forEach(entry -> members.put(entry.txid(), entry));
    return new Consequences(touched, components(members));
  }

  /** The groups of members that hang together; there may be many more than fit into one cluster. */
  private static List<List<MempoolEntry>> components(Map<Txid, MempoolEntry> members) {
    Map<Txid, Set<Txid>> neighbours = new LinkedHashMap<>();
    for (MempoolEntry entry : members.values()) {
      neighbours.computeIfAbsent(entry.txid(), key -> new LinkedHashSet<>());
      for (TxIn input : entry.transaction().inputs()) {
        Txid parent = input.outPoint().txid();
        if (members.containsKey(parent)) {
          neighbours.get(entry.txid()).add(parent);
          neighbours.computeIfAbsent(parent, key -> new LinkedHashSet<>()).add(entry.txid());
        }
      }
    }
    List<List<MempoolEntry>> groups = new ArrayList<>();
    Set<Txid> seen = new LinkedHashSet<>();
    for (Txid start : members.keySet()) {
      if (seen.add(start)) {
        List<MempoolEntry> group = new ArrayList<>();
        Deque<Txid> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
          Txid next = open.remove();
          group.add(members.get(next));
          neighbours.get(next).stream().filter(seen::add).forEach(open::add);
        }
        groups.add(group);
      }
    }
    return groups;
  }

  /** A cluster would have more members, or more weight, than the limits allow. */
  boolean exceed(MempoolOptions.ClusterLimits limits) {
    return after.stream()
        .anyMatch(
            group ->
                group.size() > limits.count()
                    || group.stream().mapToLong(MempoolEntry::policyWeight).sum()
                        > limits.weight());
  }

  /** Miners earn more somewhere, and less nowhere. To be asked where no limit is exceeded. */
  boolean areBetterForMiners() {
    List<Chunk> chunksAfter = new ArrayList<>();
    after.forEach(group -> chunksAfter.addAll(Cluster.of(0, group).chunks()));
    List<Chunk> chunksBefore =
        before.stream().flatMap(cluster -> cluster.chunks().stream()).toList();
    return FeerateDiagram.of(chunksAfter).isBetterThan(FeerateDiagram.of(chunksBefore));
  }
}
