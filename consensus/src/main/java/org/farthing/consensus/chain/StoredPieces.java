package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The keys of all bodies in a ledger, lowest first, in pieces that may be read at once: at most
 * {@value #MOST_BLOCKS} of them and {@value #MOST_BYTES} bytes, but at least one.
 */
final class StoredPieces implements Iterator<List<BlockKey>> {
  static final int MOST_BLOCKS = 128;
  static final long MOST_BYTES = 1 << 20;

  private static final int LISTED_AT_ONCE = 512;

  private final Ledger ledger;
  private List<StoredBlock> listed;
  private int next;

  /**
   * @param first stands before all that are wanted
   */
  StoredPieces(Ledger ledger, BlockKey first) {
    this.ledger = ledger;
    listed = ledger.blocksAfter(first, LISTED_AT_ONCE);
  }

  @Override
  public boolean hasNext() {
    return next < listed.size();
  }

  @Override
  public List<BlockKey> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<BlockKey> piece = new ArrayList<>();
    long bytes = 0;
    do {
      bytes += listed.get(next).bodyBytes();
      piece.add(listed.get(next++).key());
    } while (hasNext()
        && piece.size() < MOST_BLOCKS
        && bytes + listed.get(next).bodyBytes() <= MOST_BYTES);
    if (!hasNext()) {
      listed = ledger.blocksAfter(piece.get(piece.size() - 1), LISTED_AT_ONCE);
      next = 0;
    }
    return piece;
  }
}
