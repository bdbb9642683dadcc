package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;

/**
 * Whom to connect to.
 *
 * <ul>
 *   <li>Hosts that the operator named are tried for ever, with growing pauses; their names are
 *       looked up anew each time, since a container that restarts has a new address.
 *   <li>Where they are to be the only ones ({@code --connect}), nobody else is called.
 *   <li>Otherwise up to eight peers are chosen from the address book; names of seeds fill it as
 *       long as there are fewer.
 * </ul>
 */
public final class ConnectionPlanner {
  /** So often another address is drawn where one will not do. */
  private static final int MAX_TRIES = 100;

  private static final int PATIENT_TRIES = 30;
  private static final long PATIENCE_SECONDS = 10 * 60;
  private static final long MIN_RETRY_SECONDS = 5;

  /** Connections that are begun in one step at most. */
  private static final int DIALS_AT_ONCE = 4;

  /**
   * What the operator said.
   *
   * @param choosesPeers whether peers are chosen from the address book too
   * @param named hosts to connect to in any case
   * @param seeds names that resolve to many addresses
   * @param seedNodes nodes that are asked for addresses once
   * @param defaultPort of an address without one
   * @param encrypts whether the encrypted protocol (BIP-0324) is tried where it may be known
   */
  public record Plan(
      boolean choosesPeers,
      List<String> named,
      List<String> seeds,
      List<String> seedNodes,
      int defaultPort,
      boolean encrypts) {
    public Plan {
      named = List.copyOf(named);
      seeds = List.copyOf(seeds);
      seedNodes = List.copyOf(seedNodes);
    }
  }

  /** A host that the operator named, with the address it was last found at. */
  private static final class Named {
    final BackOff backOff = new BackOff();
    final boolean encrypted;
    NetAddress lastAddress;
    int turn;

    Named(boolean encrypted) {
      this.encrypted = encrypted;
    }
  }

  private final boolean choosesPeers;
  private final int defaultPort;
  private final boolean encrypts;
  private final AddressBook book;
  private final Dialer dialer;
  private final Map<String, Named> named = new LinkedHashMap<>();
  private final Map<String, BackOff> seeds = new LinkedHashMap<>();
  private final SeedNodes seedNodes;

  public ConnectionPlanner(Plan plan, AddressBook book, Dialer dialer, Random random) {
    this.choosesPeers = plan.choosesPeers();
    this.defaultPort = plan.defaultPort();
    this.encrypts = plan.encrypts();
    this.book = book;
    this.dialer = dialer;
    this.seedNodes = new SeedNodes(plan.seedNodes());
    plan.named().forEach(host -> addNode(host, encrypts));
    if (choosesPeers) {
      plan.seeds().forEach(seed -> seeds.put(seed, new BackOff()));
    }
  }

  /**
   * Names a host that is to be connected to from now on; false where it was named before, if only
   * in another form.
   *
   * @param encrypted whether to try the encrypted protocol first
   */
  public boolean addNode(String host, boolean encrypted) {
    Optional<NetAddress> address = numeric(host);
    boolean isNamed =
        named.keySet().stream()
            .anyMatch(
                other ->
                    other.equals(host) || (address.isPresent() && numeric(other).equals(address)));
    if (!isNamed) {
      named.put(host, new Named(encrypted));
    }
    return !isNamed;
  }

