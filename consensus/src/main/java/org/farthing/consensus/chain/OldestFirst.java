package org.farthing.consensus.chain;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Walks over the stored blocks above the genesis in the order in which they are to go: by height,
 * those that came again later in their turn. The ledger must not change meanwhile.
 */
final class OldestFirst {
  private static final int PAGE = 500;

  private final Ledger ledger;
  private final ReturnedBlocks returned;
  private final Queue<StoredBlock> page = new ArrayDeque<>();
  private final PriorityQueue<StoredBlock> later;
  private BlockKey last;

  OldestFirst(Ledger ledger, BlockKey genesis, ReturnedBlocks returned) {
    this.ledger = ledger;
    this.returned = returned;
    this.last = genesis;
    this.later = new PriorityQueue<>(Comparator.comparingInt(this::goesWith));
  }

  private int goesWith(StoredBlock block) {
    return returned.goesWith(block.key());
  }

  Optional<StoredBlock> next() {
    for (StoredBlock block = lowest(); block != null; block = lowest()) {
      boolean laterIsDue = !later.isEmpty() && goesWith(later.element()) < block.key().height();
      if (laterIsDue) {
        return Optional.of(later.remove());
      }
      page.remove();
      if (goesWith(block) <= block.key().height()) {
        return Optional.of(block);
      }
      later.add(block);
    }
    return Optional.ofNullable(later.poll());
  }

  /** The lowest that was not looked at yet; null at the end. */
  private StoredBlock lowest() {
    if (page.isEmpty()) {
      page.addAll(ledger.blocksAfter(last, PAGE));
      page.forEach(block -> last = block.key());
    }
    return page.peek();
  }
}
