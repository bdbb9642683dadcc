package org.farthing.consensus.primitives;

import java.util.ArrayList;
import java.util.List;

/**
 * What proves that a leaf is part of a {@link MerkleTree}.
 *
 * @param siblings the hash to pair with on each level, from the leaves up
 * @param root of the whole tree
 */
public record MerkleBranch(List<MerkleRoot> siblings, MerkleRoot root) {
  public MerkleBranch {
    siblings = List.copyOf(siblings);
  }

  /**
   * @param leaves at least one
   * @param position of the leaf
   */
  public static MerkleBranch of(List<? extends Hash256> leaves, int position) {
    List<byte[]> level = leaves.stream().map(Hash256::toByteArray).toList();
    List<MerkleRoot> siblings = new ArrayList<>();
    for (int index = position; level.size() > 1; index /= 2) {
      // The last one of an odd level is paired with itself.
      siblings.add(MerkleRoot.of(level.get(Math.min(index ^ 1, level.size() - 1))));
      level = above(level);
    }
    return new MerkleBranch(siblings, MerkleRoot.of(level.get(0)));
  }

  private static List<byte[]> above(List<byte[]> level) {
    List<byte[]> next = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i < level.size(); i += 2) {
      byte[] right = level.get(Math.min(i + 1, level.size() - 1));
      next.add(MerkleTree.hashPair(level.get(i), right));
    }
    return next;
  }
}
