package org.farthing.node.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Whether the node mines from its start, and how blocks are made. What is empty is as usual.
 *
 * @param threads that search for blocks; 0 for none
 * @param payout an address, a descriptor, or {@code wallet:} and a name: who gets the coins;
 *     without it, the first loaded wallet
 * @param policy when the miner makes blocks
 * @param pauseWhenIdle it rests while no transaction waits
 * @param templates how blocks are filled
 * @param stratum if miners of other programs are served over Stratum
 */
public record MiningConfig(
    int threads,
    Optional<String> payout,
    MinerPolicy policy,
    boolean pauseWhenIdle,
    Templates templates,
    Optional<StratumConfig> stratum) {

  /**
   * @param maxWeight of a block, in weight units
   * @param reservedWeight of it for header, count and coinbase
   * @param minSatPerKvb transactions that pay less are left out
   * @param version of blocks, on a network where they are mined on demand
   */
  public record Templates(
      OptionalInt maxWeight,
      OptionalInt reservedWeight,
      OptionalLong minSatPerKvb,
      OptionalInt version) {}

  /** The same without mining from the start. */
  public MiningConfig atRest() {
    return new MiningConfig(0, Optional.empty(), policy, pauseWhenIdle, templates, stratum);
  }
}
