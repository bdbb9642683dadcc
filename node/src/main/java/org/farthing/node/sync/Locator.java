package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;

/** Names a chain in few hashes: the last ten, then ever sparser ones, and the genesis. */
public final class Locator {
  private static final int DENSE = 10;

  private Locator() {}

  public static List<BlockHash> of(HeaderNode tip) {
    List<BlockHash> hashes = new ArrayList<>();
    HeaderNode node = tip;
    int step = 1;
    while (true) {
      hashes.add(node.hash());
      if (node.height() == 0) {
        return hashes;
      }
      if (hashes.size() > DENSE) {
        step *= 2;
      }
      node = node.ancestor(Math.max(0, node.height() - step));
    }
  }
}
