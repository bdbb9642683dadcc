package org.farthing.consensus.chain;

import java.util.Optional;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Brings the coins of a ledger to its tip, where a process ended before they, or the tip, were
 * written. The blocks between were connected, so that they are not checked again.
 */
final class CoinReplay {
  private final Ledger ledger;
  private final HeaderTree headers;

  CoinReplay(Ledger ledger, HeaderTree headers) {
    this.ledger = ledger;
    this.headers = headers;
  }

  void run(HeaderNode tip) {
    HeaderNode from = find(ledger.coinsTip().orElseThrow());
    Optional<BlockHash> target = ledger.coinsTarget();
    if (target.isPresent()) {
      HeaderNode to = find(target.get());
      move(from, to);
      from = to;
    }
    move(from, tip);
  }

  private HeaderNode find(BlockHash hash) {
    return headers
        .find(hash)
        .orElseThrow(
            () -> new StoreException("the ledger has no header of its coins' tip " + hash));
  }

  private void move(HeaderNode from, HeaderNode tip) {
    HeaderNode fork = from.forkWith(tip);
    for (HeaderNode node = from; node != fork; node = node.parent()) {
      takeBack(node);
    }
    for (int height = fork.height() + 1; height <= tip.height(); height++) {
      HeaderNode next = tip.ancestor(height);
      commit(BlockConnector.reconnect(block(next), next), next);
    }
  }

  private void takeBack(HeaderNode node) {
    BlockUndo undo = ledger.undo(node.key()).orElseThrow(() -> missing("undo data", node));
    commit(BlockConnector.disconnect(block(node), undo), node.parent());
  }

  private Block block(HeaderNode node) {
    return ledger.block(node.key()).orElseThrow(() -> missing("body", node));
  }

  private static StoreException missing(String what, HeaderNode node) {
    return new StoreException(
        "the ledger's coins are older than its tip, and it has no %s of %s: start with"
                .formatted(what, node)
            + " -reindex to get all blocks again");
  }

  private void commit(CoinChanges changes, HeaderNode coinsTip) {
    ledger.commit(new LedgerUpdate().coins(changes, coinsTip.hash()));
  }
}
