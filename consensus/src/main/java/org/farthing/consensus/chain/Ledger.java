package org.farthing.consensus.chain;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/**
 * Where the chain is kept. Any thread may read at any time; one thread updates. Every method throws
 * {@link StoreException} where disk or database fail.
 */
public interface Ledger extends AutoCloseable {
  /** Hands over all headers, each after its parent. */
  void forEachHeader(Consumer<StoredHeader> consumer);

  /** The last connected block, or empty in a new ledger. */
  Optional<BlockHash> tip();

  /** A stored block as it came over the wire. */
  Optional<byte[]> blockBytes(BlockKey block);

  /** The coins that a block spent, if it was ever connected. */
  Optional<BlockUndo> undo(BlockKey block);

  /** How many bytes all stored bodies and undo data have. */
  long blockBytes();

  /** The stored blocks after the genesis that are lowest, at most so many, lowest first. */
  List<StoredBlock> lowestBlocks(int most);

  /**
   * Gives back to the system what forgotten blocks took; reading and updating go on meanwhile. In a
   * ledger that is being closed this does nothing.
   *
   * @param height of the highest block that was forgotten
   */
  void reclaim(int height);

  /** An unspent output as of {@link #tip}. */
  Optional<Coin> coin(OutPoint outPoint);

  /** All coins as of {@link #tip}; to be closed by the caller. */
  CoinScan scanCoins();

  /** Makes all of the update's changes or, if the process dies meanwhile, none. */
  void commit(LedgerUpdate update);

  @Override
  void close();
}
