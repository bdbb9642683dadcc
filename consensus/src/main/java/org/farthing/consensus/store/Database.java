package org.farthing.consensus.store;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.column.Order;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/**
 * A RocksDB with typed columns. Any thread may use it. After {@link #close} every call throws
 * {@link StoreException} instead of touching freed memory: that, and nothing else, is what the lock
 * is for.
 */
final class Database implements AutoCloseable {
  static final byte[] NOTHING = new byte[0];

  /** Greater than any key. */
  static final byte[] AFTER_ALL_KEYS = new byte[64];

  static {
    Arrays.fill(AFTER_ALL_KEYS, (byte) 0xff);
  }

  private final String label;
  private final String path;
  private final RocksDB db;
  private final DatabaseOptions options;
  private final Map<Column<?, ?>, ColumnFamilyHandle> handles = new HashMap<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final CompactRangeOptions compaction = new CompactRangeOptions();
  private final ReadWriteLock closing = new ReentrantReadWriteLock();
  private volatile boolean ending;
  private boolean closed;

  private Database(
      Layout layout,
      String path,
      RocksDB db,
      List<ColumnFamilyHandle> opened,
      DatabaseOptions options) {
    this.label = layout.label();
    this.path = path;
    this.db = db;
    this.options = options;
    resources.push(options);
    resources.push(db);
    resources.push(compaction);
    for (int i = 0; i < opened.size(); i++) {
      handles.put(layout.columns().get(i), opened.get(i));
      resources.push(opened.get(i));
    }
  }

  /**
   * What a database holds.
   *
   * @param label what it is, for people: "the ledger"
   * @param columns the first is the default one
   */
  record Layout(String label, List<Column<?, ?>> columns) {
    Layout {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Opens a database, or makes it.
   *
   * @param path a directory of the environment that the options name; closes the options in the end
   */
  static Database open(String path, Layout layout, DatabaseOptions options)
      throws RocksDBException {
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Column<?, ?> column : layout.columns()) {
      descriptors.add(options.descriptor(column));
    }
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    try {
      RocksDB db = RocksDB.open(options.dbOptions(), path, descriptors, opened);
      return new Database(layout, path, db, opened, options);
    } catch (RocksDBException e) {
      options.close();
      throw e;
    }
  }

  /** Something that RocksDB does. */
  @FunctionalInterface
  private interface Action<T> {
    T run() throws RocksDBException, DecodeException;
  }

  private <T> T whileOpen(Action<T> action) {
    closing.readLock().lock();
    try {
      if (closed) {
        throw new StoreException(label + " is closed");
      }
      return action.run();
    } catch (RocksDBException e) {
      throw isDamage(e) ? damaged(e) : new StoreException(label + " failed: " + e.getMessage(), e);
    } catch (DecodeException e) {
      throw damaged(e);
    } finally {
      closing.readLock().unlock();
    }
  }

  /** Files are not what they were when they were written. */
  static boolean isDamage(RocksDBException failure) {
    return failure.getStatus() != null && failure.getStatus().getCode() == Status.Code.Corruption;
  }

  /**
   * @param label what is damaged
   * @param path its folder, of which nothing is to be kept
   */
  static StoreException damaged(String label, String path, Exception problem) {
    return new StoreException(
        "%s is damaged (%s). Move the folder %s away and start again: it is made anew."
            .formatted(label, problem.getMessage().strip(), path),
        problem);
  }

  /** What is to be said where a value was read that cannot be. */
  StoreException damaged(Exception problem) {
    return damaged(label, path, problem);
  }

  <K, V> Optional<V> get(Column<K, V> column, K key) {
    return whileOpen(
        () -> {
          byte[] bytes = db.get(handles.get(column), column.key().encode(key));
          return bytes == null ? Optional.empty() : Optional.of(column.value().decode(bytes));
        });
  }

  /** A value as it stands there; null where there is none. */
  <K> byte[] bytes(Column<K, ?> column, K key) {
    return whileOpen(() -> db.get(handles.get(column), column.key().encode(key)));
  }

  /** The length of a value; 0 where there is none. */
  <K> int valueSize(Column<K, ?> column, K key) {
    return whileOpen(
        () -> {
          int size = db.get(handles.get(column), column.key().encode(key), NOTHING);
          return size == RocksDB.NOT_FOUND ? 0 : size;
        });
  }

