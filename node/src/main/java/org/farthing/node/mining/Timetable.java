package org.farthing.node.mining;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolEvent;

/**
 * When blocks are wanted: a machine without I/O for each policy of mining. It hears what happens to
 * chain and mempool, and is asked what follows from it. Node thread.
 */
interface Timetable {
  /**
   * When the next block is wanted: now or before, to be searched at once; empty, not before
   * something happens.
   */
  OptionalLong due(long nowMillis);

  /** The search for a block begins. */
  default void began(long nowMillis) {}

  /** A block of ours is found, and will be the tip. */
  default void made(long nowMillis) {}

  default void chainEvent(ChainEvent event) {}

  default void mempoolEvent(MempoolEvent event) {}

  /** What the next block has beside its coinbase, if not what pays best. */
  default Optional<List<MempoolEntry>> contents() {
    return Optional.empty();
  }
}
