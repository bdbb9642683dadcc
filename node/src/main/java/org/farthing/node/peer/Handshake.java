package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.farthing.node.wire.Feature;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.SendAddrV2;
import org.farthing.node.wire.SendTxRcncl;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.farthing.node.wire.WtxidRelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first words of a connection. The caller says its version, the called one answers with its
 * own; each then names the features it wants to use (BIP-0155, BIP-0339) and closes with a verack.
 * What comes before its time is ignored, as Bitcoin Core does; features named after the verack are
 * a breach.
 */
public final class Handshake {
  private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

  static final String LATE_FEATURE = "feature received after verack";

  /** What follows from a message. */
  public sealed interface Step {
    /** Go on, with these answers. */
    record Continue(List<Message> replies) implements Step {}

    /** The handshake is over. */
    record Done() implements Step {}

    /** The connection must end. */
    record Refused(String reason) implements Step {}
  }

  private static final Step NOTHING = new Step.Continue(List.of());

  private final boolean inbound;
  private final Version ours;
  private final LongPredicate isOwnNonce;
  private final Reconciliation reconciliation;
  private Version theirs;
  private boolean wtxidRelay;
  private boolean addrV2;
  private boolean done;

  /**
   * @param ours what we say of ourselves on this connection
   * @param isOwnNonce tells whether we have sent this nonce ourselves: then we have called
   *     ourselves
   */
  public Handshake(boolean inbound, Version ours, LongPredicate isOwnNonce) {
    this(inbound, ours, isOwnNonce, Reconciliation.off());
  }

  Handshake(
      boolean inbound, Version ours, LongPredicate isOwnNonce, Reconciliation reconciliation) {
    this.inbound = inbound;
    this.ours = ours;
    this.isOwnNonce = isOwnNonce;
    this.reconciliation = reconciliation;
  }

  /**
   * Whether a message belongs to a handshake at this point; others have no effect.
   *
   * @param versionIsKnown the other side has said its version
   */
  static boolean expects(Message message, boolean versionIsKnown) {
    return switch (message.type()) {
      case VERSION -> true;
      case VERACK, WTXIDRELAY, SENDADDRV2, SENDTXRCNCL, FEATURE -> versionIsKnown;
      default -> false;
    };
  }

  /** What is said before anything is heard. */
  public List<Message> opening() {
    return inbound ? List.of() : List.of(ours);
  }

  public Step received(Message message) {
    if (theirs == null) {
      return message instanceof Version version ? version(version) : NOTHING;
    }
    if (message instanceof WtxidRelay) {
      return feature("wtxidrelay", () -> wtxidRelay = true);
    }
    if (message instanceof SendAddrV2) {
      return feature("sendaddrv2", () -> addrV2 = true);
    }
    if (message instanceof SendTxRcncl offer) {
      return reconciliation
          .received(offer, ours, theirs, done)
          .<Step>map(Step.Refused::new)
          .orElse(NOTHING);
    }
    if (message instanceof Feature feature) {
      return feature(feature);
    }
    if (message instanceof Verack && !done) {
      done = true;
      reconciliation.settle(wtxidRelay);
      return new Step.Done();
    }
    return NOTHING;
  }

  private Step version(Version version) {
    if (inbound && isOwnNonce.test(version.nonce())) {
      return new Step.Refused("connected to self");
    }
    if (version.protocol() < Version.MIN_PROTOCOL) {
      return new Step.Refused("peer using obsolete version " + version.protocol());
    }
    theirs = version;
    List<Message> replies = new ArrayList<>();
    if (inbound) {
      replies.add(ours);
    }
    if (version.protocol() >= Version.WTXID_RELAY) {
      replies.add(new WtxidRelay());
      replies.add(new SendAddrV2());
      reconciliation.offer(version).ifPresent(replies::add);
    }
    replies.add(new Verack());
    return new Step.Continue(replies);
  }

  /** None of those that can be announced so is known here. */
  private Step feature(Feature feature) {
    if (done) {
      return new Step.Refused(LATE_FEATURE);
    }
    int common = Math.min(ours.protocol(), theirs.protocol());
    if (common < Feature.PROTOCOL) {
      return new Step.Refused("feature received with incompatible version " + common);
    }
    LOG.debug("unknown feature advertised: {}", feature.cleanName());
    return NOTHING;
  }

  private Step feature(String command, Runnable note) {
    if (done) {
      return new Step.Refused(command + " received after verack");
    }
    note.run();
    return NOTHING;
  }

  /** The connection is over. */
  void end() {
    reconciliation.forget();
  }

  /** Both sides could reconcile transactions (BIP-0330). */
  public boolean reconciles() {
    return reconciliation.isAgreed();
  }

  public boolean isDone() {
    return done;
  }

  public long ownNonce() {
    return ours.nonce();
  }

  /** Whether we said that we want transactions announced (BIP-0037). */
  public boolean wantsTransactions() {
    return ours.client().relay();
  }

  public Optional<Version> theirs() {
    return Optional.ofNullable(theirs);
  }

  /** Transactions are announced by wtxid on this connection (BIP-0339). */
  public boolean wtxidRelay() {
    return wtxidRelay;
  }

  /** Addresses are sent in the newer form (BIP-0155). */
  public boolean addrV2() {
    return addrV2;
  }
}
