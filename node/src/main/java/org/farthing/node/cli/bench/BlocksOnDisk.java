package org.farthing.node.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.LedgerUpdate;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.index.FilterIndex;
import org.farthing.consensus.index.FilterIndexer;
import org.farthing.consensus.index.IndexPosition;
import org.farthing.consensus.index.IndexUpdate;
import org.farthing.consensus.index.IndexedBlock;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.store.RocksIndexStore;
import org.farthing.consensus.store.RocksLedger;

/** Blocks and their filters as a node keeps them: in a ledger and an index on disk. */
final class BlocksOnDisk implements AutoCloseable {
  private final RocksLedger ledger;
  private final RocksIndexStore index;
  private final FilterIndexer indexer = new FilterIndexer();

  BlocksOnDisk(Path folder, ConsensusParams params) {
    ledger = RocksLedger.open(folder.resolve("ledger"), params);
    index = RocksIndexStore.open(folder.resolve("filters"), indexer.layout(), params);
  }

  /**
   * Stores blocks, which spend nothing that a filter would have.
   *
   * @param nodes from the first block after those that are there
   */
  void store(List<HeaderNode> nodes, Function<HeaderNode, Block> contents) {
    LedgerUpdate blocks = new LedgerUpdate();
    IndexUpdate filters = new IndexUpdate(index);
    BlockUndo nothing = new BlockUndo(List.of());
    for (HeaderNode node : nodes) {
      Block block = contents.apply(node);
      blocks.block(node.key(), block);
      indexer.connect(new IndexedBlock(node, block, nothing), filters);
    }
    HeaderNode last = nodes.get(nodes.size() - 1);
    ledger.commit(blocks);
    index.commit(filters, IndexPosition.of(last));
  }

  Block block(HeaderNode node) {
    return ledger.block(node.key()).orElseThrow();
  }

  Optional<BlockFilter> filter(HeaderNode node) {
    return new FilterIndex(index).filter(node);
  }

  @Override
  public void close() {
    index.close();
    ledger.close();
  }
}
