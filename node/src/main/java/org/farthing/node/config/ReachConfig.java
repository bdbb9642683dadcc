package org.farthing.node.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which networks a node reaches, and how. Networks have Bitcoin Core's names: {@code ipv4}, {@code
 * ipv6}, {@code onion}, {@code i2p}, {@code cjdns}.
 *
 * @param networks that peers are called in, if nobody named them
 * @param onionWanted whether {@code onion} is one of them as soon as a way there is found
 * @param proxies that lead into a network; where there is none, its addresses are called directly
 * @param names the proxy that is asked for hosts by their names; nothing is looked up then
 * @param isolated each connection through a proxy has credentials of its own
 * @param lookups whether names are looked up at all
 * @param cjdns addresses of fc00::/8 are CJDNS's
 */
public record ReachConfig(
    Set<String> networks,
    boolean onionWanted,
    Map<String, ProxyAddress> proxies,
    Optional<ProxyAddress> names,
    boolean isolated,
    boolean lookups,
    boolean cjdns) {
  /** What there is without a proxy. */
  public static final ReachConfig DIRECT =
      new ReachConfig(
          Set.of(ReachConfigReader.IPV4, ReachConfigReader.IPV6),
          true,
          Map.of(),
          Optional.empty(),
          true,
          true,
          false);

  public ReachConfig {
    networks = Set.copyOf(networks);
    proxies = Map.copyOf(proxies);
  }

  /** Whether a network is reached in which nobody sees where others are. */
  boolean hides() {
    return networks.contains(ReachConfigReader.ONION) || networks.contains(ReachConfigReader.I2P);
  }

  /** Whether a network is reached whose addresses names lead to. */
  boolean findsByName() {
    return networks.contains(ReachConfigReader.IPV4) || networks.contains(ReachConfigReader.IPV6);
  }
}
