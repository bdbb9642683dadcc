package org.farthing.node.peer;

import java.util.Random;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.Verack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads connections through their {@link Handshake}, and tells when each step of it is over. */
final class Introduction {
  private static final Logger LOG = LoggerFactory.getLogger(Introduction.class);

  private final PeerTable outbox;
  private final LocalIdentity identity;
  private final Clock clock;
  private final Random random;

  Introduction(PeerTable outbox, LocalIdentity identity, Random random) {
    this.outbox = outbox;
    this.identity = identity;
    this.clock = identity.clock();
    this.random = random;
  }

  /** A message of a peer whose handshake is not over. */
  void received(Peer peer, Message message, PeerListener listener) {
    boolean isKnown = peer.version().isPresent();
    if (!Handshake.expects(message, isKnown)) {
      logEarly(peer, message.command());
      return;
    }
    Handshake.Step step = peer.handshake().received(message);
    if (step instanceof Handshake.Step.Refused refused) {
      outbox.refuse(peer, refused.reason());
      return;
    }
    if (!isKnown && peer.version().isPresent() && !introduce(peer, listener)) {
      return;
    }
    if (step instanceof Handshake.Step.Continue next) {
      boolean silent = peer.kind() == ConnectionKind.PRIVATE_BROADCAST;
      next.replies().stream()
          .filter(reply -> !silent || reply instanceof Verack)
          .forEach(reply -> outbox.send(peer, reply));
      if (peer.kind() == ConnectionKind.FEELER && peer.version().isPresent()) {
        outbox.refuse(peer, "feeler connection completed");
      }
    } else {
      ready(peer, listener);
    }
  }

  /** False where nothing comes of it. */
  private boolean introduce(Peer peer, PeerListener listener) {
    peer.introduced(clock.nowMillis());
    if (peer.kind() == ConnectionKind.PRIVATE_BROADCAST) {
      return takesTransactions(peer);
    }
    long offered = peer.version().orElseThrow().services();
    long needed = identity.neededServices(offered);
    if (peer.kind().needsBlocks() && !Services.has(offered, needed)) {
      outbox.refuse(
          peer,
          "peer does not offer the expected services (%08x offered, %08x expected)"
              .formatted(offered, needed));
      return false;
    }
    listener.introduced(peer);
    return outbox.wantsRelay(peer, "version");
  }

  private boolean takesTransactions(Peer peer) {
    boolean relays = peer.version().orElseThrow().client().relay();
    if (!relays) {
      String reason = "does not support transaction relay (connected in vain)";
      LOG.debug("Disconnecting: {}, {}", reason, peer);
      outbox.disconnect(peer, reason);
    }
    return relays;
  }

  private void ready(Peer peer, PeerListener listener) {
    if (peer.kind() == ConnectionKind.PRIVATE_BROADCAST) {
      listener.ready(peer);
      return;
    }
    LOG.info(
        "Peer connected: {} {} {} {}",
        peer,
        peer.kind().label(),
        peer.address(),
        peer.version().orElseThrow().cleanUserAgent());
    outbox.send(peer, peer.ping().next(random, clock.nowMillis()));
    listener.ready(peer);
  }

  /** A message came before its time, which has no effect. */
  static void logEarly(Peer peer, String command) {
    if (peer.version().isEmpty()) {
      LOG.debug(
          "non-version message before version handshake. Message \"{}\" from {}", command, peer);
    } else {
      LOG.debug("Unsupported message \"{}\" prior to verack from {}", command, peer);
    }
  }
}
