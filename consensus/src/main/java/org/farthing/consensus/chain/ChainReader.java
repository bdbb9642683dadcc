package org.farthing.consensus.chain;

import java.util.Optional;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;

/** Reads that any thread may do at any time: they never wait for the owner of the chain. */
public interface ChainReader extends CoinView {
  /** The header in its place, whether its branch is active or not. */
  Optional<HeaderNode> header(BlockHash hash);

  /** What is known of a block beyond its header, as of now. */
  BlockStatus status(HeaderNode node);

  /**
   * How many transactions the chain up to this block has; 0 as long as the body of one of its
   * blocks has never been there.
   */
  long chainTransactions(HeaderNode node);

  /** The stored block, whether its branch is active or not. */
  Optional<Block> block(BlockHash hash);

  /** The stored block as it came over the wire. */
  Optional<byte[]> blockBytes(BlockHash hash);

  /** How much memory is for what was read last. */
  CacheSizes caches();

  /**
   * In bytes.
   *
   * @param database of the ledger
   * @param coins those that were read, made and spent last, at most
   */
  record CacheSizes(long database, long coins) {}

  /** All coins, as of the tip at this moment; to be closed by the caller. */
  CoinScan scanCoins();

  /** The coins that the block spent, if it was ever connected and is not pruned. */
  Optional<BlockUndo> undo(BlockHash hash);
}
