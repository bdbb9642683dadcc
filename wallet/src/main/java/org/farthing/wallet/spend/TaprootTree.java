package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.List;
import org.farthing.wallet.descriptor.TaprootOutput;

/**
 * A tree of scripts that a taproot output commits to, as the list of its leaves in depth-first
 * order (BIP-0371).
 */
public record TaprootTree(List<Leaf> leaves) {
  /** The most nodes between the root and a leaf (BIP-0341). */
  public static final int MAX_DEPTH = 128;

  /**
   * A leaf.
   *
   * @param depth nodes between the root and it
   */
  public record Leaf(int depth, LeafScript script) {}

  /**
   * @throws IllegalArgumentException where the leaves make no tree, or a deeper one than is allowed
   */
  public TaprootTree {
    leaves = List.copyOf(leaves);
    if (end(leaves, 0, 0) != leaves.size()) {
      throw new IllegalArgumentException("leaves are left over");
    }
  }

  /** The index behind the last leaf of the node at this depth that begins with a leaf. */
  private static int end(List<Leaf> leaves, int first, int depth) {
    if (first == leaves.size()) {
      throw new IllegalArgumentException("a leaf is missing");
    }
    int leafDepth = leaves.get(first).depth();
    if (leafDepth < depth || leafDepth > MAX_DEPTH) {
      throw new IllegalArgumentException("a leaf cannot be at depth " + leafDepth);
    }
    return leafDepth == depth ? first + 1 : end(leaves, end(leaves, first, depth + 1), depth + 1);
  }

  /** The tree of an output that has one. */
  static TaprootTree of(TaprootOutput output) {
    List<Leaf> leaves = new ArrayList<>();
    for (TaprootOutput.Leaf leaf : output.leaves()) {
      leaves.add(new Leaf(leaf.depth(), LeafScript.tapscript(leaf.script())));
    }
    return new TaprootTree(leaves);
  }
}
