package org.farthing.consensus.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.farthing.consensus.column.Column;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.EnvOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksMemEnv;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteOptions;

/** How RocksDB is set up: small by default, so that an idle node is a small process. */
final class DatabaseOptions implements AutoCloseable {
  private static final int MIB = 1 << 20;

  /** Of the memory for what is not in files yet, what one column fills before it is written. */
  private static final int COLUMNS_AT_ONCE = 4;

  /** Values that take fewer bytes stand with their keys. */
  private static final int LEAST_BLOB_SIZE = 512;

  private static final int BITS_FOR_EACH_KEY = 10;

  /** Of the block cache, what filters and indexes keep before rows have any of it. */
  private static final double INDEX_PART = 0.8;

  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final DBOptions dbOptions;
  private final WriteOptions writeOptions;
  private final BlockBasedTableConfig tables;
  private final long writeBufferBytes;

  /** Rows come and go in no order, and who asks for one nearly always finds it. */
  private boolean manyRows;

  /**
   * @param bufferBytes for all columns together
   */
  private DatabaseOptions(long cacheBytes, long bufferBytes) {
    this.writeBufferBytes = bufferBytes / COLUMNS_AT_ONCE;
    this.writeOptions = own(new WriteOptions());
    Cache cache = own(new LRUCache(cacheBytes, 2, false, INDEX_PART));
    // Filters and indexes in parts: whole ones of a large file would not fit in the cache, so that
    // each read would read them anew.
    this.tables =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(own(new BloomFilter(BITS_FOR_EACH_KEY)))
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setPartitionFilters(true)
            .setPinTopLevelIndexAndFilter(true)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    this.dbOptions =
        own(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setMaxBackgroundJobs(2)
            .setMaxOpenFiles(256)
            .setMaxFileOpeningThreads(2)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setDbWriteBufferSize(bufferBytes)
            .setMaxTotalWalSize(bufferBytes);
  }

  static DatabaseOptions onDisk(LedgerMemory memory) {
    RocksCode.load();
    DatabaseOptions options = new DatabaseOptions(memory.blockCache(), memory.writeBuffers());
    options.manyRows = true;
    return options;
  }

  /** For an index: it is read now and then, and written in the background. */
  static DatabaseOptions indexOnDisk() {
    RocksCode.load();
    return new DatabaseOptions(4 * MIB, 16 * MIB);
  }

  /** For what must not be forgotten again, not even when the machine loses its power. */
  static DatabaseOptions journalOnDisk() {
    DatabaseOptions options = indexOnDisk();
    options.writeOptions.setSync(true);
    return options;
  }

  /** Everything in memory, and no log of changes: it ends with the process anyway. */
  static DatabaseOptions inMemory() {
    RocksCode.load();
    DatabaseOptions options = new DatabaseOptions(MIB, 2 * MIB);
    options.dbOptions.setEnv(options.own(new RocksMemEnv(Env.getDefault())));
    options.writeOptions.setDisableWAL(true);
    options.dbOptions.setAvoidFlushDuringShutdown(true);
    return options;
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  DBOptions dbOptions() {
    return dbOptions;
  }

  WriteOptions writeOptions() {
    return writeOptions;
  }

  ColumnFamilyDescriptor descriptor(Column<?, ?> column) {
    return new ColumnFamilyDescriptor(
        column.name().getBytes(StandardCharsets.UTF_8), own(columnOptions(column)));
  }

  private ColumnFamilyOptions columnOptions(Column<?, ?> column) {
    ColumnFamilyOptions options =
        new ColumnFamilyOptions()
            .setTableFormatConfig(tables)
            .setWriteBufferSize(writeBufferBytes)
            .setMaxWriteBufferNumber(2)
            .setCompressionType(CompressionType.NO_COMPRESSION);
    if (column.bulky()) {
      options
          .setEnableBlobFiles(true)
          .setMinBlobSize(LEAST_BLOB_SIZE)
          .setBlobCompressionType(CompressionType.LZ4_COMPRESSION);
    } else if (manyRows) {
      options.setCompactionStyle(CompactionStyle.UNIVERSAL).setOptimizeFiltersForHits(true);
    }
    return options;
  }

  /**
   * Writes a file that can become part of a column.
   *
   * @param rows in the order of their keys
   */
  void writeFile(String file, Column<?, ?> column, RowWriter.Filler rows) throws RocksDBException {
    try (ColumnFamilyOptions columnOptions = columnOptions(column);
        Options options = new Options(dbOptions, columnOptions);
        EnvOptions environment = new EnvOptions();
        SstFileWriter writer = new SstFileWriter(environment, options)) {
      writer.open(file);
      rows.fill(
          new RowWriter() {
            @Override
            public void put(byte[] key, byte[] value) throws RocksDBException {
              writer.put(key, value);
            }

            @Override
            public void delete(byte[] key) throws RocksDBException {
              writer.delete(key);
            }
          });
      writer.finish();
    }
  }

  @Override
  public void close() {
    closeAll(resources);
  }

  /** Closes what was pushed last first. */
  static void closeAll(Deque<AutoCloseable> resources) {
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        throw new AssertionError("RocksDB's objects close without exceptions", e);
      }
    }
  }
}
