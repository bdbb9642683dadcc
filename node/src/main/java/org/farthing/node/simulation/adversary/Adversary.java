package org.farthing.node.simulation.adversary;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.node.mining.HashSearch;
import org.farthing.node.peer.LocalIdentity;
import org.farthing.node.time.Clock;
import org.farthing.node.time.Scheduler;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.Transport;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.SendAddrV2;
import org.farthing.node.wire.TimedAddress;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.farthing.node.wire.WtxidRelay;

/**
 * A peer that shakes hands as everybody does, answers pings, lets itself be called, calls its
 * targets again when they hang up, and does something bad once a second on each connection.
 */
public abstract class Adversary implements ConnectionHandler {
  static final long TURN_MILLIS = 1000;
  static final long REDIAL_MILLIS = 5000;
  private static final long CONNECT_MILLIS = 5000;
  private static final int BLOCK_VERSION = 0x20000000;
  private static final String AGENT = "/Adversary:1/";

  /**
   * What it needs.
   *
   * @param transport its own; handlers are called on the scheduler's turns
   * @param local where it listens
   * @param targets whom it calls; it keeps one connection to each
   * @param accomplices addresses of others like it
   */
  public record Means(
      Clock clock,
      Scheduler scheduler,
      Transport transport,
      Random random,
      NetAddress local,
      List<NetAddress> targets,
      List<NetAddress> accomplices) {
    public Means {
      targets = List.copyOf(targets);
      accomplices = List.copyOf(accomplices);
    }
  }

  /**
   * How it went.
   *
   * @param connected connections that came about
   * @param shaken of these, those whose handshake was completed
   * @param dropped our calls that the other side ended after it had taken them
   * @param left calls of others that they ended themselves
   * @param refused our calls that nobody took
   */
  public record Tally(int connected, int shaken, int dropped, int left, int refused) {
    /** Before anything happened. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    /** Both together. */
    public Tally plus(Tally other) {
      return new Tally(
          connected + other.connected,
          shaken + other.shaken,
          dropped + other.dropped,
          left + other.left,
          refused + other.refused);
    }
  }

  private static final Tally CONNECTED = new Tally(1, 0, 0, 0, 0);
  private static final Tally SHAKEN = new Tally(0, 1, 0, 0, 0);
  private static final Tally DROPPED = new Tally(0, 0, 1, 0, 0);
  private static final Tally LEFT = new Tally(0, 0, 0, 1, 0);
  private static final Tally REFUSED = new Tally(0, 0, 0, 0, 1);

  private final Means means;
  private final Map<Long, Connection> open = new LinkedHashMap<>();
  private final Map<Long, Connection> ready = new LinkedHashMap<>();
  private volatile Tally tally = Tally.NONE;
  private boolean stopped;

  Adversary(Means means) {
    this.means = means;
  }

  /**
   * Listens, and begins to call.
   *
   * @return where it listens
   */
  public NetAddress start() throws IOException {
    NetAddress address = means.transport().listen(means.local(), this);
    means.scheduler().execute(() -> means.targets().forEach(this::dial));
    means.scheduler().after(TURN_MILLIS, this::turn);
    return address;
  }

  /** Does nothing bad any more, and hangs up. */
  public void stop() {
    stopped = true;
    List.copyOf(open.values()).forEach(connection -> connection.close("enough"));
  }

  /** How it went so far; for any thread. */
  public Tally tally() {
    return tally;
  }

  final void dial(NetAddress target) {
    if (!stopped) {
      means.transport().connect(target, false, this, CONNECT_MILLIS);
    }
  }

  private void turn() {
    if (!stopped) {
      List.copyOf(ready.values()).forEach(this::act);
      means.scheduler().after(TURN_MILLIS, this::turn);
    }
  }

  /** Something bad. */
  abstract void act(Connection connection);

  /** The other side has said who it is. */
  void greeted(Connection connection, Version theirs) {
    answer(connection);
  }

  /** Does its part of the handshake. */
  final void answer(Connection connection) {
    if (connection.inbound()) {
      connection.send(version(connection));
    }
    connection.send(new WtxidRelay());
    connection.send(new SendAddrV2());
    connection.send(new Verack());
  }

  /** The handshake is over. */
  void ready(Connection connection) {
    // Most have nothing to say.
  }

  /** What came after the handshake, or in it. */
  void heard(Connection connection, Message message) {
    if (message instanceof GetHeaders) {
      connection.send(new Headers(List.of()));
    }
  }

  private Version version(Connection connection) {
    return new Version(
        Version.PROTOCOL,
        LocalIdentity.ALL_BLOCKS,
        saidSeconds(),
        Version.Endpoint.NONE,
        Version.Endpoint.NONE,
        nonce(connection),
        new Version.Client(AGENT, 0, true));
  }

  /** What time it says that it is. */
  long saidSeconds() {
    return clock().nowSeconds();
  }

  /** By which it would know itself. */
  long nonce(Connection connection) {
    return random().nextLong();
  }

  Means means() {
    return means;
  }

  Clock clock() {
    return means.clock();
  }

  Random random() {
    return means.random();
  }

  byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random().nextBytes(bytes);
    return bytes;
  }

  /** An address, as one says who has just heard of it. */
  TimedAddress told(NetAddress address) {
    return new TimedAddress(clock().nowSeconds(), LocalIdentity.ALL_BLOCKS, address);
  }

  /** A header of regtest with proof of work, for no block. */
  BlockHeader after(BlockHeader parent, long timeSeconds) {
    MerkleRoot root = MerkleRoot.of(randomBytes(MerkleRoot.SIZE));
    BlockHeader draft =
        new BlockHeader(BLOCK_VERSION, parent.hash(), root, timeSeconds, parent.bits(), 0);
    return new HashSearch(draft).search(1L << 32).orElseThrow();
  }

  /** To those whose handshake is over. */
  void toOthers(Connection but, Consumer<Connection> action) {
    List.copyOf(ready.values()).stream().filter(each -> each != but).forEach(action);
  }

  @Override
  public void connected(Connection connection) {
    tally = tally.plus(CONNECTED);
    open.put(connection.id(), connection);
    if (!connection.inbound()) {
      connection.send(version(connection));
    }
  }

  @Override
  public void received(Connection connection, Message message) {
    if (message instanceof Version version) {
      greeted(connection, version);
    } else if (message instanceof Verack) {
      tally = tally.plus(SHAKEN);
      ready.put(connection.id(), connection);
      ready(connection);
    } else if (message instanceof Ping ping) {
      connection.send(new Pong(ping.nonce()));
    }
    heard(connection, message);
  }

  @Override
  public void malformed(
      Connection connection, String command, int payloadBytes, DecodeException problem) {
    // Whatever it was, it is no reason to hang up.
  }

  @Override
  public void closed(Connection connection, String reason) {
    open.remove(connection.id());
    ready.remove(connection.id());
    if (!stopped) {
      tally = tally.plus(connection.inbound() ? LEFT : DROPPED);
    }
    if (!connection.inbound()) {
      redial(connection.remote());
    }
  }

  @Override
  public void failed(NetAddress to, String reason) {
    tally = tally.plus(REFUSED);
    redial(to);
  }

  private void redial(NetAddress target) {
    boolean isCalled =
        open.values().stream().anyMatch(each -> !each.inbound() && each.remote().equals(target));
    if (!isCalled && means.targets().contains(target)) {
      means.scheduler().after(REDIAL_MILLIS, () -> dial(target));
    }
  }
}
