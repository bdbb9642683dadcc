package org.farthing.consensus.chain;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.farthing.consensus.primitives.Block;

/**
 * Bodies from the ledger. A large one that will be wanted next is read by a worker meanwhile: to
 * make objects of its bytes takes a fifth of the time that its connection takes.
 */
final class StoredBlocks {
  private final ChainReader reader;
  private final Executor workers;
  private HeaderNode next;
  private Supplier<Optional<Block>> coming;

  StoredBlocks(ChainReader reader, Executor workers) {
    this.reader = reader;
    this.workers = workers;
  }

  ChainReader reader() {
    return reader;
  }

  /** The block will be wanted soon, and no other one before it. */
  void prepare(HeaderNode block) {
    if (next != block && reader.status(block).transactions() >= BlockAcceptance.LEAST_FOR_WORKERS) {
      next = block;
      coming = Ahead.of(() -> reader.block(block.hash()), workers);
    }
  }

  /**
   * @throws StoreException if it is not there
   */
  Block get(HeaderNode block) {
    Optional<Block> found;
    if (next == block) {
      found = coming.get();
      next = null;
      coming = null;
    } else {
      found = reader.block(block.hash());
    }
    return found.orElseThrow(() -> missing(block));
  }

  private StoreException missing(HeaderNode block) {
    return new StoreException(
        reader.status(block).isPruned()
            ? "a better branch leaves the chain before the block "
                + block
                + ", which has been pruned: start with -reindex to get all blocks again"
            : "the ledger has no body of " + block);
  }
}
