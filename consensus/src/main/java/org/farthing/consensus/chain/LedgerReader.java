package org.farthing.consensus.chain;

import java.util.Optional;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/** Reads tree and ledger directly, on any thread. */
record LedgerReader(HeaderTree headers, Ledger ledger) implements ChainReader {
  @Override
  public Optional<HeaderNode> header(BlockHash hash) {
    return headers.find(hash);
  }

  @Override
  public Optional<Block> block(BlockHash hash) {
    return headers.find(hash).flatMap(node -> ledger.block(node.key()));
  }

  @Override
  public Optional<byte[]> blockBytes(BlockHash hash) {
    return headers.find(hash).flatMap(node -> ledger.blockBytes(node.key()));
  }

  @Override
  public Optional<BlockUndo> undo(BlockHash hash) {
    return headers.find(hash).flatMap(node -> ledger.undo(node.key()));
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
  public CacheSizes caches() {
    return ledger.caches();
  }

  @Override
  public CoinScan scanCoins() {
    return ledger.scanCoins();
  }

  @Override
  public Optional<Coin> coin(OutPoint outPoint) {
    return ledger.coin(outPoint);
  }
}
