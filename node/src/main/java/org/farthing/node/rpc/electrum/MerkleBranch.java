package org.farthing.node.rpc.electrum;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.Txid;

/**
 * What proves that a leaf is part of a merkle tree.
 *
 * @param siblings the hash to pair with on each level, from the leaves up, in display order
 * @param root in display order
 */
record MerkleBranch(List<String> siblings, String root) {
  MerkleBranch {
    siblings = List.copyOf(siblings);
  }

  /**
   * @param leaves in wire order, at least one
   * @param position of the leaf
   */
  static MerkleBranch of(List<? extends Hash256> leaves, int position) {
    List<byte[]> level = leaves.stream().map(Hash256::toByteArray).toList();
    List<String> siblings = new ArrayList<>();
    for (int index = position; level.size() > 1; index /= 2) {
      // The last one of an odd level is paired with itself.
      siblings.add(display(level.get(Math.min(index ^ 1, level.size() - 1))));
      level = above(level);
    }
    return new MerkleBranch(siblings, display(level.get(0)));
  }

  private static List<byte[]> above(List<byte[]> level) {
    List<byte[]> next = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i < level.size(); i += 2) {
      byte[] right = level.get(Math.min(i + 1, level.size() - 1));
      next.add(MerkleTree.hashPair(level.get(i), right));
    }
    return next;
  }

  private static String display(byte[] wire) {
    return Txid.of(wire).toString();
  }
}
