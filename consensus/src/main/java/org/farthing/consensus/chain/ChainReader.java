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

  /** The stored block, whether its branch is active or not. */
  Optional<Block> block(BlockHash hash);

  /** The stored block as it came over the wire. */
  Optional<byte[]> blockBytes(BlockHash hash);

  /** All coins, as of the tip at this moment; to be closed by the caller. */
  CoinScan scanCoins();

  /** The coins that the block spent, if it was ever connected and is not pruned. */
  Optional<BlockUndo> undo(BlockHash hash);
}
