package org.farthing.consensus.chain;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/**
 * Where the chain is kept. Any thread may read at any time; one thread updates. Every method throws
 * {@link StoreException} where disk or database fail.
 */
public interface Ledger extends AutoCloseable {
  /**
   * Hands over all headers, each after its parent. Their hashes are those under which they were
   * stored.
   */
  void forEachHeader(Consumer<StoredHeader> consumer);

  /** The tip of the chain as it was written last, or empty in a new ledger. */
  Optional<BlockHash> tip();

  /**
   * The block as of which the coins are: the same, but that the tip of a chain that goes back is
   * written later, and a ledger may write coins later than blocks, so that after the end of a
   * process they are those of another tip. Bodies and undo data of what lies between are there.
   */
  Optional<BlockHash> coinsTip();

  /**
   * Where a process ended while it wrote coins: each of them is as of {@link #coinsTip} or as of
   * this block, or as of one on the way from that to this. Empty otherwise, and as soon as an
   * update has brought them to this block.
   */
  default Optional<BlockHash> coinsTarget() {
    return Optional.empty();
  }

  /** A stored block as it came over the wire. */
  Optional<byte[]> blockBytes(BlockKey block);

  /** A stored block. */
  default Optional<Block> block(BlockKey key) {
    return blockBytes(key)
        .map(
            bytes -> {
              try {
                return Block.decode(bytes);
              } catch (DecodeException e) {
                throw new StoreException("the stored block " + key.hash() + " is damaged", e);
              }
            });
  }

  /** The coins that a block spent, if it was ever connected. */
  Optional<BlockUndo> undo(BlockKey block);

  /** How many bytes all stored bodies and undo data have. */
  long blockBytes();

  /** How much memory is for what was read, and for coins that were made and spent last. */
  ChainReader.CacheSizes caches();

  /**
   * The stored blocks that stand after this key, whether there is such a block or not; at most so
   * many, lowest first.
   */
  List<StoredBlock> blocksAfter(BlockKey key, int most);

  /**
   * Gives back to the system what forgotten blocks took; reading and updating go on meanwhile. In a
   * ledger that is being closed this does nothing.
   *
   * @param height of the highest block that was forgotten
   */
  void reclaim(int height);

  /** An unspent output as of {@link #coinsTip}. */
  Optional<Coin> coin(OutPoint outPoint);

  /** All coins as of {@link #coinsTip}; to be closed by the caller. */
  CoinScan scanCoins();

  /**
   * Makes all of the update's changes or, if the process dies meanwhile, none; but that the coins
   * may follow later.
   */
  void commit(LedgerUpdate update);

  /**
   * Forgets all coins: the tip is the genesis again. Headers, bodies and undo data stay. A ledger
   * that has no tip stays as it is.
   */
  void forgetCoins();

  /** Forgets everything but the bodies of blocks. Until {@link #endRebuild} the headers lack. */
  void startRebuild();

  /** True from {@link #startRebuild} to {@link #endRebuild}, also where the process has ended. */
  boolean isRebuilding();

  /** All stored bodies have their headers again. */
  void endRebuild();

  @Override
  void close();
}
