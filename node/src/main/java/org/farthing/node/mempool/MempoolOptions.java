package org.farthing.node.mempool;

import java.util.Optional;

/**
 * What a node is willing to keep and pass on; {@link #defaults()} are those of Bitcoin Core 31.
 *
 * @param forms which transactions are unusual
 * @param fees what relay costs
 * @param clusters how much may hang together
 * @param maxBytes of heap ({@code -maxmempool}); beyond, what pays least is evicted
 * @param expiryMillis how long a transaction waits at most ({@code -mempoolexpiry})
 */
public record MempoolOptions(
    Forms forms, Fees fees, ClusterLimits clusters, long maxBytes, long expiryMillis) {

  private static final int MAX_DATA_CARRIER_BYTES = Standardness.MAX_WEIGHT / 4;
  private static final int BYTES_PER_SIGOP = 20;
  private static final long EXPIRY_HOURS = 336;

  /**
   * @param required refuse what {@link Standardness} calls unusual ({@code -acceptnonstdtxn})
   * @param bareMultisig {@code -permitbaremultisig}
   * @param maxDataCarrierBytes the most bytes of all data outputs of a transaction together ({@code
   *     -datacarriersize}); empty: none ({@code -datacarrier=0})
   * @param bytesPerSigop what a signature operation weighs at least ({@code -bytespersigop})
   */
  public record Forms(
      boolean required,
      boolean bareMultisig,
      Optional<Integer> maxDataCarrierBytes,
      int bytesPerSigop) {}

  /**
   * @param minimumRelay less counts as no fee at all ({@code -minrelaytxfee})
   * @param incremental what the minimum rises by when transactions are evicted ({@code
   *     -incrementalrelayfee})
   * @param dust outputs that cost more to spend than they are worth at this rate are dust ({@code
   *     -dustrelayfee})
   */
  public record Fees(FeeRate minimumRelay, FeeRate incremental, FeeRate dust) {}

  /**
   * What the mempool itself does not look at any more: payments of wallets keep to it all the same,
   * since others may have mempools that do.
   *
   * @param ancestors of a transaction, itself included ({@code -limitancestorcount})
   * @param descendants of a transaction, itself included ({@code -limitdescendantcount})
   */
  public record ChainLimits(int ancestors, int descendants) {
    public static final ChainLimits USUAL = new ChainLimits(25, 25);
  }

  /**
   * @param count of transactions in one cluster
   * @param weight of all transactions of one cluster
   * @param chains what wallets keep to beside
   */
  public record ClusterLimits(int count, int weight, ChainLimits chains) {
    public ClusterLimits {
      if (count < 1 || count > Cluster.MAX_COUNT) {
        throw new IllegalArgumentException("cluster count not in 1.." + Cluster.MAX_COUNT);
      }
    }
  }

  public static MempoolOptions defaults() {
    return new MempoolOptions(
        new Forms(true, true, Optional.of(MAX_DATA_CARRIER_BYTES), BYTES_PER_SIGOP),
        new Fees(new FeeRate(100), new FeeRate(100), new FeeRate(3000)),
        new ClusterLimits(Cluster.MAX_COUNT, 4 * 101_000, ChainLimits.USUAL),
        300_000_000L,
        EXPIRY_HOURS * 3_600_000L);
  }

  public boolean requireStandard() {
    return forms.required();
  }

  public boolean permitBareMultisig() {
    return forms.bareMultisig();
  }

  public Optional<Integer> maxDataCarrierBytes() {
    return forms.maxDataCarrierBytes();
  }

  public MempoolOptions withForms(Forms replacement) {
    return new MempoolOptions(replacement, fees, clusters, maxBytes, expiryMillis);
  }

  public MempoolOptions withRequireStandard(boolean required) {
    return withForms(
        new Forms(
            required, forms.bareMultisig(), forms.maxDataCarrierBytes(), forms.bytesPerSigop()));
  }

  public MempoolOptions withPermitBareMultisig(boolean permitted) {
    return withForms(
        new Forms(forms.required(), permitted, forms.maxDataCarrierBytes(), forms.bytesPerSigop()));
  }

  public MempoolOptions withMaxDataCarrierBytes(Optional<Integer> maximum) {
    return withForms(
        new Forms(forms.required(), forms.bareMultisig(), maximum, forms.bytesPerSigop()));
  }

  public MempoolOptions withFees(Fees replacement) {
    return new MempoolOptions(forms, replacement, clusters, maxBytes, expiryMillis);
  }

  public MempoolOptions withClusters(ClusterLimits limits) {
    return new MempoolOptions(forms, fees, limits, maxBytes, expiryMillis);
  }

  public MempoolOptions withMaxBytes(long maximum) {
    return new MempoolOptions(forms, fees, clusters, maximum, expiryMillis);
  }

  public MempoolOptions withExpiryMillis(long millis) {
    return new MempoolOptions(forms, fees, clusters, maxBytes, millis);
  }
}
