package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;

/**
 * The best order to mine at most 64 related transactions in, as {@link ChunkSearch} finds it. Sets
 * of transactions are bits of a {@code long}.
 */
final class Linearization {
  private final List<MempoolEntry> members;
  private final long[] parents;
  private final long[] ancestors;
  private final ChunkSearch search;

  Linearization(List<MempoolEntry> members) {
    this.members = members;
    this.parents = parentsOf(members);
    this.ancestors = new long[members.size()];
    for (int i = 0; i < ancestors.length; i++) {
      ancestorsOf(i);
    }
    this.search =
        new ChunkSearch(
            members.stream().map(MempoolEntry::feePerWeight).toArray(FeePerWeight[]::new),
            ancestors);
  }

  /** Whether no order is better, for certain. */
  boolean isOptimal() {
    return search.isExact();
  }

  /** The groups of members that hang together, each in the order given. */
  static List<List<MempoolEntry>> components(List<MempoolEntry> members) {
    long[] neighbours = parentsOf(members);
    for (int child = 0; child < neighbours.length; child++) {
      for (long rest = neighbours[child]; rest != 0; rest &= rest - 1) {
        neighbours[Long.numberOfTrailingZeros(rest)] |= 1L << child;
      }
    }
    List<List<MempoolEntry>> groups = new ArrayList<>();
    long left = all(neighbours.length);
    while (left != 0) {
      long group = reach(neighbours, Long.lowestOneBit(left));
      groups.add(select(members, group));
      left &= ~group;
    }
    return groups;
  }

  private static long all(int count) {
    return count == Long.SIZE ? -1L : (1L << count) - 1;
  }

  private static long reach(long[] neighbours, long start) {
    long seen = start;
    for (long frontier = start; frontier != 0; ) {
      long next = 0;
      for (long rest = frontier; rest != 0; rest &= rest - 1) {
        next |= neighbours[Long.numberOfTrailingZeros(rest)];
      }
      frontier = next & ~seen;
      seen |= next;
    }
    return seen;
  }

  private static List<MempoolEntry> select(List<MempoolEntry> members, long set) {
    List<MempoolEntry> selected = new ArrayList<>(Long.bitCount(set));
    for (long rest = set; rest != 0; rest &= rest - 1) {
      selected.add(members.get(Long.numberOfTrailingZeros(rest)));
    }
    return selected;
  }

  private static long[] parentsOf(List<MempoolEntry> members) {
    if (members.size() > Long.SIZE) {
      throw new AssertionError("a cluster of " + members.size());
    }
    Map<Txid, Integer> positions = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      positions.put(members.get(i).txid(), i);
    }
    long[] parents = new long[members.size()];
    for (int i = 0; i < parents.length; i++) {
      for (TxIn input : members.get(i).transaction().inputs()) {
        Integer parent = positions.get(input.outPoint().txid());
        if (parent != null) {
          parents[i] |= 1L << parent;
        }
      }
    }
    return parents;
  }

  private long ancestorsOf(int index) {
    if (ancestors[index] == 0) {
      long set = 1L << index;
      for (long rest = parents[index]; rest != 0; rest &= rest - 1) {
        set |= ancestorsOf(Long.numberOfTrailingZeros(rest));
      }
      ancestors[index] = set;
    }
    return ancestors[index];
  }

  /** All members, parents before children, what pays best as early as that allows. */
  List<MempoolEntry> order() {
    List<MempoolEntry> order = new ArrayList<>(members.size());
    search.chunks().forEach(chunk -> append(chunk, order));
    return order;
  }

  /** In the order of the number of ancestors, which puts parents before children. */
  private void append(long set, List<MempoolEntry> order) {
    List<Integer> positions = new ArrayList<>();
    for (long rest = set; rest != 0; rest &= rest - 1) {
      positions.add(Long.numberOfTrailingZeros(rest));
    }
    positions.sort(
        (left, right) -> Long.bitCount(ancestors[left]) - Long.bitCount(ancestors[right]));
    positions.forEach(position -> order.add(members.get(position)));
  }
}
