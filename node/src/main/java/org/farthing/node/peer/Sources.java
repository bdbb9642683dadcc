package org.farthing.node.peer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the address book while few addresses are known: from names ({@link DnsSeeds}), nodes that
 * the operator named ({@link SeedNodes}) and what is part of the program ({@link FixedSeeds}).
 */
final class Sources {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private static final long ASSUMED_SERVICES = Services.NETWORK | Services.WITNESS;

  /** Asks a name for nodes that offer what we want: the bits in hexadecimal. */
  private static final String FILTER = "x%x.".formatted(ASSUMED_SERVICES);

  /** So many addresses of one name at most, that it does not fill the book. */
  private static final int MAX_OF_NAME = 32;

  private static final int DAY_SECONDS = 24 * 60 * 60;
  private static final long LEAST_AGE_SECONDS = 3L * DAY_SECONDS;
  private static final int AGE_SPREAD_SECONDS = 4 * DAY_SECONDS;

  private final PeerSources sources;
  private final int defaultPort;
  private final AddressBook book;
  private final Dialer dialer;
  private final Random random;
  private final SeedNodes nodes;
  private final FixedSeeds fixed;
  private final Deque<String> toFetch = new ArrayDeque<>();
  private Optional<DnsSeeds> names;
  private boolean started;
  private boolean hasAnswer;

  Sources(PeerSources sources, int defaultPort, AddressBook book, Dialer dialer, Random random) {
    this.sources = sources;
    this.defaultPort = defaultPort;
    this.book = book;
    this.dialer = dialer;
    this.random = random;
    nodes = new SeedNodes(sources.nodes(), random);
    fixed = new FixedSeeds(sources.fixed().wanted());
    PeerSources.Names all = sources.names();
    boolean any = !all.ofNetwork().isEmpty() || !all.ofOperator().isEmpty();
    names = all.wanted() && any ? Optional.of(new DnsSeeds(sources, random)) : Optional.empty();
  }

  /** A name was answered since names were last asked. */
  boolean hasAnswer() {
    return hasAnswer;
  }

  /** Looks up what is due of names. */
  void askNames(OutboundView view, long nowMillis) {
    hasAnswer = false;
    if (!started) {
      started = true;
      if (!sources.names().wanted()) {
        LOG.info("DNS seeding disabled");
      }
    }
    names.ifPresent(
        machine ->
            machine
                .due(
                    new DnsSeeds.Situation(
                        book.size(),
                        view.readyFullRelay(),
                        dialer.slots(ConnectionKind.FEELER) > 0),
                    nowMillis)
                .forEach(seed -> ask(machine, seed, nowMillis)));
  }

  private void ask(DnsSeeds machine, DnsSeeds.Seed seed, long nowMillis) {
    String host = seed.ofNetwork() ? FILTER + seed.host() : seed.host();
    dialer.resolve(
        host,
        addresses -> {
          List<NetAddress> found =
              addresses.stream().filter(each -> !each.isName()).limit(MAX_OF_NAME).toList();
          machine.answered(found.size());
          hasAnswer = true;
          found.forEach(address -> remember(address, NetAddress.ofName(host, 0), nowMillis));
          if (found.isEmpty() && (seed.ofNetwork() || !addresses.isEmpty())) {
            // Only a proxy knows the addresses, or the name doesn't know what we want: one of the
            // nodes behind it is asked.
            toFetch.add(seed.host());
          }
        });
  }

  /** Of addresses without an age those that others tell of are to count more. */
  private void remember(NetAddress address, NetAddress source, long nowMillis) {
    long ageSeconds = LEAST_AGE_SECONDS + random.nextInt(AGE_SPREAD_SECONDS);
    book.add(
        new TimedAddress(Math.floorDiv(nowMillis, 1000L) - ageSeconds, ASSUMED_SERVICES, address),
        source,
        nowMillis);
  }

  /**
   * A host to be called for addresses only, if it is time for one.
   *
   * @param hasNamed whether the operator named peers
   */
  Optional<String> toFetch(OutboundView view, BooleanSupplier hasNamed, long nowMillis) {
    boolean hasPeers = view.readyFullRelay() >= DnsSeeds.ENOUGH_PEERS;
    nodes.due(book.size() > 0, hasPeers, nowMillis).ifPresent(toFetch::add);
    boolean hasOthers =
        sources.names().wanted() || !sources.nodes().isEmpty() || hasNamed.getAsBoolean();
    Set<AddressNetwork> networks = fixed.due(emptyNetworks(), hasOthers, nowMillis);
    if (!networks.isEmpty()) {
      addFixed(networks, nowMillis);
    }
    return Optional.ofNullable(toFetch.poll());
  }

  private Set<AddressNetwork> emptyNetworks() {
    Set<AddressNetwork> empty = EnumSet.noneOf(AddressNetwork.class);
    for (AddressNetwork network : AddressNetwork.values()) {
      if (dialer.isReachable(network) && !book.knows(network)) {
        empty.add(network);
      }
    }
    return empty;
  }

  private void addFixed(Set<AddressNetwork> networks, long nowMillis) {
    List<NetAddress> addresses =
        sources.fixed().addresses().stream()
            .map(this::fixedAddress)
            .filter(address -> networks.contains(address.network()))
            .toList();
    NetAddress source = NetAddress.ofName("fixedseeds", 0);
    addresses.forEach(address -> remember(address, source, nowMillis));
    LOG.info("Added {} fixed seeds from reachable networks.", addresses.size());
  }

  private NetAddress fixedAddress(String text) {
    try {
      return NetAddress.parse(text, defaultPort);
    } catch (DecodeException e) {
      throw new AssertionError("a fixed seed is an address", e);
    }
  }
}
