package org.farthing.node.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which transactions the node takes and passes on. What is empty is as usual.
 *
 * @param minRelaySatPerKvb the least fee rate that is taken in and passed on
 * @param acceptNonStandard takes unusual transactions too
 * @param dataCarrier which data outputs are taken
 * @param expiryHours how long a transaction waits at most
 * @param relay how they are passed on
 * @param keeping what happens to waiting transactions when the node stops
 * @param acceptStaleFees what was known of fees is used however old it is
 */
public record PolicyConfig(
    OptionalLong minRelaySatPerKvb,
    OptionalLong incrementalRelaySatPerKvb,
    OptionalLong dustRelaySatPerKvb,
    Optional<Boolean> acceptNonStandard,
    Optional<Boolean> permitBareMultisig,
    DataCarrier dataCarrier,
    Clusters clusters,
    OptionalInt expiryHours,
    RelayConfig relay,
    Keeping keeping,
    boolean acceptStaleFees) {

  /**
   * @param allowed whether there may be data outputs at all
   * @param maxBytes of all data outputs of a transaction together
   */
  public record DataCarrier(boolean allowed, OptionalInt maxBytes) {}

  /**
   * @param persists they are there again after the next start
   * @param plain in a file of version 1
   */
  public record Keeping(boolean persists, boolean plain) {}

  /**
   * How much may hang together.
   *
   * @param maxVbytes virtual bytes of all transactions of a cluster
   */
  public record Clusters(OptionalInt maxCount, OptionalInt maxVbytes) {}
}
