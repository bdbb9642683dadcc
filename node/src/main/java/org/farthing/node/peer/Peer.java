package org.farthing.node.peer;

import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.NetPermission;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Version;

/**
 * One connection and what its handshake told. What is talked about afterwards (headers,
 * inventories, addresses) is remembered by the machines of package {@code sync}. Owned by the node
 * thread.
 */
public final class Peer {
  private final Connection connection;
  private final ConnectionKind kind;
  private final Optional<Call> call;
  private final Set<NetPermission> permissions;
  private final Handshake handshake;
  private final PingMonitor ping = new PingMonitor();
  private final long connectedAtMillis;
  private long lastSentMillis;
  private long lastReceivedMillis;
  private long lastTransactionMillis;
  private long lastBlockMillis;
  private long lastAnnouncementMillis;
  private long introducedAtMillis;
  private boolean prefersHeaders;
  private boolean filters;
  private boolean wantsRelay;
  private boolean suspect;
  private boolean gone;

  /** A peer that has no name but its address. */
  public Peer(
      Connection connection,
      ConnectionKind kind,
      Set<NetPermission> permissions,
      Handshake handshake,
      long connectedAtMillis) {
    this(connection, kind, Optional.empty(), permissions, handshake, connectedAtMillis);
  }

  /**
   * @param call that it answered, if we called
   */
  Peer(
      Connection connection,
      Optional<Call> call,
      Set<NetPermission> permissions,
      Handshake handshake,
      long connectedAtMillis) {
    this(
        connection,
        call.map(Call::kind).orElse(ConnectionKind.INBOUND),
        call,
        permissions,
        handshake,
        connectedAtMillis);
  }

  private Peer(
      Connection connection,
      ConnectionKind kind,
      Optional<Call> call,
      Set<NetPermission> permissions,
      Handshake handshake,
      long connectedAtMillis) {
    this.connection = connection;
    this.kind = kind;
    this.call = call;
    this.permissions = Set.copyOf(permissions);
    this.handshake = handshake;
    this.connectedAtMillis = connectedAtMillis;
  }

  public long id() {
    return connection.id();
  }

  public Connection connection() {
    return connection;
  }

  public NetAddress address() {
    return connection.remote();
  }

  /** As the operator knows it: the name by which he had us call it, or its address. */
  public String name() {
    return call.map(Call::name).orElseGet(() -> address().toString());
  }

  /** The same call once more, in the protocol that everybody knows. */
  Call calledAgain() {
    return call.orElseThrow().encrypted(false);
  }

  public ConnectionKind kind() {
    return kind;
  }

  /** What the operator allows this peer beyond what all may do. */
  public Set<NetPermission> permissions() {
    return permissions;
  }

  public boolean may(NetPermission permission) {
    return permissions.contains(permission);
  }

  public boolean isInbound() {
    return kind == ConnectionKind.INBOUND;
  }

  public Handshake handshake() {
    return handshake;
  }

  public PingMonitor ping() {
    return ping;
  }

  public long connectedAtMillis() {
    return connectedAtMillis;
  }

  /** Milliseconds since 1970, 0 if nothing was sent yet. */
  public long lastSentMillis() {
    return lastSentMillis;
  }

  /** Milliseconds since 1970, 0 if nothing was received yet. */
  public long lastReceivedMillis() {
    return lastReceivedMillis;
  }

  /** When it last sent a transaction that was new to us; milliseconds since 1970, 0 for never. */
  public long lastTransactionMillis() {
    return lastTransactionMillis;
  }

  public void gaveTransaction(long nowMillis) {
    lastTransactionMillis = nowMillis;
  }

  /** When it last sent a block that was new to us; milliseconds since 1970, 0 for never. */
  public long lastBlockMillis() {
    return lastBlockMillis;
  }

  public void gaveBlock(long nowMillis) {
    lastBlockMillis = nowMillis;
  }

  /**
   * When it last told us of a block with more work than our tip had, before others did;
   * milliseconds since 1970, 0 for never.
   */
  public long lastAnnouncementMillis() {
    return lastAnnouncementMillis;
  }

  public void announcedBlock(long nowMillis) {
    lastAnnouncementMillis = nowMillis;
  }

  /** The handshake is over and the connection stands. */
  public boolean isReady() {
    return !gone && handshake.isDone();
  }

  /** What the peer said of itself, once it has. */
  public Optional<Version> version() {
    return handshake.theirs();
  }

  /** By so many seconds its clock goes before ours, or after it if negative; 0 if not known. */
  public long clockOffsetSeconds() {
    return version()
        .map(theirs -> Math.max(0, theirs.timeSeconds()) - Math.floorDiv(introducedAtMillis, 1000L))
        .orElse(0L);
  }

  void introduced(long nowMillis) {
    introducedAtMillis = nowMillis;
  }

  /** New blocks are announced to it by their headers (BIP-0130). */
  public boolean prefersHeaders() {
    return prefersHeaders;
  }

  public void preferHeaders() {
    prefersHeaders = true;
  }

  /** It is told of transactions: it said so, or has set a filter for them. */
  public boolean relays() {
    return kind.gossips()
        && (wantsRelay || version().map(theirs -> theirs.client().relay()).orElse(false));
  }

  /** It has set a filter for transactions (BIP-0037). */
  public boolean filters() {
    return filters;
  }

  /** It has set a filter or taken it away; in both cases it wants to be told from now on. */
  public void filter(boolean set) {
    filters = set;
    wantsRelay = true;
  }

  /** Somebody at its address misbehaved before: it is the first to go. */
  boolean isSuspect() {
    return suspect;
  }

  void suspect(boolean is) {
    suspect = is;
  }

  /** The connection is over or about to be. */
  public boolean isGone() {
    return gone;
  }

  void received(long nowMillis) {
    lastReceivedMillis = nowMillis;
  }

  void send(Message message, long nowMillis) {
    if (!gone) {
      lastSentMillis = nowMillis;
      connection.send(message);
    }
  }

  void markGone() {
    gone = true;
  }

  @Override
  public String toString() {
    return "peer=" + id();
  }
}
