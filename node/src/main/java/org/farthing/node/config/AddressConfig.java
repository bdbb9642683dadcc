package org.farthing.node.config;

import java.util.List;

/**
 * How a node finds others, and how others find it.
 *
 * @param finding where it gets addresses from while it has none
 * @param discover it looks which addresses of this machine others could reach
 * @param shares peers of the same machine or private network are told, and believed, addresses that
 *     only they can reach
 * @param external addresses at which others reach it, as the operator knows
 * @param knownKey for tests: places of addresses in the book can be told in advance
 * @param checkOneIn the book is checked once in so many calls; 0: never
 */
public record AddressConfig(
    Finding finding,
    boolean discover,
    boolean shares,
    List<String> external,
    boolean knownKey,
    int checkOneIn) {
  /** Of a node that has all addresses from elsewhere. */
  public static final AddressConfig NONE =
      new AddressConfig(
          new Finding(false, false, false, List.of(), List.of()), false, true, List.of(), false, 0);

  public AddressConfig {
    external = List.copyOf(external);
  }

  /**
   * @param dnsSeeds names are looked up if peers are wanting
   * @param forced they are looked up in any case
   * @param fixedSeeds addresses that are part of the program count, as the last resort
   * @param seedNodes hosts that are asked for addresses once
   * @param names of the network, beside those that the operator gives
   */
  public record Finding(
      boolean dnsSeeds,
      boolean forced,
      boolean fixedSeeds,
      List<String> seedNodes,
      List<String> names) {
    public Finding {
      seedNodes = List.copyOf(seedNodes);
      names = List.copyOf(names);
    }
  }
}
