package org.farthing.consensus.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;

/**
 * Blocks after the tip whose scripts run already, while those before them are still on their way
 * into the chain: no core waits while one thread looks up coins and writes. Each sees the coins as
 * those before it will leave them. A row without gaps; if one of it breaks a rule the others are of
 * no use.
 */
final class BlocksAhead {
  private final BlockConnector connector;
  private final CoinView tipCoins;
  private final Deque<BlockConnector.Begun> row = new ArrayDeque<>();

  /**
   * @param tipCoins as of the parent of the first in the row
   */
  BlocksAhead(BlockConnector connector, CoinView tipCoins) {
    this.connector = connector;
    this.tipCoins = tipCoins;
  }

  int size() {
    return row.size();
  }

  /** The last of the row; empty where there is none. */
  Optional<HeaderNode> last() {
    return Optional.ofNullable(row.peekLast()).map(BlockConnector.Begun::node);
  }

  /** False where the last one is known to break a rule: nothing can follow it. */
  boolean mayGrow() {
    return row.isEmpty() || row.getLast().isGoodSoFar();
  }

  /**
   * Begins with a block.
   *
   * @param node follows the last of the row, or the tip
   */
  void add(Block block, HeaderNode node, ScriptVerification verification) {
    row.add(connector.begin(block, node, this::coin, verification));
  }

  private Optional<Coin> coin(OutPoint outPoint) {
    for (Iterator<BlockConnector.Begun> last = row.descendingIterator(); last.hasNext(); ) {
      Optional<Coin> change = last.next().change(outPoint);
      if (change != null) {
        return change;
      }
    }
    return tipCoins.coin(outPoint);
  }

  /** The first of the row, which is the next one after the tip. It leaves the row. */
  BlockConnector.Begun takeFirst() {
    return row.remove();
  }

  /** Forgets them all. */
  void abandon() {
    row.forEach(BlockConnector.Begun::abandon);
    row.clear();
  }
}
