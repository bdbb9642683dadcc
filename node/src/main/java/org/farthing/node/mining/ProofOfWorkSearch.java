package org.farthing.node.mining;

import java.util.function.Consumer;
import org.farthing.consensus.primitives.Block;

/**
 * A search for the proof of work of one template after another: on threads, or, on a virtual clock,
 * by drawing lots.
 */
public interface ProofOfWorkSearch extends AutoCloseable {
  /** Searches on this template, and on no earlier one, until it has solved it or is stopped. */
  void search(BlockTemplate template);

  /** Stops searching; {@link #search} begins again. */
  void stop();

  /** The hashes tried since the search was made; any thread may ask. */
  long hashCount();

  @Override
  void close();

  /** Makes searches. */
  @FunctionalInterface
  interface Factory {
    /**
     * @param found gets every solved block, on any thread; it may come after {@link #stop}
     */
    ProofOfWorkSearch create(Consumer<Block> found);
  }
}
