package org.farthing.node.simulation;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.Target;
import org.farthing.node.transport.Transport;
import org.farthing.node.wire.NetAddress;

/** One machine in the simulated network, with one address. */
public final class SimulatedTransport implements Transport {
  private static final int FIRST_FREE_PORT = 49152;

  private final SimulatedNetwork network;
  private final NetAddress address;
  private final Place place;
  private final Line up;
  private final Line down;
  private final Executor owner;
  private final Map<Integer, ConnectionHandler> listeners = new HashMap<>();
  private int nextPort = FIRST_FREE_PORT;
  private long nextId;
  private boolean closed;

  SimulatedTransport(SimulatedNetwork network, NetAddress address, Place place, Executor owner) {
    this.network = network;
    this.address = address;
    this.place = place;
    this.up = new Line(place.upBytesPerSecond());
    this.down = new Line(place.downBytesPerSecond());
    this.owner = owner;
  }

  /** The machine's address; the port is 0. */
  public NetAddress address() {
    return address;
  }

  Place place() {
    return place;
  }

  Line up() {
    return up;
  }

  Line down() {
    return down;
  }

  SimulatedNetwork network() {
    return network;
  }

  /** Takes port of {@code local} only: a machine has one address. */
  @Override
  public NetAddress listen(NetAddress local, ConnectionHandler handler) throws IOException {
    int port = local.port() == 0 ? freePort() : local.port();
    if (listeners.putIfAbsent(port, handler) != null) {
      throw new IOException("cannot listen on " + address.withPort(port) + ": already in use");
    }
    return address.withPort(port);
  }

  @Override
  public void connect(Target target, ConnectionHandler handler, long timeoutMillis) {
    if (!closed) {
      network.connect(this, target, handler, timeoutMillis);
    }
  }

  /** Who listens on this port, or null. */
  ConnectionHandler listener(int port) {
    return listeners.get(port);
  }

  int freePort() {
    return nextPort++;
  }

  long newId() {
    return nextId++;
  }

  /** Calls a handler on the owner's turn. */
  void call(Runnable task) {
    if (closed) {
      return;
    }
    owner.execute(
        () -> {
          if (!closed) {
            task.run();
          }
        });
  }

  @Override
  public void close() {
    network.connectionsOf(this).forEach(connection -> connection.close("shutting down"));
    listeners.clear();
    closed = true;
  }

  @Override
  public String toString() {
    return address.host();
  }
}
