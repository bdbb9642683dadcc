package org.farthing.node.mining;

import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.mempool.FeeRate;

/**
 * How blocks are filled; {@link #defaults()} are those of Bitcoin Core 31.
 *
 * @param maxWeight {@code -blockmaxweight}
 * @param reservedWeight kept free for header, count and coinbase ({@code -blockreservedweight})
 * @param reservedSigOpCost kept free for the outputs of the coinbase
 * @param minimumFee what pays less is left out ({@code -blockmintxfee})
 * @param version of the blocks ({@code -blockversion})
 */
public record MiningOptions(
    int maxWeight, int reservedWeight, int reservedSigOpCost, FeeRate minimumFee, int version) {

  /** The three highest bits say that the others signal deployments (BIP-0009). */
  private static final int VERSION_WITHOUT_SIGNALS = 0x20000000;

  public static MiningOptions defaults() {
    return new MiningOptions(
        BlockChecks.MAX_WEIGHT, 8000, 400, new FeeRate(1), VERSION_WITHOUT_SIGNALS);
  }

  public MiningOptions withMaxWeight(int weight) {
    return new MiningOptions(weight, reservedWeight, reservedSigOpCost, minimumFee, version);
  }

  public MiningOptions withMinimumFee(FeeRate rate) {
    return new MiningOptions(maxWeight, reservedWeight, reservedSigOpCost, rate, version);
  }

  public MiningOptions withVersion(int blockVersion) {
    return new MiningOptions(
        maxWeight, reservedWeight, reservedSigOpCost, minimumFee, blockVersion);
  }
}
