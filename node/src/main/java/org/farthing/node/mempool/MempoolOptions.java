package org.farthing.node.mempool;

import java.util.Optional;

/**
 * What a node is willing to keep and pass on; {@link #defaults()} are those of Bitcoin Core 31.
 *
 * @param requireStandard refuse what {@link Standardness} calls unusual ({@code -acceptnonstdtxn})
 * @param permitBareMultisig {@code -permitbaremultisig}
 * @param maxDataCarrierBytes the most bytes of all data outputs of a transaction together ({@code
 *     -datacarriersize}); empty: none ({@code -datacarrier=0})
 * @param fees what relay costs
 * @param clusters how much may hang together
 * @param maxBytes of heap ({@code -maxmempool}); beyond, what pays least is evicted
 * @param expiryMillis how long a transaction waits at most ({@code -mempoolexpiry})
 */
public record MempoolOptions(
    boolean requireStandard,
    boolean permitBareMultisig,
    Optional<Integer> maxDataCarrierBytes,
    Fees fees,
    ClusterLimits clusters,
    long maxBytes,
    long expiryMillis) {

  private static final int MAX_DATA_CARRIER_BYTES = Standardness.MAX_WEIGHT / 4;
  private static final long EXPIRY_HOURS = 336;

  /**
   * @param minimumRelay less counts as no fee at all ({@code -minrelaytxfee})
   * @param incremental what the minimum rises by when transactions are evicted ({@code
   *     -incrementalrelayfee})
   * @param dust outputs that cost more to spend than they are worth at this rate are dust ({@code
   *     -dustrelayfee})
   */
  public record Fees(FeeRate minimumRelay, FeeRate incremental, FeeRate dust) {}

  /**
   * @param count of transactions in one cluster
   * @param weight of all transactions of one cluster
   */
  public record ClusterLimits(int count, int weight) {
    public ClusterLimits {
      if (count < 1 || count > Cluster.MAX_COUNT) {
        throw new IllegalArgumentException("cluster count not in 1.." + Cluster.MAX_COUNT);
      }
    }
  }

  public static MempoolOptions defaults() {
    return new MempoolOptions(
        true,
        true,
        Optional.of(MAX_DATA_CARRIER_BYTES),
        new Fees(new FeeRate(100), new FeeRate(100), new FeeRate(3000)),
        new ClusterLimits(Cluster.MAX_COUNT, 4 * 101_000),
        300_000_000L,
        EXPIRY_HOURS * 3_600_000L);
  }

  public MempoolOptions withRequireStandard(boolean required) {
    return new MempoolOptions(
        required, permitBareMultisig, maxDataCarrierBytes, fees, clusters, maxBytes, expiryMillis);
  }

  public MempoolOptions withPermitBareMultisig(boolean permitted) {
    return new MempoolOptions(
        requireStandard, permitted, maxDataCarrierBytes, fees, clusters, maxBytes, expiryMillis);
  }

  public MempoolOptions withMaxDataCarrierBytes(Optional<Integer> maximum) {
    return new MempoolOptions(
        requireStandard, permitBareMultisig, maximum, fees, clusters, maxBytes, expiryMillis);
  }

  public MempoolOptions withFees(Fees replacement) {
    return new MempoolOptions(
        requireStandard,
        permitBareMultisig,
        maxDataCarrierBytes,
        replacement,
        clusters,
        maxBytes,
        expiryMillis);
  }

  public MempoolOptions withClusters(ClusterLimits limits) {
    return new MempoolOptions(
        requireStandard,
        permitBareMultisig,
        maxDataCarrierBytes,
        fees,
        limits,
        maxBytes,
        expiryMillis);
  }

  public MempoolOptions withMaxBytes(long maximum) {
    return new MempoolOptions(
        requireStandard,
        permitBareMultisig,
        maxDataCarrierBytes,
        fees,
        clusters,
        maximum,
        expiryMillis);
  }

  public MempoolOptions withExpiryMillis(long millis) {
    return new MempoolOptions(
        requireStandard, permitBareMultisig, maxDataCarrierBytes, fees, clusters, maxBytes, millis);
  }
}
