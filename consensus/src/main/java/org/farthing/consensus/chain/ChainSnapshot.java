package org.farthing.consensus.chain;

/**
 * The chain as of one moment, for readers on any thread.
 *
 * @param tip the last connected block of the active chain
 * @param bestHeader the header with most work that is not known to be invalid; its block may be
 *     still to come
 * @param chain what block store and header tree know; see {@link ChainReader}
 */
public record ChainSnapshot(HeaderNode tip, HeaderNode bestHeader, ChainReader chain) {

  public int height() {
    return tip.height();
  }

  /** True where {@code node} is in the active chain. */
  public boolean isActive(HeaderNode node) {
    return node.isAncestorOf(tip);
  }
}
