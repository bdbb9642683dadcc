package org.farthing.node.mempool;

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
  public Chunk {
    entries = List.copyOf(entries);
  }

  @Override
  public int compareTo(Chunk other) {
    int order = other.fees.compareTo(fees);
    if (order == 0) {
      order = Long.compare(clusterId, other.clusterId);
    }
    return order != 0 ? order : Integer.compare(index, other.index);
  }
}
