package org.farthing.node.rpc.port;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;

/** The connections to other nodes. All methods run on the node's thread. */
public interface PeersPort {
  /** Those whose connection stands, in ascending order of their numbers. */
  List<PeerInfo> peers();

  NetworkInfo network();

  /** Whether this node speaks the encrypted protocol (BIP-0324). */
  default boolean encrypts() {
    return Services.has(network().services(), Services.P2P_V2);
  }

  /** What has travelled since the node was started. */
  Traffic traffic();

  /** In bytes. */
  record Traffic(long sent, long received, DailyTarget target) {}

  /**
   * How much is sent in a day ({@code -maxuploadtarget}).
   *
   * @param bytes for a day; 0: no limit, and nothing else counts
   * @param reached nothing is left
   * @param servesOldBlocks more is left than new blocks may take
   */
  record DailyTarget(
      long bytes, boolean reached, boolean servesOldBlocks, long bytesLeft, long secondsLeft) {}

  /**
   * Connects to the node now, and again whenever the connection is lost.
   *
   * @param address a host or an address, with or without a port
   * @param encrypted whether to try the encrypted protocol first
   * @return false if it was added before
   */
  boolean add(String address, boolean encrypted);

  /**
   * Undoes {@link #add}.
   *
   * @return false if it was not added
   */
  boolean remove(String address);

  /**
   * Tries to connect once.
   *
   * @return completed when the connection stands, or has not come about
   */
  CompletableFuture<Void> connectOnce(String address, boolean encrypted);

  /**
   * Connects once as if the node had chosen the address.
   *
   * @param kind Bitcoin Core's word: {@code outbound-full-relay}, {@code block-relay-only}, {@code
   *     addr-fetch}, {@code feeler}
   * @return empty if there are enough connections of this kind already; completed when the
   *     connection stands, or has not come about
   */
  Optional<CompletableFuture<Void>> connectChosen(String address, String kind, boolean encrypted);

  /** The nodes that were added, whether connected or not. */
  List<AddedNode> added();

  /**
   * @return false if there is no such peer
   */
  boolean disconnect(long peerId);

  /**
   * @param address as in {@link PeerInfo}
   * @return false if there is no such peer
   */
  boolean disconnect(String address);

  /**
   * Asks a peer for a block whose header is known.
   *
   * @return why not, in Bitcoin Core's words; empty if it was asked
   */
  Optional<String> fetch(long peerId, HeaderNode block);

  /**
   * Sends a message, whatever stands in it.
   *
   * @return false if there is no such peer, or its handshake is not over
   */
  boolean send(long peerId, Message message);

  /** Turns all talk with others on or off. */
  void setActive(boolean active);

  /** Pings each peer, also one that owes an answer. */
  void ping();

  /**
   * A node that was added.
   *
   * @param address as it was given
   * @param connection empty while there is none
   */
  record AddedNode(String address, Optional<Connected> connection) {}

  /**
   * @param address that the name led to
   */
  record Connected(String address, boolean inbound) {}

  /**
   * @param score how well it is known that others reach the node there
   */
  record LocalAddress(NetAddress address, int score) {}

  /**
   * What this node is to others.
   *
   * @param services bits
   * @param relay how transactions are passed on
   * @param active whether there is any talk with others
   * @param localAddresses at which others may find this node, with port
   */
  record NetworkInfo(
      String userAgent,
      int protocolVersion,
      long services,
      Relay relay,
      long timeOffsetSeconds,
      boolean active,
      List<LocalAddress> localAddresses) {
    public NetworkInfo {
      localAddresses = List.copyOf(localAddresses);
    }
  }

  /**
   * How transactions are passed on.
   *
   * @param local transactions of others are welcome
   * @param perSecond that peers which called us are told of at most on average
   * @param inbound what waits to be told to peers that called us
   * @param outbound what waits to be told to peers that we called
   */
  record Relay(boolean local, int perSecond, Backlog inbound, Backlog outbound) {}

  /**
   * Transactions that wait because there are too many at once.
   *
   * @param waiting transactions
   * @param countTokens transactions that may go on at once
   * @param byteTokens bytes that may go on at once
   */
  record Backlog(int waiting, double countTokens, double byteTokens) {}
}
