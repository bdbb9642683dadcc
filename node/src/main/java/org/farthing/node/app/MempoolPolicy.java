package org.farthing.node.app;

import java.util.Optional;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.PolicyConfig;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolOptions;

/** What the configuration says of the mempool, over the usual policy. */
final class MempoolPolicy {
  private static final long MILLIS_PER_HOUR = 3_600_000L;
  private static final long BYTES_PER_MB = 1_000_000L;
  private static final int WEIGHT_PER_VBYTE = 4;

  private MempoolPolicy() {}

  static MempoolOptions of(NodeConfig config) {
    PolicyConfig policy = config.policy();
    MempoolOptions usual = MempoolOptions.defaults();
    return usual
        .withRequireStandard(policy.acceptNonStandard().map(yes -> !yes).orElse(true))
        .withPermitBareMultisig(policy.permitBareMultisig().orElse(usual.permitBareMultisig()))
        .withMaxDataCarrierBytes(dataCarrier(policy.dataCarrier(), usual))
        .withFees(fees(policy, usual.fees()))
        .withClusters(clusters(policy.clusters(), usual.clusters()))
        .withMaxBytes(config.limits().maxMempoolMb() * BYTES_PER_MB)
        .withExpiryMillis(
            policy.expiryHours().isPresent()
                ? policy.expiryHours().getAsInt() * MILLIS_PER_HOUR
                : usual.expiryMillis());
  }

  private static Optional<Integer> dataCarrier(
      PolicyConfig.DataCarrier wanted, MempoolOptions usual) {
    if (!wanted.allowed()) {
      return Optional.empty();
    }
    return wanted.maxBytes().isPresent()
        ? Optional.of(wanted.maxBytes().getAsInt())
        : usual.maxDataCarrierBytes();
  }

  private static MempoolOptions.Fees fees(PolicyConfig policy, MempoolOptions.Fees usual) {
    return new MempoolOptions.Fees(
        new FeeRate(policy.minRelaySatPerKvb().orElse(usual.minimumRelay().satPerKvb())),
        new FeeRate(policy.incrementalRelaySatPerKvb().orElse(usual.incremental().satPerKvb())),
        new FeeRate(policy.dustRelaySatPerKvb().orElse(usual.dust().satPerKvb())));
  }

  private static MempoolOptions.ClusterLimits clusters(
      PolicyConfig.Clusters wanted, MempoolOptions.ClusterLimits usual) {
    return new MempoolOptions.ClusterLimits(
        wanted.maxCount().orElse(usual.count()),
        wanted.maxVbytes().isPresent()
            ? wanted.maxVbytes().getAsInt() * WEIGHT_PER_VBYTE
            : usual.weight());
  }
}
