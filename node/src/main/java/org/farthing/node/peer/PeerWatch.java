package org.farthing.node.peer;

import java.util.Random;
import org.farthing.node.transport.Encryption;
import org.farthing.node.transport.Traffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops who takes too long for the handshake or to answer a ping, and pings who is due. */
final class PeerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);

  /** How long a peer may take to answer that was called for its addresses. */
  private static final long ADDRESS_MILLIS = 300_000;

  /** How long a peer may take to fetch the one transaction that it is called for. */
  private static final long PRIVATE_MILLIS = 180_000;

  private final PeerTable outbox;
  private final Random random;
  private final int handshakeSeconds;

  /**
   * @param handshakeSeconds that a peer may take to say who it is
   */
  PeerWatch(PeerTable outbox, Random random, int handshakeSeconds) {
    this.outbox = outbox;
    this.random = random;
    this.handshakeSeconds = handshakeSeconds;
  }

  void tick(Peer peer, long nowMillis) {
    long ageMillis = nowMillis - peer.connectedAtMillis();
    if (!peer.isReady()) {
      if (ageMillis > handshakeSeconds * 1000L) {
        outbox.refuse(peer, whatIsMissing(peer));
      }
    } else if (peer.kind() == ConnectionKind.PRIVATE_BROADCAST) {
      if (ageMillis > PRIVATE_MILLIS) {
        String reason =
            "did not complete the transaction send within %d seconds"
                .formatted(PRIVATE_MILLIS / 1000);
        LOG.debug("Disconnecting: {}, {}", reason, peer);
        outbox.disconnect(peer, reason);
      }
    } else if (peer.kind() == ConnectionKind.ADDR_FETCH && ageMillis > ADDRESS_MILLIS) {
      outbox.disconnect(peer, "addrfetch connection timeout");
    } else if (peer.ping().isOverdue(nowMillis)) {
      long waitedMillis = peer.ping().waitingMillis(nowMillis).orElseThrow();
      outbox.refuse(
          peer, "ping timeout: %d.%03d000s".formatted(waitedMillis / 1000, waitedMillis % 1000));
    } else if (peer.ping().isDue(nowMillis)) {
      outbox.send(peer, peer.ping().next(random, nowMillis));
    }
  }

  /** Why a handshake has taken too long. */
  private String whatIsMissing(Peer peer) {
    Traffic traffic = peer.connection().traffic();
    if (traffic.received() == 0 || traffic.sent() == 0) {
      return "socket no message in first %d seconds%s%s"
          .formatted(
              handshakeSeconds,
              traffic.received() == 0 ? ", never received from peer" : "",
              traffic.sent() == 0 ? ", never sent to peer" : "");
    }
    boolean detecting = peer.connection().encryption().protocol() == Encryption.Protocol.DETECTING;
    return (detecting ? "V2" : "version") + " handshake timeout";
  }
}
