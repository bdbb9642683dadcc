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
        .withForms(forms(policy.forms(), usual.forms()))
        .withFees(fees(policy.rates(), usual.fees()))
        .withClusters(clusters(policy.clusters(), usual.clusters()))
        .withMaxBytes(config.limits().maxMempoolMb() * BYTES_PER_MB)
        .withExpiryMillis(
            policy.expiryHours().isPresent()
                ? policy.expiryHours().getAsInt() * MILLIS_PER_HOUR
                : usual.expiryMillis());
  }

  private static MempoolOptions.Forms forms(PolicyConfig.Forms wanted, MempoolOptions.Forms usual) {
    return new MempoolOptions.Forms(
        wanted.acceptNonStandard().map(yes -> !yes).orElse(usual.required()),
        wanted.permitBareMultisig().orElse(usual.bareMultisig()),
        dataCarrier(wanted.dataCarrier(), usual),
        wanted.bytesPerSigop().orElse(usual.bytesPerSigop()));
  }

  private static Optional<Integer> dataCarrier(
      PolicyConfig.DataCarrier wanted, MempoolOptions.Forms usual) {
    if (!wanted.allowed()) {
      return Optional.empty();
    }
    return wanted.maxBytes().isPresent()
        ? Optional.of(wanted.maxBytes().getAsInt())
        : usual.maxDataCarrierBytes();
  }

  private static MempoolOptions.Fees fees(PolicyConfig.Rates wanted, MempoolOptions.Fees usual) {
    long incremental = wanted.incremental().orElse(usual.incremental().satPerKvb());
    // Who raises what replacing costs, and says nothing else, raises both.
    long minimum =
        wanted.minRelay().orElse(Math.max(incremental, usual.minimumRelay().satPerKvb()));
    return new MempoolOptions.Fees(
        new FeeRate(minimum),
        new FeeRate(incremental),
        new FeeRate(wanted.dust().orElse(usual.dust().satPerKvb())));
  }

  private static MempoolOptions.ClusterLimits clusters(
      PolicyConfig.Clusters wanted, MempoolOptions.ClusterLimits usual) {
    return new MempoolOptions.ClusterLimits(
        wanted.maxCount().orElse(usual.count()),
        wanted.maxVbytes().isPresent()
            ? wanted.maxVbytes().getAsInt() * WEIGHT_PER_VBYTE
            : usual.weight(),
        new MempoolOptions.ChainLimits(
            wanted.maxAncestors().orElse(usual.chains().ancestors()),
            wanted.maxDescendants().orElse(usual.chains().descendants())));
  }
}