  /** The address, if it is one and not a name. */
  private Optional<NetAddress> numeric(String host) {
    try {
      return Optional.of(NetAddress.parse(host, defaultPort));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /** False where the host was not named. */
  public boolean removeNode(String host) {
    return named.remove(host) != null;
  }

  /** Hosts that the operator named, each with the address that it was last found at. */
  public Map<String, Optional<NetAddress>> namedHosts() {
    Map<String, Optional<NetAddress>> result = new LinkedHashMap<>();
    named.forEach((host, entry) -> result.put(host, Optional.ofNullable(entry.lastAddress)));
    return result;
  }

  /** The handshake with this address was completed. */
  public void succeeded(NetAddress address, long services, long nowMillis) {
    book.offers(address, services);
    book.succeeded(address, nowMillis);
    named.values().stream()
        .filter(entry -> address.equals(entry.lastAddress))
        .forEach(entry -> entry.backOff.succeeded(nowMillis));
  }

  public void tick(long nowMillis) {
    named.forEach((host, entry) -> tryNamed(host, entry, nowMillis));
    boolean hasPeers = dialer.count(ConnectionKind.OUTBOUND) > 0;
    seedNodes
        .due(book.size() > 0, hasPeers, nowMillis)
        .ifPresent(host -> dialer.resolve(host, addresses -> fetch(host, addresses)));
    if (choosesPeers) {
      askSeeds(nowMillis);
      fillOutbound(nowMillis);
    }
  }

  private void tryNamed(String host, Named entry, long nowMillis) {
    if (!entry.backOff.isDue(nowMillis)
        || (entry.lastAddress != null && dialer.isTaken(entry.lastAddress))) {
      return;
    }
    entry.backOff.attempted(nowMillis);
    dialer.resolve(
        host,
        addresses -> {
          if (addresses.isEmpty() || addresses.stream().anyMatch(dialer::isTaken)) {
            return;
          }
          entry.lastAddress = addresses.get(entry.turn++ % addresses.size());
          dialer.dial(new Call(entry.lastAddress, ConnectionKind.MANUAL, host, entry.encrypted));
        });
  }

  private void askSeeds(long nowMillis) {
    if (!hasRoom()) {
      return;
    }
    seeds.forEach(
        (seed, backOff) -> {
          if (backOff.isDue(nowMillis)) {
            backOff.attempted(nowMillis);
            dialer.resolve(seed, addresses -> remember(addresses, nowMillis));
          }
        });
  }

  /** Calls somebody for addresses only. */
  private void fetch(String host, List<NetAddress> addresses) {
    addresses.stream()
        .findFirst()
        .filter(address -> !dialer.isTaken(address))
        .ifPresent(
            address -> dialer.dial(new Call(address, ConnectionKind.ADDR_FETCH, host, encrypts)));
  }

  private void remember(List<NetAddress> addresses, long nowMillis) {
    for (NetAddress address : addresses) {
      long services = Services.NETWORK | Services.WITNESS;
      book.add(
          new TimedAddress(Math.floorDiv(nowMillis, 1000L), services, address), address, nowMillis);
    }
  }

  private void fillOutbound(long nowMillis) {
    List<NetAddress> dialed = new ArrayList<>();
    while (hasRoom() && dialed.size() < DIALS_AT_ONCE) {
      Optional<NetAddress> pick = pick(dialed, nowMillis);
      if (pick.isEmpty()) {
        return;
      }
      dialed.add(pick.get());
      book.attempted(pick.get(), true, nowMillis);
      boolean encrypted = encrypts && Services.has(book.services(pick.get()), Services.P2P_V2);
      dialer.dial(Call.to(pick.get(), ConnectionKind.OUTBOUND).encrypted(encrypted));
    }
  }

  private Optional<NetAddress> pick(List<NetAddress> dialed, long nowMillis) {
    Set<AddressNetwork> networks = EnumSet.allOf(AddressNetwork.class);
    networks.removeIf(network -> !dialer.isReachable(network));
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<AddressBook.Choice> choice = book.select(false, networks, nowMillis);
      if (choice.isEmpty()) {
        return Optional.empty();
      }
      NetAddress address = choice.get().address();
      long idleSeconds = Math.floorDiv(nowMillis, 1000L) - choice.get().lastTrySeconds();
      if (!dialed.contains(address)
          && !dialer.isTaken(address)
          && dialer.isWelcome(address)
          && idleSeconds >= (i < PATIENT_TRIES ? PATIENCE_SECONDS : MIN_RETRY_SECONDS)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private boolean hasRoom() {
    return dialer.count(ConnectionKind.OUTBOUND) < dialer.slots(ConnectionKind.OUTBOUND);
  }
}
