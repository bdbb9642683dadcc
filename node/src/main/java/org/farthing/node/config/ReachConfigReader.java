package org.farthing.node.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how the networks are reached. What is refused is refused in Bitcoin Core's words. */
final class ReachConfigReader {
  static final String IPV4 = "ipv4";
  static final String IPV6 = "ipv6";
  static final String ONION = "onion";
  private static final String TOR = "tor";
  static final String I2P = "i2p";
  private static final String CJDNS = "cjdns";
  private static final List<String> ALL = List.of(IPV4, IPV6, ONION, I2P, CJDNS);

  private static final int SAM_PORT = 7656;
  private static final String NONE = "0";

  private final OptionReader in;
  private final boolean lookups;
  private final Map<String, ProxyAddress> proxies = new HashMap<>();
  private Optional<ProxyAddress> names = Optional.empty();

  private ReachConfigReader(OptionReader in) throws ConfigException {
    this.in = in;
    this.lookups = in.flag(Option.DNS, true);
  }

  /** Whether all connections are to go through a proxy, or some. */
  static boolean hasProxy(OptionReader in) {
    return in.all(Option.PROXY).stream().anyMatch(text -> !text.isEmpty() && !text.equals(NONE));
  }

  /**
   * Reads it.
   *
   * @param listensOnion whether Tor is asked for its proxy later
   */
  static ReachConfig read(OptionReader in, boolean listensOnion) throws ConfigException {
    return new ReachConfigReader(in).read(listensOnion);
  }

  private ReachConfig read(boolean listensOnion) throws ConfigException {
    List<String> chosen = in.all(Option.ONLY_NET);
    Set<String> networks = new HashSet<>(ALL);
    if (!chosen.isEmpty()) {
      networks.clear();
      for (String network : chosen) {
        networks.add(known(network));
      }
    }
    boolean cjdns = in.flag(Option.CJDNS_REACHABLE, false);
    if (!cjdns && networks.remove(CJDNS) && !chosen.isEmpty()) {
      throw restricted("CJDNS (-onlynet=cjdns) but -cjdnsreachable is not provided");
    }
    for (String text : in.all(Option.PROXY)) {
      proxy(text);
    }
    boolean onionWanted = networks.contains(ONION);
    onion(onionWanted && !chosen.isEmpty(), listensOnion);
    if (!proxies.containsKey(ONION)) {
      networks.remove(ONION);
    }
    i2p(networks, !chosen.isEmpty());
    return new ReachConfig(
        networks,
        onionWanted,
        proxies,
        names,
        in.flag(Option.PROXY_RANDOMIZE, true),
        lookups,
        cjdns);
  }

  private static String known(String network) throws ConfigException {
    String lower = network.toLowerCase(Locale.ROOT);
    String label = lower.equals(TOR) ? ONION : lower;
    if (!ALL.contains(label)) {
      throw new ConfigException("Unknown network specified in -onlynet: '" + network + "'");
    }
    return label;
  }

  private static ConfigException restricted(String to) {
    return new ConfigException("Outbound connections restricted to " + to);
  }

  /** The last word on each network counts. */
  private void proxy(String text) throws ConfigException {
    int equals = text.lastIndexOf('=');
    String address = equals < 0 ? text : text.substring(0, equals);
    if (equals >= 0 && equals == text.length() - 1) {
      throw new ConfigException(
          "Invalid -proxy address or hostname, ends with '=': '" + text + "'");
    }
    Optional<ProxyAddress> proxy = Optional.empty();
    if (!address.isEmpty() && !address.equals(NONE)) {
      proxy = Optional.of(ProxyAddress.parse(address, "proxy", ProxyAddress.SOCKS_PORT, lookups));
    }
    String network = equals < 0 ? "" : text.substring(equals + 1).toLowerCase(Locale.ROOT);
    switch (network) {
      case "" -> {
        names = proxy;
        for (String each : List.of(IPV4, IPV6, ONION, CJDNS)) {
          set(each, proxy);
        }
      }
      case IPV4, IPV6 -> {
        names = proxy;
        set(network, proxy);
      }
      case ONION, TOR -> set(ONION, proxy);
      case CJDNS -> set(CJDNS, proxy);
      default ->
          throw new ConfigException(
              "Unrecognized network in -proxy='%s': '%s'"
                  .formatted(text, text.substring(equals + 1)));
    }
  }

  private void set(String network, Optional<ProxyAddress> proxy) {
    proxy.ifPresentOrElse(address -> proxies.put(network, address), () -> proxies.remove(network));
  }

  private void onion(boolean restricted, boolean listensOnion) throws ConfigException {
    String text = in.text(Option.ONION).orElse("");
    if (text.equals(NONE)) {
      proxies.remove(ONION);
      if (restricted) {
        throw restricted(
            "Tor (-onlynet=onion) but the proxy for reaching the Tor network is explicitly"
                + " forbidden: -onion=0");
      }
    } else if (!text.isEmpty()) {
      proxies.put(ONION, ProxyAddress.parse(text, "onion", ProxyAddress.SOCKS_PORT, lookups));
    }
    if (restricted && !proxies.containsKey(ONION) && !listensOnion) {
      throw restricted(
          "Tor (-onlynet=onion) but the proxy for reaching the Tor network is not provided: none of"
              + " -proxy, -onion or -listenonion is given");
    }
  }

  private void i2p(Set<String> networks, boolean restricted) throws ConfigException {
    Optional<String> sam = in.text(Option.I2P_SAM).filter(text -> !text.isEmpty());
    if (sam.isPresent()) {
      proxies.put(I2P, ProxyAddress.parsePort(sam.get(), "i2psam", SAM_PORT, lookups));
    } else if (networks.remove(I2P) && restricted) {
      throw restricted("i2p (-onlynet=i2p) but -i2psam is not provided");
    }
  }
}
