package org.farthing.node.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.NetAddress;

/**
 * Hosts that the operator named: they are called for ever, with growing pauses. Their names are
 * looked up anew each time, since a container that restarts has a new address. Of those that are
 * called beside others ({@code -addnode}) at most {@value #MAX_ADDED} are connected at a time.
 */
final class NamedHosts {
  static final int MAX_ADDED = 8;

  /** A host, with the address that it was last found at. */
  private static final class Named {
    final BackOff backOff = new BackOff();
    final boolean encrypted;
    final boolean isLimited;
    NetAddress lastAddress;
    int turn;

    Named(boolean encrypted, boolean isLimited) {
      this.encrypted = encrypted;
      this.isLimited = isLimited;
    }
  }

  private final Dialer dialer;
  private final int defaultPort;
  private final Map<String, Named> named = new LinkedHashMap<>();

  NamedHosts(Dialer dialer, int defaultPort) {
    this.dialer = dialer;
    this.defaultPort = defaultPort;
  }

  /**
   * Names a host; false where it was named before, if only in another form.
   *
   * @param encrypted whether to try the encrypted protocol first
   * @param isLimited whether it is one of those of which some only are connected at a time
   */
  boolean add(String host, boolean encrypted, boolean isLimited) {
    Optional<NetAddress> address = numeric(host);
    boolean isNamed =
        named.keySet().stream()
            .anyMatch(
                other ->
                    other.equals(host) || (address.isPresent() && numeric(other).equals(address)));
    if (!isNamed) {
      named.put(host, new Named(encrypted, isLimited));
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
  boolean remove(String host) {
    return named.remove(host) != null;
  }

  boolean isEmpty() {
    return named.isEmpty();
  }

  /** Whether one of the hosts was found at this address, or named by it. */
  boolean contains(NetAddress address) {
    return named.entrySet().stream()
        .anyMatch(
            each ->
                address.equals(each.getValue().lastAddress)
                    || each.getKey().equals(address.host())
                    || each.getKey().equals(address.toString()));
  }

  /** The hosts, each with the address that it was last found at. */
  Map<String, Optional<NetAddress>> all() {
    Map<String, Optional<NetAddress>> result = new LinkedHashMap<>();
    named.forEach((host, entry) -> result.put(host, Optional.ofNullable(entry.lastAddress)));
    return result;
  }

  /** The handshake with this address was completed. */
  void succeeded(NetAddress address, long nowMillis) {
    named.values().stream()
        .filter(entry -> address.equals(entry.lastAddress))
        .forEach(entry -> entry.backOff.succeeded(nowMillis));
  }

  /** Calls who is due. */
  void tick(long nowMillis) {
    for (Map.Entry<String, Named> each : List.copyOf(named.entrySet())) {
      tryNamed(each.getKey(), each.getValue(), nowMillis);
    }
  }

  private void tryNamed(String host, Named entry, long nowMillis) {
    if (!entry.backOff.isDue(nowMillis) || isTaken(entry) || !hasRoomFor(entry)) {
      return;
    }
    entry.backOff.attempted(nowMillis);
    dialer.resolve(
        host,
        addresses -> {
          if (addresses.isEmpty()
              || addresses.stream().anyMatch(dialer::isTaken)
              || !hasRoomFor(entry)) {
            return;
          }
          entry.lastAddress = addresses.get(entry.turn++ % addresses.size());
          dialer.dial(new Call(entry.lastAddress, ConnectionKind.MANUAL, host, entry.encrypted));
        });
  }

  private boolean isTaken(Named entry) {
    return entry.lastAddress != null && dialer.isTaken(entry.lastAddress);
  }

  private boolean hasRoomFor(Named entry) {
    return !entry.isLimited
        || named.values().stream().filter(other -> other.isLimited && isTaken(other)).count()
            < MAX_ADDED;
  }
}
