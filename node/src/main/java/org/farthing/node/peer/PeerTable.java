package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.NetPermission;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.time.Clock;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.Encryption;
import org.farthing.node.transport.Transport;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NetRange;
import org.farthing.node.wire.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections: makes them, leads them through the handshake, keeps count, and ends them. Owned
 * by the node thread, on which the transport calls it.
 */
public final class PeerTable implements ConnectionHandler, Outbox, Dialer {
  private static final Logger LOG = LoggerFactory.getLogger(PeerTable.class);

  private static final Set<ConnectionKind> MAY_RECONCILE =
      EnumSet.of(ConnectionKind.INBOUND, ConnectionKind.MANUAL, ConnectionKind.OUTBOUND);

  private final Transport transport;
  private final Routes routes;
  private final LocalIdentity identity;
  private final Random random;
  private final P2pConfig.Peers options;
  private final BanList bans;
  private final Slots slots;
  private final Doorkeeper doorkeeper;
  private final PeerWatch watch;
  private final Introduction introduction;
  private final Misbehaviour misbehaviour;
  private final InboundPlaces inbound;
  private final Map<Long, Peer> peers = new LinkedHashMap<>();
  private final Dialing dialing = new Dialing();
  private final Set<NetAddress> ownAddresses = new HashSet<>();
  private final TrafficTotals totals = new TrafficTotals();
  private PeerListener listener;
  private boolean active;
  private boolean reconciles;

  public PeerTable(
      Transport transport,
      Routes routes,
      LocalIdentity identity,
      Random random,
      P2pConfig.Peers options,
      BanList bans) {
    this.transport = transport;
    this.routes = routes;
    this.identity = identity;
    this.random = random;
    this.options = options;
    this.bans = bans;
    this.slots = Slots.of(options.maxConnections());
    this.doorkeeper = new Doorkeeper(options.whitelist(), bans, slots.inbound());
    this.watch = new PeerWatch(this, random, options.patience().handshakeSeconds());
    this.introduction = new Introduction(this, identity, random);
    this.misbehaviour = new Misbehaviour(this, bans);
    this.inbound =
        new InboundPlaces(this, identity, random, slots.inbound(), options.inboundRelayPercent());
    this.active = options.active();
    LOG.info("SetNetworkActive: {}", active);
  }

  /** The ways to other nodes. */
  public Routes routes() {
    return routes;
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

  /** Agrees with peers on reconciliation of transactions (BIP-0330), from the next one on. */
  public void reconcile() {
    reconciles = true;
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
      if (!peer.isGone()) {
        watch.tick(peer, nowMillis);
      }
    }
  }

  @Override
  public void connected(Connection connection) {
    Set<NetPermission> permissions = doorkeeper.permissions(connection);
    // In I2P who calls us has the address that we call.
    Optional<Call> call =
        connection.inbound() ? Optional.empty() : dialing.ended(connection.remote());
    if (connection.inbound()) {
      Optional<String> refusal = refusal(connection.remote(), permissions);
      if (refusal.isPresent()) {
        LOG.debug("{}", refusal.get());
        connection.close(refusal.get());
        return;
      }
    } else if (!active || call.isEmpty()) {
      connection.close("nobody wants it any more");
      return;
    }
    ConnectionKind kind = call.map(Call::kind).orElse(ConnectionKind.INBOUND);
    boolean relay =
        kind.gossips() && (!options.blocksOnly() || permissions.contains(NetPermission.RELAY));
    Handshake handshake =
        new Handshake(
            connection.inbound(),
            kind == ConnectionKind.PRIVATE_BROADCAST
                ? LocalIdentity.unknown(random.nextLong())
                : identity.version(connection.remote(), random.nextLong(), relay, permissions),
            this::isOwnNonce,
            new Reconciliation(
                connection.id(),
                connection.inbound(),
                reconciles,
                relay && !options.blocksOnly() && MAY_RECONCILE.contains(kind),
                reconciles ? random.nextLong() : 0));
    Peer peer = new Peer(connection, call, permissions, handshake, clock().nowMillis());
    peer.suspect(connection.inbound() && bans.isDiscouraged(connection.remote()));
    peers.put(peer.id(), peer);
    LOG.debug("Added connection {}", peer);
    LOG.debug("New {} connection, {} ({})", kind.label(), peer, peer.address());
    if (call.filter(Call::encrypted).isPresent()) {
      LOG.debug("start sending v2 handshake to {}", peer);
    }
    handshake.opening().forEach(message -> send(peer, message));
  }

  private Optional<String> refusal(NetAddress address, Set<NetPermission> permissions) {
    if (!active) {
      return Optional.of(Doorkeeper.dropped(address) + ": not accepting new connections");
    }
    Optional<String> refusal = doorkeeper.refusal(address, permissions, inboundCount());
    return refusal.isPresent() || inbound.makeRoom()
        ? refusal
        : Optional.of("failed to find an eviction candidate - connection dropped (full)");
  }

