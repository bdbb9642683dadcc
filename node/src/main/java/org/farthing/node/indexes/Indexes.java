package org.farthing.node.indexes;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.index.IndexLayout;
import org.farthing.consensus.index.IndexStore;
import org.farthing.consensus.index.Indexer;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.store.RocksIndexStore;
import org.farthing.node.config.IndexConfig;

/** The indexes of a node. What changes them is for the node's thread, what reads them for any. */
public final class Indexes implements AutoCloseable {
  private final Map<IndexKind, RunningIndex> running = new EnumMap<>(IndexKind.class);

  private Indexes() {}

  /** Where indexes are kept. */
  @FunctionalInterface
  public interface Place {
    IndexStore open(IndexKind kind, IndexLayout layout);

    /** The same place, in which all indexes are made anew. */
    default Place wiped() {
      return (kind, layout) -> {
        IndexStore store = open(kind, layout);
        store.clear();
        return store;
      };
    }
  }

  /** Each in a folder of its own: without it the index is made anew. */
  public static Place inFolder(Path folder, ConsensusParams params) {
    return (kind, layout) -> RocksIndexStore.open(folder.resolve(kind.folder()), layout, params);
  }

  /** They end with the node. */
  public static Place inMemory(ConsensusParams params) {
    return (kind, layout) -> RocksIndexStore.inMemory(layout, params);
  }

  /** No index: it costs nothing. */
  public static Indexes none() {
    return new Indexes();
  }

  /**
   * Opens the indexes that are wanted; {@link #start} sets them to work.
   *
   * @param onFailure told, on some thread, of what ended an index: the node has to stop
   * @throws org.farthing.consensus.chain.StoreException if one cannot be opened
   */
  public static Indexes open(
      IndexConfig wanted,
      Place place,
      ConsensusParams params,
      Supplier<ChainSnapshot> chain,
      Consumer<Throwable> onFailure) {
    Indexes indexes = new Indexes();
    try {
      for (IndexKind kind : IndexKind.values()) {
        if (kind.isWanted(wanted)) {
          Indexer indexer = kind.indexer(params);
          IndexStore store = place.open(kind, indexer.layout());
          indexes.running.put(kind, new RunningIndex(kind, indexer, store, chain, onFailure));
        }
      }
      return indexes;
    } catch (RuntimeException e) {
      indexes.close();
      throw e;
    }
  }

  /**
   * The index that cannot go on because blocks that it has not read were pruned; of several the one
   * that is farthest behind.
   */
  public Optional<RunningIndex> lackingBlocks() {
    return all().stream()
        .filter(RunningIndex::lacksBlocks)
        .min(Comparator.comparing(RunningIndex::lastRead));
  }

  public void start() {
    running.values().forEach(RunningIndex::start);
  }

  /** To be called with each change of the chain. */
  public void chainChanged(ChainEvent event) {
    running.values().forEach(RunningIndex::tipChanged);
  }

  /** All that there are. */
  public List<RunningIndex> all() {
    return List.copyOf(running.values());
  }

  public Optional<RunningIndex> find(IndexKind kind) {
    return Optional.ofNullable(running.get(kind));
  }

  /** Waits until all that were at the tip once have seen the present one. */
  public void awaitTip() {
    all().forEach(RunningIndex::awaitTip);
  }

  /** Waits until all stand at the present tip; for the chain's owner. */
  public void settle() {
    all().forEach(RunningIndex::settle);
  }

  @Override
  public void close() {
    running.values().forEach(RunningIndex::close);
  }
}
