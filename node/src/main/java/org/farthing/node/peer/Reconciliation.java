package org.farthing.node.peer;

import java.util.Optional;
import org.farthing.node.wire.SendTxRcncl;
import org.farthing.node.wire.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether transactions could be reconciled with a peer instead of announced one by one (BIP-0330).
 * Both sides say so during the handshake, and that they announce by wtxid; as in Bitcoin Core
 * nothing follows from it yet.
 */
final class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  private enum State {
    NONE,
    OFFERED,
    AGREED
  }

  private final long peer;
  private final boolean inbound;
  private final boolean enabled;
  private final boolean talksOfTransactions;
  private final long salt;
  private State state = State.NONE;

  /**
   * @param enabled the operator wants it
   * @param talksOfTransactions the connection is for them, and we want them
   * @param salt our random part of the keys
   */
  Reconciliation(
      long peer, boolean inbound, boolean enabled, boolean talksOfTransactions, long salt) {
    this.peer = peer;
    this.inbound = inbound;
    this.enabled = enabled;
    this.talksOfTransactions = talksOfTransactions;
    this.salt = salt;
  }

  /** None of it. */
  static Reconciliation off() {
    return new Reconciliation(0, false, false, false, 0);
  }

  /** What we say after the peer's version. */
  Optional<SendTxRcncl> offer(Version theirs) {
    if (!enabled || !talksOfTransactions || !theirs.client().relay()) {
      return Optional.empty();
    }
    LOG.debug("Pre-register peer={}", peer);
    state = State.OFFERED;
    return Optional.of(new SendTxRcncl(SendTxRcncl.VERSION, salt));
  }

  /**
   * The peer says it too.
   *
   * @param done the handshake is over
   * @return why the connection has to end, if it has
   */
  Optional<String> received(SendTxRcncl message, Version ours, Version theirs, boolean done) {
    if (!enabled) {
      LOG.debug(
          "sendtxrcncl from peer={} ignored, as our node does not have txreconciliation enabled",
          peer);
      return Optional.empty();
    }
    if (done) {
      return breach("sendtxrcncl received after verack");
    }
    if (!ours.client().relay()) {
      return breach("sendtxrcncl received to which we indicated no tx relay");
    }
    if (!theirs.client().relay()) {
      return breach("sendtxrcncl received which indicated no tx relay to us");
    }
    return switch (state) {
      case NONE -> {
        LOG.debug("Ignore unexpected txreconciliation signal from peer={}", peer);
        yield Optional.empty();
      }
      case OFFERED -> register(message);
      case AGREED ->
          breach(
              "txreconciliation protocol violation"
                  + " (sendtxrcncl received from already registered peer)");
    };
  }

  private Optional<String> register(SendTxRcncl message) {
    if (message.version() < SendTxRcncl.VERSION) {
      return breach("txreconciliation protocol violation");
    }
    LOG.debug("Register peer={} (inbound={})", peer, inbound ? 1 : 0);
    state = State.AGREED;
    return Optional.empty();
  }

  private Optional<String> breach(String what) {
    return Optional.of(what + ", disconnecting peer=" + peer);
  }

  /** The handshake is over; without announcements by wtxid there is no reconciliation. */
  void settle(boolean byWtxid) {
    if (!byWtxid || state != State.AGREED) {
      forget();
    }
  }

  /** Both sides have said so. */
  boolean isAgreed() {
    return state == State.AGREED;
  }

  void forget() {
    if (state != State.NONE) {
      state = State.NONE;
      LOG.debug("Forget txreconciliation state of peer={}", peer);
    }
  }
}
