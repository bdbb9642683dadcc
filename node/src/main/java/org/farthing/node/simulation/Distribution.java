package org.farthing.node.simulation;

import java.util.Arrays;
import java.util.Collection;

/** Values, lowest first. */
final class Distribution {
  private final long[] sorted;

  private Distribution(long[] sorted) {
    this.sorted = sorted;
  }

  static Distribution of(Collection<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Distribution(sorted);
  }

  int count() {
    return sorted.length;
  }

  /** The least value that so many percent of all values do not exceed; 0 where there is none. */
  long percentile(int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = Math.toIntExact(((long) sorted.length * percent + 99) / 100);
    return sorted[Math.max(0, rank - 1)];
  }
}
