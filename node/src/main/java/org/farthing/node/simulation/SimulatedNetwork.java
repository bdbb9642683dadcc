package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.farthing.node.simulation.SimulatedConnection.Ends;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.Target;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;

/**
 * A network of machines on a {@link VirtualTime}, with latencies from a seed. It can be cut in two
 * and joined again.
 */
public final class SimulatedNetwork {
  /** What opens a connection, or refuses it. */
  private static final int PACKET = 60;

  private final VirtualTime time;
  private final Settings settings;
  private final SplittableRandom random;
  private final Map<String, SimulatedTransport> hosts = new LinkedHashMap<>();
  private final Set<SimulatedConnection> connections = new LinkedHashSet<>();
  private final Set<String> island = new HashSet<>();
  private final SimulatedTor tor = new SimulatedTor();
  private NetworkObserver observer = NetworkObserver.NONE;

  /**
   * How the network behaves.
   *
   * @param seed of all latencies
   * @param throughCodec messages are decoded from bytes where they arrive; otherwise machines share
   *     what cannot change, which is faster and takes less memory
   * @param lost messages that never arrive, as if nobody had ever said them
   */
  public record Settings(long seed, Latency latency, boolean throughCodec, Set<MessageType> lost) {
    public Settings {
      lost = Set.copyOf(lost);
    }

    /** As between places of one continent. */
    public static Settings of(long seed) {
      return new Settings(seed, Latency.uniform(5, 80), true, Set.of());
    }
  }

  /** What becomes of connections between the halves of a network that is cut in two. */
  public enum Cut {
    /** Both sides see them closed at once. */
    CLOSES,
    /** Nobody sees anything, and nothing arrives until the network is whole again. */
    STALLS
  }

  public SimulatedNetwork(VirtualTime time, Settings settings) {
    this.time = time;
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
  }

  /** Somebody looks at everything from now on. */
  public void observe(NetworkObserver newObserver) {
    observer = newObserver;
  }

  NetworkObserver observer() {
    return observer;
  }

  /** A new machine, whose handlers are called on the turns of {@code owner}. */
  public SimulatedTransport newHost(Executor owner) {
    return newHost(owner, Place.ANYWHERE);
  }

  /** A new machine at some place. */
  public SimulatedTransport newHost(Executor owner, Place place) {
    int index = hosts.size();
    // Each in its own /16, none of them reserved.
    byte[] ip = {(byte) (20 + index % 75), (byte) (index / 75), 0, 1};
    NetAddress address = NetAddress.of(AddressNetwork.IPV4, ip, 0);
    SimulatedTransport host = new SimulatedTransport(this, address, place, owner);
    hosts.put(address.host(), host);
    return host;
  }

  /** The machine comes back at its old address, after its transport was closed. */
  public SimulatedTransport restart(SimulatedTransport old, Executor owner) {
    SimulatedTransport host = new SimulatedTransport(this, old.address(), old.place(), owner);
    hosts.put(old.address().host(), host);
    return host;
  }

  Settings settings() {
    return settings;
  }

  /** Connections that both or one of their ends believe in. */
  public int connectionCount() {
    return (int) connections.stream().filter(each -> !each.inbound()).count();
  }

  /** The bytes that each machine has sent and nobody has got yet. */
  Map<SimulatedTransport, Long> unsentBytes() {
    Map<SimulatedTransport, Long> sums = new HashMap<>();
    connections.forEach(each -> sums.merge(each.host(), each.waitingBytes(), Long::sum));
    return sums;
  }

  List<SimulatedConnection> connectionsOf(SimulatedTransport host) {
    return connections.stream().filter(each -> each.host() == host).toList();
  }

  void forget(SimulatedConnection connection) {
    connections.remove(connection);
  }

  /**
   * Makes an onion service.
   *
   * @param port where the machine takes its connections
   * @return by which others reach it through a proxy
   */
  public NetAddress newOnion(SimulatedTransport host, int port) {
    return tor.newService(host.address().withPort(port));
  }

