package org.farthing.consensus.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.ProofOfWork;

/**
 * Fills a tree with the headers of the ledger. They come by height, so that nearly each follows the
 * one that came before it, with the same target, and as much is known of its block: what they have
 * in common is looked for, computed and kept once.
 */
final class HeaderLoad {
  private final HeaderTree tree;
  private final List<HeaderEntry> loaded = new ArrayList<>();
  private int inTree;
  private HeaderEntry last;
  private int lastBits;
  private BigInteger lastWork;

  HeaderLoad(HeaderTree tree) {
    this.tree = tree;
  }

  /**
   * Takes in the next header; its parent, unless it is the genesis, has come before it.
   *
   * @throws StoreException if it has not
   */
  void take(StoredHeader stored) {
    HeaderEntry parent = stored.height() == 0 ? null : parent(stored.header());
    HeaderEntry entry =
        new HeaderEntry(node(parent, stored.header()), parent, status(stored.status()));
    if (parent != null) {
      parent.adopt(entry);
    }
    loaded.add(entry);
    if (entry.status.wasStored() && (parent == null || parent.isLinked())) {
      entry.markLinked();
      entry.rank = loaded.size();
    }
    last = entry;
  }

  /** All have come, and are in the tree; in the order in which they came. */
  List<HeaderEntry> all() {
    intoTree();
    return loaded;
  }

  private void intoTree() {
    tree.load(loaded.subList(inTree, loaded.size()));
    inTree = loaded.size();
  }

  private HeaderEntry parent(BlockHeader header) {
    if (last != null && last.node.hash().equals(header.previous())) {
      return last;
    }
    intoTree();
    HeaderEntry parent = tree.entry(header.previous());
    if (parent == null) {
      throw new StoreException("the ledger has no header before " + header.hash());
    }
    return parent;
  }

  private HeaderNode node(HeaderEntry parent, BlockHeader header) {
    if (lastWork == null || header.bits() != lastBits) {
      lastBits = header.bits();
      lastWork = ProofOfWork.work(lastBits);
    }
    return parent == null
        ? HeaderNode.genesis(header, lastWork)
        : HeaderNode.after(parent.node, header, lastWork);
  }

  private BlockStatus status(BlockStatus stored) {
    boolean isSame =
        last != null
            && last.status.bits() == stored.bits()
            && last.status.transactions() == stored.transactions();
    return isSame ? last.status : stored;
  }
}
