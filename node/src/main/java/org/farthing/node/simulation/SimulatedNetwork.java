package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.farthing.node.simulation.SimulatedConnection.Ends;
import org.farthing.node.transport.ConnectionHandler;
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

  List<SimulatedConnection> connectionsOf(SimulatedTransport host) {
    return connections.stream().filter(each -> each.host() == host).toList();
  }

  void forget(SimulatedConnection connection) {
    connections.remove(connection);
  }

  void connect(
      SimulatedTransport from, NetAddress to, ConnectionHandler handler, long timeoutMillis) {
    SimulatedTransport target = hosts.get(to.host());
    if (target == null || isCut(from, target)) {
      time.after(
          timeoutMillis, () -> from.call(() -> handler.failed(to, "connection timed out: " + to)));
      return;
    }
    Pipe there = newPipe(from, target);
    there.send(PACKET, () -> accept(from, target, to, handler, there));
  }

  private void accept(
      SimulatedTransport from,
      SimulatedTransport target,
      NetAddress to,
      ConnectionHandler handler,
      Pipe there) {
    Pipe back = newPipe(target, from);
    ConnectionHandler listener = target.listener(to.port());
    if (listener == null || isCut(from, target)) {
      back.send(PACKET, () -> from.call(() -> handler.failed(to, "connection refused: " + to)));
      return;
    }
    NetAddress source = from.address().withPort(from.freePort());
    SimulatedConnection out =
        new SimulatedConnection(from, handler, new Ends(from.newId(), source, to, false), there);
    SimulatedConnection in =
        new SimulatedConnection(target, listener, new Ends(target.newId(), to, source, true), back);
    SimulatedConnection.join(out, in);
    connections.add(out);
    connections.add(in);
    in.opened();
    back.send(PACKET, out::opened);
  }

  private Pipe newPipe(SimulatedTransport from, SimulatedTransport to) {
    return new Pipe(
        time,
        from.up(),
        settings.latency().between(from.place().region(), to.place().region(), random.split()),
        to.down());
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
