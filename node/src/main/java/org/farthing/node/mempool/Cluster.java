package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.List;

/**
 * Waiting transactions that hang together through what they spend, in the order in which they are
 * best mined. Immutable: any change of its members makes another cluster.
 */
public final class Cluster {
  /** As many as bits in a {@code long}, on which the linearisation calculates. */
  public static final int MAX_COUNT = Long.SIZE;

  private final List<Chunk> chunks;
  private final boolean optimal;
  private final int count;
  private final long weight;

  private Cluster(List<Chunk> chunks, boolean optimal) {
    this.chunks = List.copyOf(chunks);
    this.optimal = optimal;
    this.count = chunks.stream().mapToInt(chunk -> chunk.entries().size()).sum();
    this.weight = chunks.stream().mapToLong(chunk -> chunk.fees().weight()).sum();
  }

  /**
   * @param members between 1 and {@link #MAX_COUNT}
   */
  static Cluster of(long id, List<MempoolEntry> members) {
    if (members.size() == 1) {
      return new Cluster(chunksOf(id, members), true);
    }
    Linearization linearization = new Linearization(members);
    return new Cluster(chunksOf(id, linearization.order()), linearization.isOptimal());
  }

  /** The best order to mine the members in, cut into chunks of falling feerate. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** The members in the order of the chunks, parents before children. */
  public List<MempoolEntry> entries() {
    return chunks.stream().flatMap(chunk -> chunk.entries().stream()).toList();
  }

  /** Whether no order of the members is better, for certain. */
  public boolean isOptimal() {
    return optimal;
  }

  public int count() {
    return count;
  }

  /** The policy weights of all members together. */
  public long weight() {
    return weight;
  }

  /** Every transaction is a chunk; one that pays better than the chunk before it joins that. */
  private static List<Chunk> chunksOf(long id, List<MempoolEntry> order) {
    List<FeePerWeight> fees = new ArrayList<>();
    List<List<MempoolEntry>> groups = new ArrayList<>();
    for (MempoolEntry entry : order) {
      FeePerWeight fee = entry.feePerWeight();
      List<MempoolEntry> group = new ArrayList<>(List.of(entry));
      while (!fees.isEmpty() && fee.compareTo(fees.get(fees.size() - 1)) > 0) {
        fee = fee.plus(fees.remove(fees.size() - 1));
        group.addAll(0, groups.remove(groups.size() - 1));
      }
      fees.add(fee);
      groups.add(group);
    }
    List<Chunk> chunks = new ArrayList<>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      chunks.add(new Chunk(fees.get(i), groups.get(i), id, i));
    }
    return chunks;
  }
}
