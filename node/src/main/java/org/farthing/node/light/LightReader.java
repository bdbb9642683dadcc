package org.farthing.node.light;

import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/**
 * A chain of which the headers are here and the blocks are elsewhere, with peers for instance. It
 * has no coins.
 *
 * @param headers knows nothing but headers
 * @param fetch gets a block, and waits for it
 */
public record LightReader(ChainReader headers, Function<HeaderNode, Block> fetch)
    implements ChainReader {
  @Override
  public Optional<HeaderNode> header(BlockHash hash) {
    return headers.header(hash);
  }

  @Override
  public BlockStatus status(HeaderNode node) {
    return headers.status(node);
  }

  @Override
  public long chainTransactions(HeaderNode node) {
    return headers.chainTransactions(node);
  }

  @Override
  public Optional<Block> block(BlockHash hash) {
    return headers.header(hash).map(fetch);
  }

  @Override
  public Optional<byte[]> blockBytes(BlockHash hash) {
    return block(hash).map(Block::serialize);
  }

  @Override
  public CacheSizes caches() {
    return headers.caches();
  }

  @Override
  public CoinScan scanCoins() {
    return headers.scanCoins();
  }

  @Override
  public Optional<BlockUndo> undo(BlockHash hash) {
    return headers.undo(hash);
  }

  @Override
  public Optional<Coin> coin(OutPoint outPoint) {
    return headers.coin(outPoint);
  }
}
