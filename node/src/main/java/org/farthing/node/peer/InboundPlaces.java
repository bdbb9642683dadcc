package org.farthing.node.peer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.node.config.NetPermission;
import org.farthing.node.wire.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places for those who call us, and for those of them who are told of transactions, which costs
 * most memory. Where there is none left, somebody has to go, perhaps the one who has just come.
 */
final class InboundPlaces {
  private static final Logger LOG = LoggerFactory.getLogger(InboundPlaces.class);

  private static final int PERCENT = 100;

  private final PeerTable peers;
  private final LocalIdentity identity;
  private final int places;
  private final int relayPlaces;
  private final long key0;
  private final long key1;

  /**
   * @param relayPercent how many of them may be told of transactions
   */
  InboundPlaces(
      PeerTable peers, LocalIdentity identity, Random random, int places, int relayPercent) {
    this.peers = peers;
    this.identity = identity;
    this.places = places;
    this.relayPlaces = places * relayPercent / PERCENT;
    this.key0 = random.nextLong();
    this.key1 = random.nextLong();
  }

  /** Makes room for another one; false if nobody can be told to go. */
  boolean makeRoom() {
    return inbound(any -> true).size() < places || evict(any -> true);
  }

  /**
   * The peer wants to be told of transactions from now on. If too many do, one of them has to go.
   *
   * @param spared whether it may not be the peer itself that is chosen
   * @param command what it said
   * @return false if it was this one, since there was no other
   */
  boolean relays(Peer peer, boolean spared, String command) {
    if (!peer.isInbound()
        || !peer.relays()
        || inbound(Peer::relays).size() <= relayPlaces
        || evict(each -> each.relays() && !(spared && each.equals(peer)))) {
      return true;
    }
    LOG.debug(
        "failed to find a tx-relaying eviction candidate - connection dropped after {} message, {}",
        command,
        peer);
    peers.disconnect(peer, "no place for another peer that is told of transactions");
    return false;
  }

  private List<Peer> inbound(Predicate<Peer> which) {
    return peers.all().stream()
        .filter(peer -> peer.isInbound() && !peer.isGone())
        .filter(which)
        .toList();
  }

  private boolean evict(Predicate<Peer> which) {
    Optional<Peer> chosen =
        Eviction.choose(
                inbound(which).stream()
                    .filter(peer -> !peer.may(NetPermission.NOBAN))
                    .map(this::candidate)
                    .toList())
            .flatMap(candidate -> peers.byId(candidate.id()));
    chosen.ifPresent(peer -> peers.refuse(peer, "selected inbound connection for eviction"));
    return chosen.isPresent();
  }

  private Eviction.Candidate candidate(Peer peer) {
    byte[] group = peer.address().group().getBytes(StandardCharsets.US_ASCII);
    long offered = peer.version().map(version -> version.services()).orElse(Services.NONE);
    return new Eviction.Candidate(
        peer.id(),
        peer.connectedAtMillis(),
        SipHash.hash(key0, key1, group),
        peers.networkOf(peer),
        peer.address().isLocal(),
        peer.isSuspect(),
        new Eviction.Merits(
            peer.ping().minimumMillis(),
            peer.lastBlockMillis(),
            peer.lastTransactionMillis(),
            Services.has(offered, identity.neededServices(offered)),
            peer.relays(),
            peer.filters()));
  }
}