  /** Whatever proxy is named leads to Tor. */
  void connect(
      SimulatedTransport from, Target target, ConnectionHandler handler, long timeoutMillis) {
    NetAddress to = target.address();
    Optional<SimulatedTor.Way> way =
        target.proxy().isPresent()
            ? tor.way(to, this::anyRegion, random)
            : Optional.of(SimulatedTor.Way.directly(to));
    SimulatedTransport machine = way.map(found -> hosts.get(found.end().host())).orElse(null);
    if (machine == null || isCut(from, machine)) {
      time.after(
          timeoutMillis, () -> from.call(() -> handler.failed(to, "connection timed out: " + to)));
      return;
    }
    Attempt attempt = new Attempt(from, machine, to, way.get(), handler);
    Pipe there = newPipe(from, machine, way.get().relays());
    there.send(PACKET, () -> accept(attempt, there));
  }

  /** Somebody calls. */
  private record Attempt(
      SimulatedTransport from,
      SimulatedTransport machine,
      NetAddress to,
      SimulatedTor.Way way,
      ConnectionHandler handler) {}

  private void accept(Attempt attempt, Pipe there) {
    SimulatedTransport from = attempt.from();
    SimulatedTransport machine = attempt.machine();
    NetAddress to = attempt.to();
    Pipe back = newPipe(machine, from, attempt.way().relaysBack());
    NetAddress end = attempt.way().end();
    ConnectionHandler listener = machine.listener(end.port());
    if (listener == null || isCut(from, machine)) {
      back.send(
          PACKET, () -> from.call(() -> attempt.handler().failed(to, "connection refused: " + to)));
      return;
    }
    NetAddress source = from.address().withPort(from.freePort());
    NetAddress seen =
        attempt.way().mask().map(mask -> mask.withPort(machine.freePort())).orElse(source);
    SimulatedConnection out =
        new SimulatedConnection(
            from, attempt.handler(), new Ends(from.newId(), source, to, false), there);
    SimulatedConnection in =
        new SimulatedConnection(
            machine, listener, new Ends(machine.newId(), end, seen, true), back);
    SimulatedConnection.join(out, in);
    connections.add(out);
    connections.add(in);
    in.opened();
    back.send(PACKET, out::opened);
  }

  private Pipe newPipe(SimulatedTransport from, SimulatedTransport to, List<Integer> relays) {
    List<LongSupplier> hops = new ArrayList<>();
    int region = from.place().region();
    for (int relay : relays) {
      hops.add(settings.latency().between(region, relay, random.split()));
      region = relay;
    }
    LongSupplier last = settings.latency().between(region, to.place().region(), random.split());
    LongSupplier all =
        hops.isEmpty()
            ? last
            : () -> hops.stream().mapToLong(LongSupplier::getAsLong).sum() + last.getAsLong();
    return new Pipe(time, from.up(), all, to.down());
  }

  /** Relays stand where machines stand. */
  private int anyRegion() {
    return hosts.values().stream()
        .skip(random.nextInt(hosts.size()))
        .findFirst()
        .orElseThrow()
        .place()
        .region();
  }

  /** Closes all connections between two machines, as both see at once. */
  public void disconnect(SimulatedTransport one, SimulatedTransport two) {
    for (SimulatedConnection each : connectionsOf(one)) {
      if (each.other().host() == two) {
        each.cut("connection reset");
      }
    }
  }

  /** Closes some connection, as both see at once. */
  void cutAny(RandomGenerator chance) {
    if (!connections.isEmpty()) {
      connections.stream()
          .skip(chance.nextInt(connections.size()))
          .findFirst()
          .orElseThrow()
          .cut("connection reset");
    }
  }

  /** Parts the machines of {@code side} from all others; a cut that was there before is mended. */
  public void partition(Collection<SimulatedTransport> side, Cut cut) {
    heal();
    side.forEach(host -> island.add(host.address().host()));
    for (SimulatedConnection each : new ArrayList<>(connections)) {
      if (isCut(each.host(), each.other().host())) {
        switch (cut) {
          case CLOSES -> each.cut("connection reset");
          case STALLS -> each.outgoing().setStalled(true);
        }
      }
    }
  }

  /** The network is whole again; what was held up travels on. */
  public void heal() {
    island.clear();
    for (SimulatedConnection each : connections) {
      each.outgoing().setStalled(false);
      // Perhaps the other end is closed, and the news of it held up.
      each.other().outgoing().setStalled(false);
    }
  }

  private boolean isCut(SimulatedTransport one, SimulatedTransport two) {
    return island.contains(one.address().host()) != island.contains(two.address().host());
  }
}