  private boolean isOwnNonce(long nonce) {
    for (Peer peer : peers.values()) {
      if (!peer.isInbound()
          && peer.kind() != ConnectionKind.PRIVATE_BROADCAST
          && peer.handshake().ownNonce() == nonce) {
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
      introduction.received(peer, message, listener);
    }
  }

  @Override
  public void malformed(
      Connection connection, String command, int payloadBytes, DecodeException problem) {
    Peer peer = peers.get(connection.id());
    if (peer != null && !peer.isGone()) {
      misbehaviour.malformed(peer, command, payloadBytes, problem);
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
    totals.closed(connection.traffic());
    Peer peer = peers.remove(connection.id());
    if (peer != null) {
      boolean byUs = peer.isGone();
      LOG.info("Peer disconnected: {} {}: {}", peer, peer.address(), reason);
      peer.markGone();
      peer.handshake().end();
      if (peer.handshake().isDone()) {
        listener.left(peer);
      }
      LOG.debug("Cleared nodestate for {}", peer);
      if (!byUs && !peer.isInbound() && knowsNoEncryption(connection)) {
        LOG.debug("retrying with v1 transport protocol for {}", peer);
        dial(peer.calledAgain());
      }
    }
  }

  /** It took our key for a message that makes no sense, and hung up. */
  private static boolean knowsNoEncryption(Connection connection) {
    return connection.encryption().protocol() == Encryption.Protocol.DETECTING
        && connection.traffic().received() == 0;
  }

  @Override
  public void failed(NetAddress to, String reason) {
    dialing.ended(to);
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

  /** Ends the connection, and says why in Bitcoin Core's words. */
  public void refuse(Peer peer, String reason) {
    if (!peer.isGone()) {
      LOG.debug("{}, disconnecting {}", reason, peer);
      disconnect(peer, reason);
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
    if (!peer.isGone()) {
      misbehaviour.punish(peer, reason);
    }
  }

  /** Ends all connections with these addresses. */
  public void disconnect(NetRange range, String reason) {
    all().stream()
        .filter(peer -> range.contains(peer.address()))
        .forEach(peer -> disconnect(peer, reason));
  }

  /** Turns all talk with others on or off. */
  public void setActive(boolean wanted) {
    LOG.info("SetNetworkActive: {}", wanted);
    active = wanted;
    if (!active) {
      all().forEach(peer -> disconnect(peer, "Network not active"));
    }
  }

  public boolean isActive() {
    return active;
  }

  /** What has travelled since the start, also on connections that are over. */
  public TrafficTotals.Bytes traffic() {
    return totals.with(all());
  }

  @Override
  public void resolve(String host, Consumer<List<NetAddress>> then) {
    routes.resolve(host, then);
  }

  @Override
  public void dial(Call call) {
    if (active && !isTaken(call.address())) {
      LOG.debug(
          "trying {} connection ({}) to {}",
          call.encrypted() ? "v2" : "v1",
          call.kind().label(),
          call.name());
      dialing.begin(call);
      transport.connect(routes.target(call), this, options.patience().connectMillis());
    }
  }

  /** Does something as soon as it is known whether a call to the address comes about. */
  public void whenDialed(NetAddress address, Runnable action) {
    dialing.whenEnded(address, action);
  }

  /** The network that a peer is connected through. */
  public AddressNetwork networkOf(Peer peer) {
    return routes.networkOf(peer.connection());
  }

  /**
   * The peer wants to be told of transactions from now on, as its message said. False where there
   * is no place for another such peer, and it has to go.
   */
  public boolean wantsRelay(Peer peer, String command) {
    return inbound.relays(peer, MessageType.of(command) == MessageType.VERSION, command);
  }

  /** Whether another peer of this kind may be chosen. */
  public boolean hasRoomFor(ConnectionKind kind) {
    OutboundView chosen = new OutboundView(outgoing(), true);
    return chosen.count(kind) < slots.of(kind) && chosen.automatic() < slots.automatic();
  }

  @Override
  public boolean isTaken(NetAddress address) {
    return ownAddresses.contains(address)
        || dialing.contains(address)
        || peers.values().stream()
            .anyMatch(peer -> peer.address().equals(address) && isWhereItIsCalled(peer));
  }

  /** Not so where the port of who calls is a chance one. */
  private static boolean isWhereItIsCalled(Peer peer) {
    return !peer.isInbound() || !peer.address().network().hasSockets();
  }

  @Override
  public boolean isWelcome(NetAddress address) {
    return bans.isWelcome(address);
  }

  @Override
  public boolean isReachable(AddressNetwork network) {
    return routes.isReachable(network);
  }

  @Override
  public int slots(ConnectionKind kind) {
    return active ? slots.of(kind) : 0;
  }

  @Override
  public List<Outgoing> outgoing() {
    List<Outgoing> outgoing = new ArrayList<>(dialing.outgoing());
    peers.values().stream()
        .filter(peer -> !peer.isInbound() && !peer.isGone())
        .forEach(peer -> outgoing.add(Outgoing.to(peer)));
    return outgoing;
  }

  @Override
  public boolean suits(long services) {
    return Services.has(services, identity.neededServices(services));
  }

  private int inboundCount() {
    return (int) peers.values().stream().filter(Peer::isInbound).count();
  }
}
