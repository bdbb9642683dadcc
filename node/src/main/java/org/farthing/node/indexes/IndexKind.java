package org.farthing.node.indexes;

import java.util.function.Function;
import java.util.function.Predicate;
import org.farthing.consensus.index.AddressIndexer;
import org.farthing.consensus.index.CoinStatsIndexer;
import org.farthing.consensus.index.FilterIndexer;
import org.farthing.consensus.index.Indexer;
import org.farthing.consensus.index.SpenderIndexer;
import org.farthing.consensus.index.TxIndexer;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.config.IndexConfig;

/** The indexes that there are. Names, folders and threads are called as in Bitcoin Core. */
// References to methods are as immutable as the enum.
@SuppressWarnings("ImmutableEnumChecker")
public enum IndexKind {
  TRANSACTIONS(IndexConfig::transactions, "txindex", "txidx", params -> new TxIndexer()),
  SPENDERS(
      IndexConfig::spenders, "txospenderindex/db", "txospenderidx", params -> new SpenderIndexer()),
  BLOCK_FILTERS(
      IndexConfig::blockFilters,
      "blockfilter/basic/db",
      "blkfltbscidx",
      params -> new FilterIndexer()),
  COIN_STATISTICS(
      IndexConfig::coinStatistics, "coinstatsindex/db", "coinstatsidx", CoinStatsIndexer::new),
  /** Not Bitcoin Core's. */
  ADDRESSES(IndexConfig::addresses, "addressindex", "addressidx", params -> new AddressIndexer());

  private final Predicate<IndexConfig> wanted;
  private final String folder;
  private final String thread;
  private final Function<ConsensusParams, Indexer> indexer;

  IndexKind(
      Predicate<IndexConfig> wanted,
      String folder,
      String thread,
      Function<ConsensusParams, Indexer> indexer) {
    this.wanted = wanted;
    this.folder = folder;
    this.thread = thread;
    this.indexer = indexer;
  }

  boolean isWanted(IndexConfig config) {
    return wanted.test(config);
  }

  /** Below the folder of all indexes. */
  String folder() {
    return folder;
  }

  String thread() {
    return thread;
  }

  Indexer indexer(ConsensusParams params) {
    return indexer.apply(params);
  }
}
