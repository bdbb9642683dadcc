package org.farthing.node.mining.model;

import java.util.Set;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolOptions;

/**
 * What may wait at most.
 *
 * @param count of transactions in one cluster
 * @param weight of one cluster
 * @param maxBytes of all together, as the mempool itself estimates them
 */
record ModelLimits(int count, int weight, long maxBytes) {
  private static final long EXPIRY_HOURS = 24;

  MempoolOptions options() {
    return MempoolOptions.defaults()
        .withMaxBytes(maxBytes)
        .withExpiryMillis(expiryMillis())
        .withClusters(
            new MempoolOptions.ClusterLimits(count, weight, MempoolOptions.ChainLimits.USUAL));
  }

  long expiryMillis() {
    return EXPIRY_HOURS * 3_600_000L;
  }

  long minimumSatPerKvb() {
    return 100;
  }

  long incrementalSatPerKvb() {
    return 100;
  }

  boolean areExceededBy(Set<ModelTx> cluster) {
    return cluster.size() > count || ModelTx.weight(cluster) > weight;
  }

  /** An estimate of memory is a property, not a rule: the model takes it as it is. */
  long usage(Transaction tx) {
    MempoolEntry.Fees fees = new MempoolEntry.Fees(0, 0);
    return new MempoolEntry(tx, fees, 0, tx.weight(), 0, 0, false).usageBytes();
  }
}
