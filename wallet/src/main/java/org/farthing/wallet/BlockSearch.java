package org.farthing.wallet;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.primitives.Block;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.History.Arrival;
import org.farthing.wallet.history.History.BlockSeen;
import org.farthing.wallet.store.WalletRecord;

/**
 * Looks through blocks that the wallet has read before, for payments to scripts that it learned of
 * later: because a descriptor was imported, or because addresses of a restored wallet were paid in
 * another order than they were given away. What is found may derive further scripts, and then the
 * blocks are looked through once more. It goes on where it was broken off, at worst from its
 * beginning.
 */
final class BlockSearch {
  /** Beyond every block. */
  private static final int TIP = Integer.MAX_VALUE;

  private final WalletState state;
  private final History history;
  private final FilterGate gate;
  private final KeyTeacher teacher;
  private final LongSupplier nowSeconds;

  /** The height to be looked at next; empty while no pass is being made. */
  private OptionalInt next = OptionalInt.empty();

  /** The height of the last block to be looked at. */
  private int last = TIP;

  /** How many scripts were watched for when the last pass began, or the blocks were first read. */
  private int watchedAtStart;

  /**
   * @param position the last block that the wallet has read
   */
  BlockSearch(
      WalletState state,
      FilterGate gate,
      KeyTeacher teacher,
      LongSupplier nowSeconds,
      HeaderNode position) {
    this.state = state;
    this.history = state.history();
    this.gate = gate;
    this.teacher = teacher;
    this.nowSeconds = nowSeconds;
    // A search that was broken off may have read some blocks without the scripts that came later.
    this.watchedAtStart = position.height() > state.searchFrom() ? -1 : watched();
  }

  boolean isWanted() {
    return state.searchFrom() >= 0;
  }

  /** The last height that need not be looked at again. */
  int readUpTo(HeaderNode position) {
    if (!isWanted()) {
      return position.height();
    }
    return Math.min(position.height(), state.searchFrom());
  }

  /** How much of the present pass is done, from 0 to 1. */
  double progress(HeaderNode position) {
    int from = state.searchFrom();
    double all = Math.max(1, position.height() - from);
    return next.isPresent() ? Math.min(1, (next.getAsInt() - 1 - from) / all) : 0;
  }

  /** All blocks after this height are to be looked through. */
  void begin(int height) {
    begin(height, TIP);
  }

  /** The same, up to a block; one that runs already and goes further is not shortened. */
  void begin(int height, int lastHeight) {
    last = isWanted() ? Math.max(last, lastHeight) : lastHeight;
    state.searchFrom(from(height));
    beginPass();
  }

  /** Nothing is looked for any more. */
  void end() {
    next = OptionalInt.empty();
    last = TIP;
    state.searchFrom(-1);
  }

  /** What is to be stored before such a search is begun. */
  WalletRecord plan(int height) {
    return new WalletRecord.Recovering(from(height));
  }

  private int from(int height) {
    return isWanted() ? Math.min(height, state.searchFrom()) : height;
  }

  private void beginPass() {
    watchedAtStart = watched();
    next = OptionalInt.of(state.searchFrom() + 1);
  }

  private int watched() {
    return state.keychains().watchedCount();
  }

  /** The chain was taken back to this height. */
  void rolledBackTo(int height) {
    if (next.isPresent()) {
      next = OptionalInt.of(Math.min(next.getAsInt(), height + 1));
    }
  }

  /**
   * Looks at some blocks.
   *
   * @param position the last block that the wallet has read: there a pass ends
   * @return whether nothing is left to be looked at
   */
  boolean advance(ChainSnapshot snapshot, HeaderNode position, int maxBlocks) {
    if (!isWanted()) {
      return true;
    }
    if (next.isEmpty() && watched() != watchedAtStart) {
      beginPass();
    }
    if (next.isPresent()) {
      int all = Math.min(position.height(), last) + 1;
      int end = next.getAsInt() + Math.min(maxBlocks, all - next.getAsInt());
      gate.open(position.ancestor(Math.min(next.getAsInt(), position.height())));
      FilterGate.Window window = gate.window(position::ancestor, next.getAsInt(), end);
      Optional<HeaderNode> found = window.first(next.getAsInt());
      while (found.isPresent()) {
        look(snapshot, found.get());
        found = window.first(found.get().height() + 1);
      }
      next = end >= all ? OptionalInt.empty() : OptionalInt.of(end);
    }
    if (next.isEmpty() && watched() == watchedAtStart) {
      end();
      return true;
    }
    return false;
  }

  private void look(ChainSnapshot snapshot, HeaderNode node) {
    history.search(
        new BlockSeen(node, block(snapshot, node), Arrival.READ_LATER, nowSeconds.getAsLong()));
    teacher.teachAll();
  }

  static Block block(ChainSnapshot snapshot, HeaderNode node) {
    return snapshot
        .chain()
        .block(node.hash())
        .orElseThrow(
            () ->
                new StoreException("block " + node + " is not stored: the wallet cannot catch up"));
  }
}
