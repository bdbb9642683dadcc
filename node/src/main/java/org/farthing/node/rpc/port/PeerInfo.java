package org.farthing.node.rpc.port;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.node.transport.Encryption;
import org.farthing.node.transport.Traffic;

/** A peer, as {@code getpeerinfo} shows it. */
public record PeerInfo(
    long id, Endpoint endpoint, Self self, Times times, Link link, Sync sync, Relay relay) {

  /** How bytes travel, and how many have. */
  public record Link(Encryption encryption, Traffic traffic) {}

  /**
   * The two ends of the connection, with ports.
   *
   * @param seenAs how the peer sees our address
   * @param network of the address: {@code ipv4}, {@code onion}, {@code not_publicly_routable}, …
   * @param connectionType Bitcoin Core's word: {@code inbound}, {@code manual}, …
   * @param permissions Bitcoin Core's words: {@code noban}, {@code relay}, …
   */
  public record Endpoint(
      String address,
      String bind,
      Optional<String> seenAs,
      String network,
      boolean inbound,
      String connectionType,
      List<String> permissions) {
    public Endpoint {
      permissions = List.copyOf(permissions);
    }
  }

  /**
   * What the peer told of itself in its version message.
   *
   * @param services bits
   * @param relaysTransactions it wants to hear of transactions
   */
  public record Self(
      int protocolVersion,
      String userAgent,
      long services,
      long timeOffsetSeconds,
      boolean relaysTransactions) {}

  /** Seconds since 1970, 0 for never. */
  public record Times(
      long connectedSeconds,
      long lastSendSeconds,
      long lastReceiveSeconds,
      long lastTransactionSeconds,
      long lastBlockSeconds,
      Pings pings) {}

  /**
   * Round trips in microseconds.
   *
   * @param waiting how long the present ping has been unanswered
   */
  public record Pings(OptionalLong last, OptionalLong least, OptionalLong waiting) {}

  /**
   * How far the peer's chain and ours go together.
   *
   * @param presyncedHeaders the height up to which the peer's chain has been weighed, -1 if that is
   *     not done
   * @param syncedHeaders the height of the last header in common, -1 if not known
   * @param syncedBlocks the height of the last block in common, -1 if not known
   * @param inFlight heights of the blocks that were asked for
   */
  public record Sync(
      int presyncedHeaders,
      int syncedHeaders,
      int syncedBlocks,
      List<Integer> inFlight,
      CompactBlocks compactBlocks) {
    public Sync {
      inFlight = List.copyOf(inFlight);
    }
  }

  /**
   * Who wants new blocks at once, in short form (BIP-0152).
   *
   * @param chosen we of the peer
   * @param wanted the peer of us
   */
  public record CompactBlocks(boolean chosen, boolean wanted) {}

  /**
   * What is passed on.
   *
   * @param minFeeSatPerKvb the peer wants no transactions that pay less
   * @param toAnnounce transactions that wait to be announced to the peer
   * @param lastInvSequence of the mempool, when we last announced transactions
   * @param addressesEnabled addresses go to and from the peer
   * @param addressesProcessed taken in so far
   * @param addressesLimited dropped so far because they were too many
   */
  public record Relay(
      long minFeeSatPerKvb,
      int toAnnounce,
      long lastInvSequence,
      boolean addressesEnabled,
      long addressesProcessed,
      long addressesLimited) {}
}
