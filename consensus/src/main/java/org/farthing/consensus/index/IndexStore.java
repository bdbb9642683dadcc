package org.farthing.consensus.index;

import java.util.Optional;
import org.farthing.consensus.chain.StoreException;

/**
 * Where an index keeps its rows. Any thread may read at any time; one thread changes. Every method
 * throws {@link StoreException} where the store fails.
 */
public interface IndexStore extends IndexReader, AutoCloseable {
  /** The block up to which the rows are there; empty in a new index. */
  Optional<IndexPosition> position();

  /**
   * Makes all changes or, if the process dies meanwhile, none.
   *
   * @param position where the index stands afterwards
   */
  void commit(IndexUpdate update, IndexPosition position);

  /** Forgets everything. */
  void clear();

  /** The rows as of now, whatever changes meanwhile; to be closed. */
  View view();

  /** Rows as of one moment. */
  interface View extends IndexReader, AutoCloseable {
    /** The block up to which the rows are there; empty in a new index. */
    Optional<IndexPosition> position();

    @Override
    void close();
  }

  @Override
  void close();
}
