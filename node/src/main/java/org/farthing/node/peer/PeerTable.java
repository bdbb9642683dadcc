package org.farthing.node.peer;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.NonCanonicalException;
import org.farthing.node.config.NetPermission;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.time.Clock;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.Transport;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections: makes them, leads them through the handshake, keeps count, and ends them. Owned
 * by the node thread, on which the transport calls it.
 */
public final class PeerTable implements ConnectionHandler, Outbox, Dialer {
  private static final Logger LOG = LoggerFactory.getLogger(PeerTable.class);
  private static final long CONNECT_TIMEOUT_MILLIS = 5_000;

  private final Transport transport;
  private final Resolver resolver;
  private final LocalIdentity identity;
  private final Random random;
  private final P2pConfig.Peers options;
  private final Map<Long, Peer> peers = new LinkedHashMap<>();
  private final Map<NetAddress, ConnectionKind> dialing = new HashMap<>();
  private final Set<NetAddress> ownAddresses = new HashSet<>();
  private PeerListener listener;

  public PeerTable(
      Transport transport,
      Resolver resolver,
      LocalIdentity identity,
      Random random,
      P2pConfig.Peers options) {
    this.transport = transport;
    this.resolver = resolver;
    this.identity = identity;
    this.random = random;
    this.options = options;
  }

  /** To be called once, before any connection is made. */
  public void listen(PeerListener newListener) {
    listener = newListener;
  }

  private Clock clock() {
    return identity.clock();
  }

  /** All connections, oldest first, also those whose handshake is not over. */
  public Collection<Peer> all() {
    return List.copyOf(peers.values());
  }

  /** Whether transactions of others are welcome. */
  public boolean relaysTransactions() {
    return !options.blocksOnly();
  }

  public Optional<Peer> byId(long id) {
    return Optional.ofNullable(peers.get(id));
  }

  /** Drops who takes too long for the handshake or to answer a ping, and pings who is due. */
  public void tick(long nowMillis) {
    for (Peer peer : all()) {
      if (peer.isGone()) {
        continue;
      }
      if (!peer.isReady()) {
        if (nowMillis - peer.connectedAtMillis() >= options.handshakeSeconds() * 1000L) {
          disconnect(peer, "version handshake timeout");
        }
      } else if (peer.ping().isOverdue(nowMillis)) {
        long waitedMillis = peer.ping().waitingMillis(nowMillis).orElseThrow();
        disconnect(
            peer, "ping timeout: %d.%03d000s".formatted(waitedMillis / 1000, waitedMillis % 1000));
      } else if (peer.ping().isDue(nowMillis)) {
        send(peer, peer.ping().next(random, nowMillis));
      }
    }
  }

  @Override
  public void connected(Connection connection) {
    ConnectionKind kind =
        connection.inbound() ? ConnectionKind.INBOUND : dialing.remove(connection.remote());
    if (kind == null || (connection.inbound() && peers.size() >= options.maxConnections())) {
      connection.close("connection limit reached");
      return;
    }
    Set<NetPermission> permissions = permissions(connection);
    boolean relay = !options.blocksOnly() || permissions.contains(NetPermission.RELAY);
    Handshake handshake =
        new Handshake(
            connection.inbound(),
            identity.version(connection.remote(), random.nextLong(), relay),
            this::isOwnNonce);
    Peer peer = new Peer(connection, kind, permissions, handshake, clock().nowMillis());
    peers.put(peer.id(), peer);
    LOG.debug("New {} connection, {} ({})", kind.label(), peer, peer.address());
    handshake.opening().forEach(message -> send(peer, message));
  }

  private Set<NetPermission> permissions(Connection connection) {
    return connection
        .remote()
        .toSocketAddress()
        .map(socket -> options.whitelist().of(socket.getAddress(), connection.inbound()))
        .orElse(Set.of());
  }

  private boolean isOwnNonce(long nonce) {
    for (Peer peer : peers.values()) {
      if (!peer.isInbound() && peer.handshake().ownNonce() == nonce) {
        ownAddresses.add(peer.address());
        return true;
      }
    }
    return false;
  }

  @Override
  public void received(Connection connection, Message message) {
    Peer peer = peers.get(connection.id());
    if (peer == null || peer.isGone()) {
      return;
    }
    peer.received(clock().nowMillis());
    if (peer.isReady()) {
      listener.received(peer, message);
    } else {
      shakeHands(peer, message);
    }
  }