  /** The keys after one, in their order, with the lengths of their values. */
  <K> List<Map.Entry<K, Integer>> sizesAfter(Column<K, ?> column, K previous, int most) {
    return whileOpen(
        () -> {
          List<Map.Entry<K, Integer>> sizes = new ArrayList<>();
          try (RocksIterator iterator = db.newIterator(handles.get(column))) {
            byte[] start = column.key().encode(previous);
            iterator.seek(start);
            if (iterator.isValid() && Arrays.equals(iterator.key(), start)) {
              iterator.next();
            }
            for (; iterator.isValid() && sizes.size() < most; iterator.next()) {
              K key = column.key().decode(iterator.key());
              sizes.add(Map.entry(key, iterator.value(NOTHING)));
            }
            iterator.status();
          }
          return sizes;
        });
  }

  /** Gives back to the system what a column took that has been cleared. */
  void dropFiles(Column<?, ?> column) {
    whileOpen(
        () -> {
          db.deleteFilesInRanges(handles.get(column), List.of(NOTHING, AFTER_ALL_KEYS), true);
          return null;
        });
  }

  /**
   * Writes a column anew up to a key, without what was deleted. Ends early when the database is
   * about to be closed.
   */
  <K> void compact(Column<K, ?> column, K last) {
    try {
      whileOpen(
          () -> {
            byte[] to = column.key().encode(last);
            db.compactRange(handles.get(column), NOTHING, to, compaction);
            return null;
          });
    } catch (StoreException e) {
      if (!ending) {
        throw e;
      }
    }
  }

  /** Entries of a range, not more than so many. */
  <K, V> List<Map.Entry<K, V>> page(Column<K, V> column, KeyRange<K> range, Order order, int most) {
    return whileOpen(
        () -> {
          try (ReadOptions options = new ReadOptions()) {
            return page(options, column, range, order, most);
          }
        });
  }

  /**
   * The same.
   *
   * @param options of which the bounds are set here
   */
  private <K, V> List<Map.Entry<K, V>> page(
      ReadOptions options, Column<K, V> column, KeyRange<K> range, Order order, int most)
      throws RocksDBException, DecodeException {
    byte[] last = column.key().encode(range.last());
    List<Map.Entry<K, V>> page = new ArrayList<>();
    try (Slice from = new Slice(column.key().encode(range.first()));
        // The bound itself is not in the range: the next longer key.
        Slice end = new Slice(Arrays.copyOf(last, last.length + 1));
        RocksIterator iterator =
            db.newIterator(
                handles.get(column),
                options.setIterateLowerBound(from).setIterateUpperBound(end))) {
      boolean ascending = order == Order.ASCENDING;
      if (ascending) {
        iterator.seekToFirst();
      } else {
        iterator.seekToLast();
      }
      while (iterator.isValid() && page.size() < most) {
        page.add(entry(column, iterator));
        if (ascending) {
          iterator.next();
        } else {
          iterator.prev();
        }
      }
      iterator.status();
    }
    return page;
  }

  private static <K, V> Map.Entry<K, V> entry(Column<K, V> column, RocksIterator iterator)
      throws DecodeException {
    return Map.entry(column.key().decode(iterator.key()), column.value().decode(iterator.value()));
  }

  /** Takes the rows of a column, one after the other. */
  @FunctionalInterface
  interface RowConsumer {
    void take(byte[] key, byte[] value) throws DecodeException;
  }

