package org.farthing.node.config;

import java.util.Optional;

/**
 * What others are not to learn.
 *
 * @param reach through what the networks are reached
 * @param tor where Tor is asked for an onion service, if it is
 * @param acceptsI2p whether peers may call through I2P, if there is a proxy for it
 * @param privateBroadcast transactions of callers are told over connections of their own, and only
 *     through Tor or I2P
 * @param dandelion new transactions travel from one peer to the next before all are told (BIP156)
 */
public record PrivacyConfig(
    ReachConfig reach,
    Optional<Tor> tor,
    boolean acceptsI2p,
    boolean privateBroadcast,
    boolean dandelion) {
  /** Nothing is hidden. */
  public static final PrivacyConfig OPEN =
      new PrivacyConfig(ReachConfig.DIRECT, Optional.empty(), false, false, false);

  /**
   * How Tor is told what to do.
   *
   * @param control where it takes commands, {@code host:port}
   * @param password if it wants one
   * @param asksForProxy whether it is asked for its proxy, since none was named
   */
  public record Tor(String control, Optional<String> password, boolean asksForProxy) {}

  /** Transactions are told in private, through circuits of Tor that other connections use too. */
  public boolean isCorrelated() {
    boolean onion =
        reach.networks().contains(ReachConfigReader.ONION)
            || (tor.isPresent() && reach.onionWanted());
    return privateBroadcast && !reach.isolated() && onion;
  }
}
