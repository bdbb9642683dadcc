package org.farthing.consensus.store;

import org.rocksdb.RocksDBException;

/** Takes rows of one column, as bytes. */
interface RowWriter {
  void put(byte[] key, byte[] value) throws RocksDBException;

  void delete(byte[] key) throws RocksDBException;

  /** Has rows to write. */
  @FunctionalInterface
  interface Filler {
    void fill(RowWriter rows) throws RocksDBException;
  }
}
