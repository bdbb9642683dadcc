package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells peers of new blocks.
 *
 * <ul>
 *   <li>Peers that asked for it get the block in short form (BIP-0152), as soon as everything but
 *       its coins and scripts is checked, if they have the block before.
 *   <li>When it is the tip, the others are told: by the headers that are new where they asked for
 *       that and have the header before (BIP-0130), else by its hash.
 *   <li>During the initial download nobody is told.
 * </ul>
 */
public final class BlockAnnouncer {
  private static final Logger LOG = LoggerFactory.getLogger(BlockAnnouncer.class);

  /** A longer run of new headers is announced by the hash of the last. */
  static final int MAX_HEADERS = 8;

  private final ChainState chain;
  private final HeaderSync headers;
  private final CompactPeers compactPeers;
  private final RecentBlock recent;
  private final Outbox outbox;
  private Consumer<HeaderNode> onSent = node -> {};
  private final Map<Peer, HeaderNode> told = new HashMap<>();
  private int highestPassedOn;
  private HeaderNode lastTip;

  BlockAnnouncer(
      ChainState chain,
      HeaderSync headers,
      CompactPeers compactPeers,
      RecentBlock recent,
      Outbox outbox) {
    this.chain = chain;
    this.headers = headers;
    this.compactPeers = compactPeers;
    this.recent = recent;
    this.outbox = outbox;
    this.lastTip = chain.snapshot().tip();
  }

  /** Called with a block, or the last of several, when a peer is told of it. */
  void onSent(Consumer<HeaderNode> listener) {
    onSent = listener;
  }

  public void left(Peer peer) {
    told.remove(peer);
  }

  /** What was passed on belongs to a time that has not happened. */
  void forget() {
    highestPassedOn = 0;
    lastTip = chain.snapshot().tip();
    recent.forget();
  }

  /** Our answer to a peer's question ended with this header: it knows it now. */
  public void told(Peer peer, HeaderNode last) {
    told.put(peer, last);
  }

  /**
   * The next block after the tip came, and is about to be connected. Of several at the same height
   * only the first is passed on.
   */
  void arrived(HeaderNode node, Block block, Collection<Peer> peers) {
    if (node.height() <= highestPassedOn) {
      return;
    }
    highestPassedOn = node.height();
    if (!chain.params().isActive(Deployment.SEGWIT, node.height())) {
      return;
    }
    recent.is(block);
    for (Peer peer : peers) {
      if (peer.isReady()
          && compactPeers.wants(peer)
          && !has(peer, node)
          && has(peer, node.parent())) {
        sendShort(peer, node, block);
      }
    }
  }

  private void sendShort(Peer peer, HeaderNode node, Block block) {
    LOG.debug("sending header-and-ids {} to {}", node.hash(), peer);
    outbox.send(peer, recent.shortFormOf(block));
    told.put(peer, node);
    onSent.accept(node);
  }

  /** The tip has changed, and everything that follows from it has happened. */
  void tipChanged(ChainSnapshot snapshot, boolean initialDownload, Collection<Peer> peers) {
    HeaderNode fork = lastTip.forkWith(snapshot.tip());
    lastTip = snapshot.tip();
    if (initialDownload || fork == snapshot.tip()) {
      return;
    }
    for (Peer peer : peers) {
      if (peer.isReady() && !has(peer, snapshot.tip())) {
        announce(peer, fork, snapshot.tip());
      }
    }
  }

  private boolean has(Peer peer, HeaderNode node) {
    HeaderNode last = told.get(peer);
    return (last != null && node.isAncestorOf(last))
        || headers.bestKnown(peer).filter(node::isAncestorOf).isPresent();
  }

  private void announce(Peer peer, HeaderNode fork, HeaderNode tip) {
    Deque<HeaderNode> run = new ArrayDeque<>();
    HeaderNode node = tip;
    while (node != fork && run.size() <= MAX_HEADERS && !has(peer, node)) {
      run.push(node);
      node = node.parent();
    }
    boolean connects = run.size() <= MAX_HEADERS && has(peer, node);
    boolean isOne = tip.parent() == fork;
    if (connects
        && run.size() == 1
        && compactPeers.wants(peer)
        && (isOne || peer.prefersHeaders())) {
      sendShort(peer, tip, chain.snapshot().chain().block(tip.hash()).orElseThrow());
    } else if (connects && peer.prefersHeaders()) {
      List<BlockHeader> list = run.stream().map(HeaderNode::header).toList();
      LOG.debug("sending {} headers up to {} to {}", list.size(), tip.hash(), peer);
      outbox.send(peer, new Headers(list));
      told.put(peer, tip);
      onSent.accept(tip);
    } else {
      LOG.debug("sending inv {} hash={}", peer, tip.hash());
      outbox.send(peer, new Inv(List.of(new InvItem(InvType.BLOCK, tip.hash()))));
      onSent.accept(tip);
    }
  }
}
