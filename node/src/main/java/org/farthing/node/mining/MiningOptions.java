package org.farthing.node.mining;

import java.util.OptionalInt;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.mempool.FeeRate;

/**
 * How blocks are filled; {@link #defaults()} are those of Bitcoin Core 31.
 *
 * @param maxWeight {@code -blockmaxweight}
 * @param reservedWeight kept free for header, count and coinbase ({@code -blockreservedweight})
 * @param reservedSigOpCost kept free for the outputs of the coinbase
 * @param minimumFee what pays less is left out ({@code -blockmintxfee})
 * @param version of the blocks, instead of the one that signals ({@code -blockversion})
 */
public record MiningOptions(
    int maxWeight,
    int reservedWeight,
    int reservedSigOpCost,
    FeeRate minimumFee,
    OptionalInt version) {

  public static MiningOptions defaults() {
    return new MiningOptions(
        BlockChecks.MAX_WEIGHT, 8000, 400, new FeeRate(1), OptionalInt.empty());
  }

  public MiningOptions withReservedWeight(int weight) {
    return new MiningOptions(maxWeight, weight, reservedSigOpCost, minimumFee, version);
  }

  public MiningOptions withMaxWeight(int weight) {
    return new MiningOptions(weight, reservedWeight, reservedSigOpCost, minimumFee, version);
  }

  public MiningOptions withMinimumFee(FeeRate rate) {
    return new MiningOptions(maxWeight, reservedWeight, reservedSigOpCost, rate, version);
  }

  public MiningOptions withVersion(int blockVersion) {
    return new MiningOptions(
        maxWeight, reservedWeight, reservedSigOpCost, minimumFee, OptionalInt.of(blockVersion));
  }
}
