package org.farthing.node.mempool;

import java.util.Comparator;
import java.util.List;

/**
 * Transactions of one cluster that are best mined, and evicted, together. Chunks sort best first:
 * by what they pay for each weight unit, and those of one cluster never before what they spend.
 *
 * @param fees of all entries together
 * @param entries parents before children
 * @param clusterId of the cluster that the chunk is part of
 * @param index of the chunk in its cluster, from 0 for the one to be mined first
 */
public record Chunk(FeePerWeight fees, List<MempoolEntry> entries, long clusterId, int index)
    implements Comparable<Chunk> {
  private static final Comparator<Chunk> BEST_FIRST =
      Comparator.comparing(Chunk::fees)
          .reversed()
          .thenComparingLong(Chunk::clusterId)
          .thenComparingInt(Chunk::index);

  public Chunk {
    entries = List.copyOf(entries);
  }

  @Override
  public int compareTo(Chunk other) {
    return BEST_FIRST.compare(this, other);
  }
}
