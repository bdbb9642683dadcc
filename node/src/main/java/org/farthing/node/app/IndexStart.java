package org.farthing.node.app;

import java.util.function.Consumer;
import org.farthing.node.config.ChainConfig;
import org.farthing.node.config.IndexConfig;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;

/** Opens the indexes of a node, and sets them to work. */
final class IndexStart {
  private IndexStart() {}

  /** On the node's thread. */
  static Indexes open(NodeConfig config, NodeCore core, Consumer<Throwable> onFailure) {
    IndexConfig wanted = config.chain().indexes();
    Indexes.Place place =
        config
            .folder()
            .map(data -> Indexes.Place.folder(data.indexes(), config.params()))
            .orElseGet(() -> Indexes.Place.memory(config.params()));
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
    return indexes;
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