  /** Hands over all rows of a column as they are, in the order of their keys. */
  void forEachRow(Column<?, ?> column, RowConsumer consumer) {
    whileOpen(
        () -> {
          try (RocksIterator iterator = db.newIterator(handles.get(column))) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
              consumer.take(iterator.key(), iterator.value());
            }
            iterator.status();
          }
          return null;
        });
  }

  /** About how many bytes of disk a column takes, what is still in memory included. */
  long sizeOf(Column<?, ?> column) {
    return whileOpen(
        () -> {
          try (Slice from = new Slice(new byte[0]);
              Slice to = new Slice(AFTER_ALL_KEYS)) {
            return db.getApproximateSizes(
                    handles.get(column),
                    List.of(new Range(from, to)),
                    SizeApproximationFlag.INCLUDE_FILES,
                    SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
          }
        });
  }

  /** What the database holds now, for one reader, whatever is written meanwhile. */
  View view() {
    return whileOpen(View::new);
  }

  /** The database as of one moment. To be closed, or old data stay for its sake. */
  final class View implements AutoCloseable {
    private final Snapshot snapshot = db.getSnapshot();
    private final ReadOptions options = new ReadOptions().setSnapshot(snapshot).setFillCache(false);

    <K, V> Optional<V> get(Column<K, V> column, K key) {
      return whileOpen(
          () -> {
            byte[] bytes = db.get(handles.get(column), options, column.key().encode(key));
            return bytes == null ? Optional.empty() : Optional.of(column.value().decode(bytes));
          });
    }

    /** Entries of a range, not more than so many. */
    <K, V> List<Map.Entry<K, V>> page(
        Column<K, V> column, KeyRange<K> range, Order order, int most) {
      return whileOpen(
          () -> {
            try (ReadOptions own = new ReadOptions(options)) {
              return Database.this.page(own, column, range, order, most);
            }
          });
    }

    /**
     * A part of a column, in the order of keys. Between two parts the database may be closed: a
     * reader of everything does not hold up whoever wants to stop.
     *
     * @param after the last key of the part before; empty for the first part
     * @param most entries; fewer than that are the last ones
     */
    <K, V> List<Map.Entry<K, V>> page(Column<K, V> column, Optional<K> after, int most) {
      return whileOpen(
          () -> {
            List<Map.Entry<K, V>> page = new ArrayList<>(most);
            try (RocksIterator iterator = db.newIterator(handles.get(column), options)) {
              if (after.isPresent()) {
                iterator.seek(column.key().encode(after.get()));
                iterator.next();
              } else {
                iterator.seekToFirst();
              }
              for (; iterator.isValid() && page.size() < most; iterator.next()) {
                page.add(entry(column, iterator));
              }
              iterator.status();
            }
            return page;
          });
    }

    /** After the database itself was closed this does nothing. */
    @Override
    public void close() {
      closing.readLock().lock();
      try {
        options.close();
        if (!closed) {
          db.releaseSnapshot(snapshot);
        }
      } finally {
        closing.readLock().unlock();
      }
    }
  }

  /** Fills a batch. */
  @FunctionalInterface
  interface Filler {
    void fill(Batch batch) throws RocksDBException;
  }

  /** Writes all changes or none; they survive the end of the process as soon as this returns. */
  void write(Filler filler) {
    whileOpen(
        () -> {
          try (WriteBatch batch = new WriteBatch()) {
            filler.fill(new Batch(batch, handles));
            db.write(options.writeOptions(), batch);
          }
          return null;
        });
  }

  /** All that was written survives the end of the machine too when this returns. */
  void syncLog() {
    whileOpen(
        () -> {
          db.syncWal();
          return null;
        });
  }

  /**
   * Writes rows of a column to a file, which {@link #takeIn} makes part of it: many rows, all or
   * none, past memory and log.
   *
   * @param file on the disk of the database; one that is there is lost
   * @param rows in the order of their keys
   */
  void writeFile(Column<?, ?> column, Path file, RowWriter.Filler rows) {
    whileOpen(
        () -> {
          options.writeFile(file.toString(), column, rows);
          return null;
        });
  }

  /** Makes a file part of a column: what the column has of its keys is lost, and so is the file. */
  void takeIn(Column<?, ?> column, Path file) {
    whileOpen(
        () -> {
          try (FlushOptions flush = new FlushOptions();
              IngestExternalFileOptions ingestion = new IngestExternalFileOptions()) {
            // What is in memory comes before the file; waiting for it here holds up nobody else.
            db.flush(flush.setWaitForFlush(true), handles.get(column));
            ingestion.setMoveFiles(true).setWriteGlobalSeqno(false);
            db.ingestExternalFile(handles.get(column), List.of(file.toString()), ingestion);
          }
          return null;
        });
  }

  @Override
  public void close() {
    if (!ending) {
      ending = true;
      compaction.setCanceled(true);
    }
    closing.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      db.cancelAllBackgroundWork(true);
      DatabaseOptions.closeAll(resources);
    } finally {
      closing.writeLock().unlock();
    }
  }
}
