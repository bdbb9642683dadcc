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
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksMemEnv;
import org.rocksdb.WriteOptions;

/** How RocksDB is set up: small by default, so that an idle node is a small process. */
final class DatabaseOptions implements AutoCloseable {
  private static final int MIB = 1 << 20;

  /** Of the memory for what is not in files yet, what one column fills before it is written. */
  private static final int COLUMNS_AT_ONCE = 4;

  /** Values that take fewer bytes stand with their keys. */
  private static final int LEAST_BLOB_SIZE = 512;

  private static final int BITS_FOR_EACH_KEY = 10;

  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final DBOptions dbOptions;
  private final WriteOptions writeOptions;
  private final BlockBasedTableConfig tables;
  private final long writeBufferBytes;

  /**
   * @param bufferBytes for all columns together
   */
  private DatabaseOptions(long cacheBytes, long bufferBytes) {
    this.writeBufferBytes = bufferBytes / COLUMNS_AT_ONCE;
    this.writeOptions = own(new WriteOptions());
    Cache cache = own(new LRUCache(cacheBytes, 2));
    this.tables =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(own(new BloomFilter(BITS_FOR_EACH_KEY)))
            .setCacheIndexAndFilterBlocks(true)
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
    return new DatabaseOptions(memory.blockCache(), memory.writeBuffers());
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
    ColumnFamilyOptions options =
        own(new ColumnFamilyOptions())
            .setTableFormatConfig(tables)
            .setWriteBufferSize(writeBufferBytes)
            .setMaxWriteBufferNumber(2)
            .setCompressionType(CompressionType.NO_COMPRESSION);
    if (column.bulky()) {
      options
          .setEnableBlobFiles(true)
          .setMinBlobSize(LEAST_BLOB_SIZE)
          .setBlobCompressionType(CompressionType.LZ4_COMPRESSION);
    }
    return new ColumnFamilyDescriptor(column.name().getBytes(StandardCharsets.UTF_8), options);
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
