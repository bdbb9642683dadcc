package org.farthing.node.peer;

import java.util.EnumSet;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.OversizedException;
import org.farthing.node.config.NetPermission;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows for a peer that broke a rule. */
final class Misbehaviour {
  private static final Logger LOG = LoggerFactory.getLogger(Misbehaviour.class);

  private static final Set<MessageType> HAS_LOCATOR =
      EnumSet.of(MessageType.GETBLOCKS, MessageType.GETHEADERS);

  private final PeerTable peers;
  private final BanList bans;

  Misbehaviour(PeerTable peers, BanList bans) {
    this.peers = peers;
    this.bans = bans;
  }

  /** The peer broke a rule that everybody keeps. */
  void punish(Peer peer, String reason) {
    LOG.debug("Misbehaving: {}: {}", peer, reason);
    if (peer.may(NetPermission.NOBAN)) {
      LOG.warn("Not punishing noban peer {}!", peer.id());
    } else if (peer.kind() == ConnectionKind.MANUAL) {
      LOG.warn("Not punishing manually connected peer {}!", peer.id());
    } else if (peer.address().isLocal()) {
      LOG.debug("Warning: disconnecting but not discouraging local peer {}!", peer.id());
      peers.disconnect(peer, reason);
    } else {
      LOG.debug("Disconnecting and discouraging peer {}!", peer.id());
      bans.discourage(peer.address());
      peers.disconnect(NetRange.of(peer.address()), reason);
    }
  }

  /**
   * A message cannot be read. Only the message is dropped, as in Bitcoin Core: others may have
   * flawed encoders and mean well. Nobody sends lists longer than the protocol allows by mistake.
   */
  void malformed(Peer peer, String command, int payloadBytes, DecodeException problem) {
    boolean isFeature = MessageType.of(command) == MessageType.FEATURE;
    if (isFeature && peer.version().isPresent()) {
      peers.refuse(peer, peer.isReady() ? Handshake.LATE_FEATURE : "invalid feature payload");
    } else if (!peer.isReady()) {
      Introduction.logEarly(peer, command);
    } else if (!(problem instanceof OversizedException)) {
      LOG.debug(
          "ProcessMessages({}, {} bytes): Exception '{}' caught, {}",
          command,
          payloadBytes,
          problem.getMessage(),
          peer);
    } else if (HAS_LOCATOR.contains(MessageType.of(command))) {
      peers.disconnect(peer, problem.getMessage());
    } else {
      peers.punish(peer, problem.getMessage());
    }
  }
}