  private void shakeHands(Peer peer, Message message) {
    Handshake.Step step = peer.handshake().received(message);
    if (step instanceof Handshake.Step.Continue next) {
      next.replies().forEach(reply -> send(peer, reply));
    } else if (step instanceof Handshake.Step.Refused refused) {
      disconnect(peer, refused.reason());
    } else if (peer.kind() == ConnectionKind.OUTBOUND && !isUseful(peer)) {
      disconnect(peer, "peer does not offer the expected services");
    } else {
      LOG.info(
          "Peer connected: {} {} {} {}",
          peer,
          peer.kind().label(),
          peer.address(),
          peer.version().orElseThrow().cleanUserAgent());
      send(peer, peer.ping().next(random, clock().nowMillis()));
      listener.ready(peer);
    }
  }

  private static boolean isUseful(Peer peer) {
    return Services.has(
        peer.version().orElseThrow().services(), Services.NETWORK | Services.WITNESS);
  }

  /**
   * It costs the connection. Only the message is dropped where it has a meaning in a form that is
   * not allowed, and of a peer that is not to be punished.
   */
  @Override
  public void malformed(
      Connection connection, String command, int payloadBytes, DecodeException problem) {
    LOG.debug(
        "ProcessMessages({}, {} bytes): Exception '{}' caught, peer={}",
        command,
        payloadBytes,
        problem.getMessage(),
        connection.id());
    Peer peer = peers.get(connection.id());
    boolean isSpared = peer != null && peer.may(NetPermission.NOBAN);
    if (!isSpared && !(problem instanceof NonCanonicalException)) {
      ConnectionHandler.super.malformed(connection, command, payloadBytes, problem);
    }
  }

  @Override
  public void writable(Connection connection) {
    Peer peer = peers.get(connection.id());
    if (peer != null && peer.isReady()) {
      listener.writable(peer);
    }
  }

  @Override
  public void closed(Connection connection, String reason) {
    Peer peer = peers.remove(connection.id());
    if (peer != null) {
      LOG.info("Peer disconnected: {} {}: {}", peer, peer.address(), reason);
      peer.markGone();
      if (peer.handshake().isDone()) {
        listener.left(peer);
      }
    }
  }

  @Override
  public void failed(NetAddress to, String reason) {
    dialing.remove(to);
    LOG.debug("Could not connect to {}: {}", to, reason);
  }

  @Override
  public void send(Peer peer, Message message) {
    peer.send(message, clock().nowMillis());
  }

  @Override
  public void disconnect(Peer peer, String reason) {
    if (!peer.isGone()) {
      LOG.debug("Disconnecting {}: {}", peer, reason);
      peer.markGone();
      peer.connection().close(reason);
    }
  }

  /**
   * Ends all connections that stand, and does not wait for it: nobody counts as a peer any more.
   */
  public void disconnectAll(String reason) {
    for (Peer peer : all()) {
      disconnect(peer, reason);
      closed(peer.connection(), reason);
    }
  }

  @Override
  public void punish(Peer peer, String reason) {
    if (peer.isGone()) {
      return;
    }
    LOG.debug("Misbehaving: {}: {}", peer, reason);
    if (peer.may(NetPermission.NOBAN)) {
      LOG.warn("Not punishing noban peer {}!", peer.id());
    } else if (peer.kind() == ConnectionKind.MANUAL) {
      LOG.warn("Not punishing manually connected peer {}!", peer.id());
    } else {
      disconnect(peer, reason);
    }
  }

  @Override
  public void resolve(String host, Consumer<List<NetAddress>> then) {
    resolver.resolve(host, then);
  }

  @Override
  public void dial(NetAddress address, ConnectionKind kind) {
    if (!isTaken(address)) {
      dialing.put(address, kind);
      transport.connect(address, this, CONNECT_TIMEOUT_MILLIS);
    }
  }

  @Override
  public boolean isTaken(NetAddress address) {
    return ownAddresses.contains(address)
        || dialing.containsKey(address)
        || peers.values().stream()
            .anyMatch(peer -> !peer.isInbound() && peer.address().equals(address));
  }

  @Override
  public int count(ConnectionKind kind) {
    long standing = peers.values().stream().filter(peer -> peer.kind() == kind).count();
    long beginning = dialing.values().stream().filter(each -> each == kind).count();
    return Math.toIntExact(standing + beginning);
  }
}
