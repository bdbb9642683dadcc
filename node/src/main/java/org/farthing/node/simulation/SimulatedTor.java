package org.farthing.node.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;

/**
 * What Tor is to nodes: a proxy through which they reach onion services and, by its exits, all
 * others, and which shows nobody where they are. Each connection has relays of its own; how much
 * they can carry is not modelled.
 */
final class SimulatedTor {
  /** From us to where we leave Tor, or to where we meet the service. */
  private static final int RELAYS = 3;

  private static final int EXITS = 50;

  /** The first byte of exits' addresses: no machine of the network has it. */
  private static final byte EXIT_NETWORK = 99;

  /** A service gets its connections from the Tor that runs beside it. */
  private static final NetAddress BESIDE =
      NetAddress.of(AddressNetwork.IPV4, new byte[] {127, 0, 0, 1}, 0);

  private final Map<NetAddress, NetAddress> services = new HashMap<>();

  /**
   * How a connection goes.
   *
   * @param end where it arrives
   * @param mask as whom the other side sees the caller, but for the port; empty: as it is
   * @param relays the regions of those between
   */
  record Way(NetAddress end, Optional<NetAddress> mask, List<Integer> relays) {
    Way {
      relays = List.copyOf(relays);
    }

    static Way directly(NetAddress end) {
      return new Way(end, Optional.empty(), List.of());
    }

    /** The same relays from the other end. */
    List<Integer> relaysBack() {
      List<Integer> back = new ArrayList<>(relays);
      Collections.reverse(back);
      return back;
    }
  }

  /** A new onion address, which leads to a machine's port. */
  NetAddress newService(NetAddress end) {
    byte[] key = Sha256.hash(("onion of " + end).getBytes(StandardCharsets.UTF_8));
    NetAddress address = NetAddress.of(AddressNetwork.TORV3, key, end.port());
    services.put(address, end);
    return address;
  }

  /**
   * A way through Tor.
   *
   * @param regions of relays, one after the other
   * @return empty where nobody has such an address
   */
  Optional<Way> way(NetAddress to, IntSupplier regions, RandomGenerator random) {
    if (to.network() != AddressNetwork.TORV3) {
      byte[] exit = {EXIT_NETWORK, (byte) random.nextInt(EXITS), 0, 1};
      NetAddress mask = NetAddress.of(AddressNetwork.IPV4, exit, 0);
      return Optional.of(new Way(to, Optional.of(mask), relays(RELAYS, regions)));
    }
    return Optional.ofNullable(services.get(to))
        .map(end -> new Way(end, Optional.of(BESIDE), relays(2 * RELAYS, regions)));
  }

  private static List<Integer> relays(int count, IntSupplier regions) {
    List<Integer> relays = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      relays.add(regions.getAsInt());
    }
    return relays;
  }
}
