package org.farthing.node.config;

import java.util.List;
import java.util.Locale;

/** How the node finds others and is found, from the options. */
final class AddressConfigReader {
  private static final long MAX_CHECK = 1_000_000;

  private AddressConfigReader() {}

  /**
   * @param network its name
   * @param listens whether others can connect
   * @param automatic whether peers are chosen from the addresses that are known
   */
  static AddressConfig read(OptionReader in, String network, boolean listens, boolean automatic)
      throws ConfigException {
    boolean hasExternal = !in.all(Option.EXTERNAL_IP).isEmpty();
    long check = in.number(Option.CHECK_ADDRMAN, 0, Long.MIN_VALUE, Long.MAX_VALUE);
    return new AddressConfig(
        finding(in, network, automatic),
        in.flag(Option.DISCOVER, listens && !hasExternal),
        in.flag(Option.LOCAL_GOSSIP, true),
        in.all(Option.EXTERNAL_IP),
        in.all(Option.TEST).contains("addrman"),
        (int) Math.max(0, Math.min(MAX_CHECK, check)));
  }

  private static AddressConfig.Finding finding(OptionReader in, String network, boolean automatic)
      throws ConfigException {
    boolean reachesSockets = reachesSockets(in);
    boolean dnsSeeds = in.flag(Option.DNS_SEED, automatic && reachesSockets);
    boolean forced = in.flag(Option.FORCE_DNS_SEED, false);
    if (forced && !dnsSeeds) {
      throw new ConfigException("Cannot set -forcednsseed to true when setting -dnsseed to false.");
    }
    if (dnsSeeds && !reachesSockets) {
      throw new ConfigException(
          "Incompatible options: -dnsseed=1 was explicitly specified, but -onlynet forbids"
              + " connections to IPv4/IPv6");
    }
    return new AddressConfig.Finding(
        dnsSeeds,
        forced,
        in.flag(Option.FIXED_SEEDS, true),
        in.all(Option.SEED_NODE),
        NetworkSeeds.names(in, network));
  }

  /** Names lead to addresses of IPv4 and IPv6 only. */
  private static boolean reachesSockets(OptionReader in) {
    List<String> chosen = in.all(Option.ONLY_NET);
    return chosen.isEmpty()
        || chosen.stream()
            .map(network -> network.toLowerCase(Locale.ROOT))
            .anyMatch(
                network ->
                    network.equals(ReachConfigReader.IPV4)
                        || network.equals(ReachConfigReader.IPV6));
  }
}
