package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;

/**
 * Tells peers of a new tip: by its headers where they asked for that and have the header before
 * (BIP-0130), else by its hash. While we still fetch blocks ourselves nothing is said.
 */
public final class BlockAnnouncer {
  /** A longer run of new headers is announced by the hash of the last. */
  static final int MAX_HEADERS = 8;

  private final HeaderSync headers;
  private final Outbox outbox;
  private final Map<Peer, HeaderNode> told = new HashMap<>();

  public BlockAnnouncer(HeaderSync headers, Outbox outbox) {
    this.headers = headers;
    this.outbox = outbox;
  }

  public void left(Peer peer) {
    told.remove(peer);
  }

  /** Our answer to a peer's question ended with this header: it knows it now. */
  public void told(Peer peer, HeaderNode last) {
    told.put(peer, last);
  }

  /** The tip has changed, and everything that follows from it has happened. */
  public void tipChanged(ChainSnapshot chain, Collection<Peer> peers) {
    HeaderNode tip = chain.tip();
    if (chain.bestHeader().chainWork().compareTo(tip.chainWork()) > 0) {
      return;
    }
    for (Peer peer : peers) {
      if (peer.isReady() && !has(peer, tip)) {
        announce(peer, tip);
        told.put(peer, tip);
      }
    }
  }

  private boolean has(Peer peer, HeaderNode node) {
    HeaderNode last = told.get(peer);
    return (last != null && node.isAncestorOf(last))
        || headers.bestKnown(peer).filter(node::isAncestorOf).isPresent();
  }

  private void announce(Peer peer, HeaderNode tip) {
    if (peer.prefersHeaders()) {
      Deque<BlockHeader> run = new ArrayDeque<>();
      HeaderNode node = tip;
      while (node != null && run.size() <= MAX_HEADERS && !has(peer, node)) {
        run.push(node.header());
        node = node.parent();
      }
      if (node != null && run.size() <= MAX_HEADERS) {
        outbox.send(peer, new Headers(List.copyOf(run)));
        return;
      }
    }
    outbox.send(peer, new Inv(List.of(new InvItem(InvType.BLOCK, tip.hash()))));
  }
}
