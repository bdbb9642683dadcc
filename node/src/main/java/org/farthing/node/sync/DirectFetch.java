package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.peer.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which blocks are asked of a peer as soon as it announces a branch, whatever else it has to do:
 * all that lead from our chain to it, if those are few. If only the last one is missing, and no
 * other is awaited, it is wanted in short form where the peer knows that (BIP-0152).
 */
final class DirectFetch {
  private static final Logger LOG = LoggerFactory.getLogger(DirectFetch.class);

  /** A tip that is older than so many blocks should take is far from that of the network. */
  private static final int NEAR_TIP_SPACINGS = 20;

  /** What is to be asked for, lowest first; perhaps nothing. */
  record Choice(List<HeaderNode> blocks, boolean inShort) {
    private static final Choice NOTHING = new Choice(List.of(), false);

    public Choice {
      blocks = List.copyOf(blocks);
    }
  }

  private final ChainState chain;
  private final BlockRequests requests;
  private final CompactPeers compactPeers;

  DirectFetch(ChainState chain, BlockRequests requests, CompactPeers compactPeers) {
    this.chain = chain;
    this.requests = requests;
    this.compactPeers = compactPeers;
  }

  boolean isNearTip(long nowMillis) {
    long spacingSeconds = chain.params().difficulty().spacingSeconds();
    return chain.snapshot().tip().header().timeSeconds()
        > Math.floorDiv(nowMillis, 1000L) - NEAR_TIP_SPACINGS * spacingSeconds;
  }

  /**
   * @param last the end of a branch with at least our work
   * @param download of the peer
   */
  Choice choose(Peer peer, HeaderNode last, Download download) {
    ChainSnapshot snapshot = chain.snapshot();
    if (chain.isInvalid(last.hash())) {
      return Choice.NOTHING;
    }
    Deque<HeaderNode> missing = new ArrayDeque<>();
    HeaderNode node = last;
    while (!snapshot.isActive(node) && missing.size() <= BlocksInFlight.LEAST) {
      if (!chain.hasBlock(node.hash())
          && !requests.isAsked(node.hash())
          && !download.lacksWitnesses(node, chain.params())) {
        missing.push(node);
      }
      node = node.parent();
    }
    if (!snapshot.isActive(node)) {
      LOG.debug("Large reorg, won't direct fetch to {} ({})", last.hash(), last.height());
      return Choice.NOTHING;
    }
    int room = Math.max(0, BlocksInFlight.LEAST - requests.count(peer));
    List<HeaderNode> wanted = missing.stream().limit(room).toList();
    boolean inShort = wanted.size() == 1 && requests.isEmpty() && isShortFormOfUse(peer, last);
    return new Choice(wanted, inShort);
  }

  /** We may know the transactions of the block, and the peer knows the short form (BIP-0152). */
  boolean isShortFormOfUse(Peer peer, HeaderNode block) {
    return compactPeers.understands(peer)
        && chain.snapshot().chain().status(block.parent()).wasConnected();
  }
}
