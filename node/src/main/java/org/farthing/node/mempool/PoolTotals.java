package org.farthing.node.mempool;

/**
 * Sums over all waiting transactions.
 *
 * @param virtualSize virtual bytes
 * @param usageBytes of heap, about
 * @param feeSat satoshis
 */
record PoolTotals(long virtualSize, long usageBytes, long feeSat) {
  static final PoolTotals NONE = new PoolTotals(0, 0, 0);

  PoolTotals plus(MempoolEntry entry) {
    return new PoolTotals(
        virtualSize + entry.virtualSize(),
        usageBytes + entry.usageBytes(),
        feeSat + entry.feeSat());
  }

  PoolTotals minus(MempoolEntry entry) {
    return new PoolTotals(
        virtualSize - entry.virtualSize(),
        usageBytes - entry.usageBytes(),
        feeSat - entry.feeSat());
  }
}
