package org.farthing.consensus.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.index.IndexLayout;
import org.farthing.consensus.index.IndexPosition;
import org.farthing.consensus.index.IndexStore;
import org.farthing.consensus.index.IndexUpdate;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.rocksdb.RocksDBException;

/** An index in a RocksDB of its own, on disk or in memory. */
public final class RocksIndexStore implements IndexStore {
  /** What the database is of, in text, and where it stands: block hashes, divided by spaces. */
  private static final Column<String, String> FACTS =
      new Column<>("default", Codec.text(), Codec.text(), false);

  private static final String LAYOUT = "layout";
  private static final String POSITION = "position";

  private final Database database;
  private final IndexLayout layout;
  private final String identity;

  private RocksIndexStore(Database database, IndexLayout layout, ConsensusParams params) {
    this.database = database;
    this.layout = layout;
    this.identity =
        "%s %d of %s %s"
            .formatted(
                layout.name(), layout.format(), params.network().name(), params.genesis().hash());
    if (!database.get(FACTS, LAYOUT).equals(Optional.of(identity))) {
      clear();
    }
  }

  /**
   * Opens the index in a directory, or makes both. One of another chain or format is forgotten: it
   * can be made anew.
   *
   * @throws StoreException if the directory cannot be written, or what is there is damaged
   */
  public static RocksIndexStore open(Path directory, IndexLayout layout, ConsensusParams params) {
    return open(directory, layout, params, DatabaseOptions::indexOnDisk);
  }

  /**
   * The same, for rows that cannot be made anew: a change that was committed survives the end of
   * the machine too, and takes the time that this needs.
   */
  public static RocksIndexStore openDurable(
      Path directory, IndexLayout layout, ConsensusParams params) {
    return open(directory, layout, params, DatabaseOptions::journalOnDisk);
  }

  private static RocksIndexStore open(
      Path directory,
      IndexLayout layout,
      ConsensusParams params,
      Supplier<DatabaseOptions> options) {
    Directories.make(directory);
    try {
      return opened(
          Database.open(directory.toString(), columns(layout), options.get()), layout, params);
    } catch (RocksDBException e) {
      throw new StoreException(
          "cannot open the %s in %s: %s. Without that folder it is made anew."
              .formatted(layout.name(), directory, e.getMessage()),
          e);
    }
  }

  /** A new index that lives and ends with this object. */
  public static RocksIndexStore inMemory(IndexLayout layout, ConsensusParams params) {
    try {
      return opened(
          Database.open("/index", columns(layout), DatabaseOptions.inMemory()), layout, params);
    } catch (RocksDBException e) {
      throw new StoreException("cannot make an index in memory: " + e.getMessage(), e);
    }
  }

  private static Database.Layout columns(IndexLayout layout) {
    List<Column<?, ?>> all = new ArrayList<>(List.of(FACTS));
    all.addAll(layout.columns());
    return new Database.Layout("the " + layout.name(), all);
  }

  private static RocksIndexStore opened(
      Database database, IndexLayout layout, ConsensusParams params) {
    try {
      return new RocksIndexStore(database, layout, params);
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public <K, V> Optional<V> get(Column<K, V> column, K key) {
    return database.get(column, key);
  }

  @Override
  public <K, V> List<Map.Entry<K, V>> page(
      Column<K, V> column, KeyRange<K> range, Order order, int most) {
    return database.page(column, range, order, most);
  }

  @Override
  public Optional<IndexPosition> position() {
    return database.get(FACTS, POSITION).map(this::parse);
  }

  private IndexPosition parse(String text) {
    List<BlockHash> locator = new ArrayList<>();
    try {
      for (String hash : text.split(" ", -1)) {
        locator.add(BlockHash.parse(hash));
      }
    } catch (DecodeException e) {
      throw database.damaged(e);
    }
    return new IndexPosition(locator);
  }

  private static String text(IndexPosition position) {
    return String.join(" ", position.locator().stream().map(BlockHash::toString).toList());
  }

  @Override
  public void commit(IndexUpdate update, IndexPosition position) {
    database.write(
        batch -> {
          update.writeTo(new BatchSink(batch));
          batch.put(FACTS, POSITION, text(position));
        });
  }

  private record BatchSink(Batch batch) implements IndexUpdate.Sink<RocksDBException> {
    @Override
    public <K, V> void put(Column<K, V> column, K key, V value) throws RocksDBException {
      batch.put(column, key, value);
    }

    @Override
    public <K, V> void delete(Column<K, V> column, K key) throws RocksDBException {
      batch.delete(column, key);
    }
  }

  @Override
  public void clear() {
    database.write(
        batch -> {
          batch.clear(FACTS);
          for (Column<?, ?> column : layout.columns()) {
            batch.clear(column);
          }
          batch.put(FACTS, LAYOUT, identity);
        });
    layout.columns().forEach(database::dropFiles);
  }

  @Override
  public View view() {
    Database.View view = database.view();
    return new View() {
      @Override
      public Optional<IndexPosition> position() {
        return view.get(FACTS, POSITION).map(RocksIndexStore.this::parse);
      }

      @Override
      public <K, V> Optional<V> get(Column<K, V> column, K key) {
        return view.get(column, key);
      }

      @Override
      public <K, V> List<Map.Entry<K, V>> page(
          Column<K, V> column, KeyRange<K> range, Order order, int most) {
        return view.page(column, range, order, most);
      }

      @Override
      public void close() {
        view.close();
      }
    };
  }

  @Override
  public void close() {
    database.close();
  }
}
