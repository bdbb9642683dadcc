package org.farthing.consensus.chain;

/** A state of the chain that {@link ChainState#revert} goes back to. */
public final class ChainMark {
  private final HeaderNode tip;
  private final Rewind.Mark tree;

  ChainMark(HeaderNode tip, Rewind.Mark tree) {
    this.tip = tip;
    this.tree = tree;
  }

  /** The tip at that time. */
  public HeaderNode tip() {
    return tip;
  }

  Rewind.Mark tree() {
    return tree;
  }
}
