package org.farthing.node.config;

/** How the node finds others and is found, from the options. */
final class AddressConfigReader {
  private static final long MAX_CHECK = 1_000_000;

  private AddressConfigReader() {}

  /**
   * @param network its name
   * @param reach how networks are reached
   * @param listens whether others can connect
   * @param automatic whether peers are chosen from the addresses that are known, and may be many
   */
  static AddressConfig read(
      OptionReader in, String network, ReachConfig reach, boolean listens, boolean automatic)
      throws ConfigException {
    boolean hasExternal = !in.all(Option.EXTERNAL_IP).isEmpty();
    long check = in.number(Option.CHECK_ADDRMAN, 0, Long.MIN_VALUE, Long.MAX_VALUE);
    return new AddressConfig(
        finding(in, network, reach, automatic),
        in.flag(Option.DISCOVER, listens && !hasExternal),
        in.flag(Option.LOCAL_GOSSIP, true),
        in.all(Option.EXTERNAL_IP),
        in.all(Option.TEST).contains("addrman"),
        (int) Math.max(0, Math.min(MAX_CHECK, check)));
  }

  private static AddressConfig.Finding finding(
      OptionReader in, String network, ReachConfig reach, boolean automatic)
      throws ConfigException {
    boolean dnsSeeds = in.flag(Option.DNS_SEED, automatic && reach.findsByName());
    boolean forced = in.flag(Option.FORCE_DNS_SEED, false);
    if (forced && !dnsSeeds) {
      throw new ConfigException("Cannot set -forcednsseed to true when setting -dnsseed to false.");
    }
    if (dnsSeeds && !reach.findsByName()) {
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
}
