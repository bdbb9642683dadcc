package org.farthing.node.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which transactions the node takes and passes on. What is empty is as usual.
 *
 * @param expiryHours how long a transaction waits at most
 * @param relay how they are passed on
 * @param keeping what happens to waiting transactions when the node stops
 * @param fees how fees are estimated
 */
public record PolicyConfig(
    Rates rates,
    Forms forms,
    Clusters clusters,
    OptionalInt expiryHours,
    RelayConfig relay,
    Keeping keeping,
    FeeEstimation fees) {

  /**
   * Fee rates, in satoshis for each 1000 virtual bytes.
   *
   * @param minRelay the least that is taken in and passed on
   * @param incremental what has to be added where others have to go
   * @param dust at which outputs have to be worth being spent
   */
  public record Rates(OptionalLong minRelay, OptionalLong incremental, OptionalLong dust) {}

  /**
   * @param acceptNonStandard takes unusual transactions too
   * @param dataCarrier which data outputs are taken
   * @param bytesPerSigop what a signature operation weighs at least
   */
  public record Forms(
      Optional<Boolean> acceptNonStandard,
      Optional<Boolean> permitBareMultisig,
      DataCarrier dataCarrier,
      OptionalInt bytesPerSigop) {}

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
   * @param acceptStale what was known of fees is used however old it is
   * @param guess there is an answer where nothing is known of what others pay
   */
  public record FeeEstimation(boolean acceptStale, boolean guess) {}

  /**
   * How much may hang together.
   *
   * @param maxVbytes virtual bytes of all transactions of a cluster
   * @param maxAncestors of payments of wallets
   * @param maxDescendants of payments of wallets
   */
  public record Clusters(
      OptionalInt maxCount,
      OptionalInt maxVbytes,
      OptionalInt maxAncestors,
      OptionalInt maxDescendants) {}
}
