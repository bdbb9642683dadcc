package org.farthing.node.sync;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.peer.Peer;

/**
 * Which peer is to help with a new block that others were asked for and owe us. Bitcoin Core has no
 * such rule: there a peer that is the first to pass a header on, and sends no block, holds us back
 * for ten minutes and more, since nobody else is asked for what it owes, nor for new blocks unasked
 * while anything is awaited ({@link CompactPeers}).
 *
 * <ul>
 *   <li>Late is the next block of a branch that is better than ours, when nothing has come for
 *       {@value #LATE_MILLIS} ms from the peer of whom it is expected. The time doubles with each
 *       peer that is asked, so that a slow line is not filled with one block over and over.
 *   <li>Only peers that announced a branch with the block are asked, and owe us nothing else: who
 *       gave us a block before goes first, then who was called by us.
 * </ul>
 */
final class LateBlocks {
  static final long LATE_MILLIS = 10_000;
  private static final int MAX_DOUBLINGS = 10;

  private static final Comparator<Peer> BEST_FIRST =
      Comparator.comparing((Peer peer) -> peer.lastBlockMillis() == 0)
          .thenComparing(Peer::isInbound);

  private final ChainState chain;
  private final HeaderSync headers;
  private final BlockRequests requests;

  LateBlocks(ChainState chain, HeaderSync headers, BlockRequests requests) {
    this.chain = chain;
    this.headers = headers;
    this.requests = requests;
  }

  /**
   * Who is to be asked for the block now, beside those who were.
   *
   * @param block is awaited from somebody
   * @param downloads of all peers
   */
  Optional<Peer> helper(HeaderNode block, Map<Peer, Download> downloads, long nowMillis) {
    if (!isLate(block, downloads, nowMillis) || !isNext(block)) {
      return Optional.empty();
    }
    return downloads.entrySet().stream()
        .filter(each -> canHelp(each.getKey(), each.getValue(), block))
        .map(Map.Entry::getKey)
        .min(BEST_FIRST);
  }

  private boolean isLate(HeaderNode block, Map<Peer, Download> downloads, long nowMillis) {
    BlockHash hash = block.hash();
    Peer first = requests.first(hash).orElseThrow();
    int doublings = Math.min(MAX_DOUBLINGS, requests.askedFor(hash).size() - 1);
    return requests.isOldest(first, hash)
        && nowMillis - downloads.get(first).waitingSinceMillis > LATE_MILLIS << doublings;
  }

  /**
   * The block was expected of the peer, and did not come in time.
   *
   * @param sinceMillis since when it waits for the oldest of the blocks that the peer owes
   */
  boolean isLate(Peer peer, BlockHash hash, long sinceMillis, long nowMillis) {
    return requests.isOldest(peer, hash) && nowMillis - sinceMillis > LATE_MILLIS;
  }

  /** Nothing before it is missing. */
  private boolean isNext(HeaderNode block) {
    return !chain.hasBlock(block.hash())
        && !chain.isInvalid(block.hash())
        && chain.hasBlock(block.parent().hash());
  }

  private boolean canHelp(Peer peer, Download download, HeaderNode block) {
    return download.servesBlocks
        && peer.isReady()
        && requests.count(peer) == 0
        && !download.spoiled.contains(block.hash())
        && !download.lacksWitnesses(block, chain.params())
        && headers.bestKnown(peer).filter(best -> offers(download, best, block)).isPresent();
  }

  private boolean offers(Download download, HeaderNode best, HeaderNode block) {
    return best.chainWork().compareTo(chain.snapshot().tip().chainWork()) > 0
        && block.isAncestorOf(best)
        && download.offers(block, best);
  }
}
