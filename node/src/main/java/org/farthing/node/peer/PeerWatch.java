package org.farthing.node.peer;

import java.util.Random;
import org.farthing.node.transport.Encryption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops who takes too long for the handshake or to answer a ping, and pings who is due. */
final class PeerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);

  /** How long a peer may take to answer that was called for its addresses. */
  private static final long ADDRESS_MILLIS = 300_000;

  /** How long a peer may take to fetch the one transaction that it is called for. */
  private static final long PRIVATE_MILLIS = 180_000;

  private final Outbox outbox;
  private final Random random;
  private final long handshakeMillis;

  /**
   * @param handshakeMillis that a peer may take to say who it is
   */
  PeerWatch(Outbox outbox, Random random, long handshakeMillis) {
    this.outbox = outbox;
    this.random = random;
    this.handshakeMillis = handshakeMillis;
  }

  void tick(Peer peer, long nowMillis) {
    long ageMillis = nowMillis - peer.connectedAtMillis();
    if (!peer.isReady()) {
      if (ageMillis >= handshakeMillis) {
        boolean detecting =
            peer.connection().encryption().protocol() == Encryption.Protocol.DETECTING;
        timedOut(peer, (detecting ? "V2" : "version") + " handshake timeout");
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
      timedOut(
          peer, "ping timeout: %d.%03d000s".formatted(waitedMillis / 1000, waitedMillis % 1000));
    } else if (peer.ping().isDue(nowMillis)) {
      outbox.send(peer, peer.ping().next(random, nowMillis));
    }
  }

  private void timedOut(Peer peer, String reason) {
    LOG.debug("{}, disconnecting {}", reason, peer);
    outbox.disconnect(peer, reason);
  }
}
