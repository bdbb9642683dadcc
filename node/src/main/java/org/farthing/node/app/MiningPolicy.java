package org.farthing.node.app;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Difficulty;
import org.farthing.node.config.MiningConfig;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mining.MiningOptions;

/** What the configuration says of blocks that are made, over the usual options. */
final class MiningPolicy {
  private MiningPolicy() {}

  static MiningOptions of(MiningConfig.Templates wanted, ConsensusParams params) {
    MiningOptions options = MiningOptions.defaults();
    options = options.withMaxWeight(wanted.maxWeight().orElse(options.maxWeight()));
    options = options.withReservedWeight(wanted.reservedWeight().orElse(options.reservedWeight()));
    if (wanted.minSatPerKvb().isPresent()) {
      options = options.withMinimumFee(new FeeRate(wanted.minSatPerKvb().getAsLong()));
    }
    boolean onDemand = params.difficulty() instanceof Difficulty.Fixed;
    return onDemand && wanted.version().isPresent()
        ? options.withVersion(wanted.version().getAsInt())
        : options;
  }
}
