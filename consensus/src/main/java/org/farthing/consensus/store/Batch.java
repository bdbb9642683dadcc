package org.farthing.consensus.store;

import java.util.Map;
import org.farthing.consensus.column.Column;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Changes of a database that are written together. */
final class Batch {
  private final WriteBatch batch;
  private final Map<Column<?, ?>, ColumnFamilyHandle> handles;

  Batch(WriteBatch batch, Map<Column<?, ?>, ColumnFamilyHandle> handles) {
    this.batch = batch;
    this.handles = handles;
  }

  /** Returns the length of the value. */
  <K, V> int put(Column<K, V> column, K key, V value) throws RocksDBException {
    byte[] bytes = column.value().encode(value);
    batch.put(handles.get(column), column.key().encode(key), bytes);
    return bytes.length;
  }

  <K, V> void delete(Column<K, V> column, K key) throws RocksDBException {
    batch.delete(handles.get(column), column.key().encode(key));
  }

  /** For rows of a column that stand as bytes already. */
  RowWriter rows(Column<?, ?> column) {
    ColumnFamilyHandle handle = handles.get(column);
    return new RowWriter() {
      @Override
      public void put(byte[] key, byte[] value) throws RocksDBException {
        batch.put(handle, key, value);
      }

      @Override
      public void delete(byte[] key) throws RocksDBException {
        batch.delete(handle, key);
      }
    };
  }

  /** Deletes everything in a column. */
  void clear(Column<?, ?> column) throws RocksDBException {
    batch.deleteRange(handles.get(column), Database.NOTHING, Database.AFTER_ALL_KEYS);
  }
}
