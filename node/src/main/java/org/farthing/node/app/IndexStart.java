package org.farthing.node.app;

import java.util.function.Consumer;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.node.config.ChainConfig;
import org.farthing.node.config.IndexConfig;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the indexes of a node, and sets them to work. */
final class IndexStart {
  private static final Logger LOG = LoggerFactory.getLogger(IndexStart.class);

  private IndexStart() {}

  /** On the node's thread. */
  static Indexes open(NodeConfig config, NodeCore core, Consumer<Throwable> onFailure) {
    IndexConfig wanted = config.chain().indexes();
    Indexes.Place place =
        config
            .folder()
            .map(data -> Indexes.inFolder(data.indexes(), config.params()))
            .orElseGet(() -> Indexes.inMemory(config.params()));
    boolean anew = config.chain().rebuild() == ChainConfig.Rebuild.LEDGER;
    Indexes indexes =
        Indexes.open(
            wanted,
            anew ? place.wiped() : place,
            config.params(),
            core.chain()::snapshot,
            onFailure);
    for (RunningIndex index : indexes.all()) {
      core.pruning().spareAfter(index.name(), index::pruneLock);
    }
    if (!indexes.all().isEmpty()) {
      core.chain().addListener(indexes::chainChanged);
    }
    if (core.pruning().isOn()) {
      core.chain().addListener(event -> logLocks(indexes, event));
    }
    return indexes;
  }

  /** An index that goes back with the chain needs blocks again that it had read. */
  private static void logLocks(Indexes indexes, ChainEvent event) {
    if (event instanceof ChainEvent.Disconnected disconnected) {
      int height = disconnected.node().height() - 1;
      for (RunningIndex index : indexes.all()) {
        if (index.best().filter(best -> best.height() > height).isPresent()) {
          LOG.debug("{} prune lock moved back to {}", index.name(), height);
        }
      }
    }
  }

  /**
   * @throws StartException if one has not seen blocks that are gone
   */
  static void start(Indexes indexes) throws StartException {
    if (indexes.lackingBlocks().isPresent()) {
      RunningIndex behind = indexes.lackingBlocks().get();
      throw new StartException(
          ("%s best block of the index goes beyond pruned data%s. Please disable the index or"
                  + " reindex (which will download the whole blockchain again)\n"
                  + "Error: A fatal internal error occurred, see debug.log for details: Failed to"
                  + " start indexes, shutting down…")
              .formatted(behind.name(), behind.readsUndo() ? " (including undo data)" : ""));
    }
    indexes.start();
  }
}
