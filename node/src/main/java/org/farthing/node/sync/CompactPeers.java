package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.SendCmpct;

/**
 * Which peers know compact blocks (BIP-0152), which of them want new blocks so at once, unasked
 * (high bandwidth), and of which we want that: the {@value #MAX_CHOSEN} that gave us new blocks
 * last. One that we called stays among them, if there was one, lest those who call us decide
 * through whom we hear of blocks.
 */
public final class CompactPeers {
  static final int MAX_CHOSEN = 3;

  /** Peers of older protocols take the message for an error (BIP-0152). */
  private static final int FIRST_PROTOCOL = 70_014;

  private final Outbox outbox;
  private final boolean useful;

  /** Those who said that they know them; true where they want new blocks at once. */
  private final Map<Peer, Boolean> understanding = new LinkedHashMap<>();

  /** Who was chosen, or gave a block, longest ago stands first. */
  private final List<Peer> chosen = new ArrayList<>();

  /**
   * @param useful false where we know no transactions that a block could be put together from
   */
  public CompactPeers(Outbox outbox, boolean useful) {
    this.outbox = outbox;
    this.useful = useful;
  }

  /** The handshake with this peer is over: it hears that we know them. */
  public void ready(Peer peer) {
    if (peer.version().orElseThrow().protocol() >= FIRST_PROTOCOL) {
      outbox.send(peer, new SendCmpct(0, SendCmpct.WITH_WITNESSES));
    }
  }

  public void left(Peer peer) {
    understanding.remove(peer);
    chosen.remove(peer);
  }

  /** What the peer says of itself; other encodings than the one with wtxids count for nothing. */
  public void said(Peer peer, SendCmpct message) {
    if (message.announce() > 1) {
      outbox.punish(peer, "invalid sendcmpct announce field");
    } else if (message.version() == SendCmpct.WITH_WITNESSES) {
      understanding.put(peer, message.announce() == 1);
    }
  }

  /** Blocks may be asked of this peer in short form. */
  public boolean understands(Peer peer) {
    return useful && understanding.containsKey(peer);
  }

  /** Blocks in short form are of use to us. */
  public boolean areUseful() {
    return useful;
  }

  /** The peer wants to hear of new blocks at once. */
  public boolean wants(Peer peer) {
    return understanding.getOrDefault(peer, false);
  }

  /** We want to hear of new blocks from this peer at once. */
  public boolean isChosen(Peer peer) {
    return chosen.contains(peer);
  }

  /** The peer gave the new tip before anybody else: we want to hear of the next one from it. */
  public void gaveTip(Peer peer) {
    if (!understands(peer)) {
      return;
    }
    if (chosen.remove(peer)) {
      chosen.add(peer);
      return;
    }
    if (peer.isInbound() && chosen.size() >= MAX_CHOSEN) {
      spareTheOnlyOneWeCalled();
    }
    outbox.send(peer, new SendCmpct(1, SendCmpct.WITH_WITNESSES));
    chosen.add(peer);
    if (chosen.size() > MAX_CHOSEN) {
      outbox.send(chosen.remove(0), new SendCmpct(0, SendCmpct.WITH_WITNESSES));
    }
  }

  private void spareTheOnlyOneWeCalled() {
    long called = chosen.stream().filter(peer -> !peer.isInbound()).count();
    if (called == 1 && !chosen.get(0).isInbound()) {
      chosen.add(1, chosen.remove(0));
    }
  }
}
