package org.farthing.wallet;

import org.farthing.consensus.chain.HeaderNode;

/** Is told how a wallet reads blocks that it has not read as they came. On its own thread. */
public interface ReadingListener {
  ReadingListener NONE = new ReadingListener() {};

  /**
   * The wallet begins to read.
   *
   * @param first the first block
   * @param byFilters whether blocks are left out of which filters tell that they have nothing of
   *     the wallet
   */
  default void started(HeaderNode first, boolean byFilters) {}

  /** A block is looked at, since its filter says that it may have something of the wallet. */
  default void inspected(HeaderNode block) {}

  /** A block is looked at for want of its filter. */
  default void unfiltered(HeaderNode block) {}

  /** Everything has been read. */
  default void ended() {}
}
