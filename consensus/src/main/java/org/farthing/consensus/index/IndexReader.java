package org.farthing.consensus.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.column.Order;

/** Reads rows, on any thread. Every method throws {@link StoreException} where the store fails. */
public interface IndexReader {
  <K, V> Optional<V> get(Column<K, V> column, K key);

  /** Rows of a range, not more than so many. */
  <K, V> List<Map.Entry<K, V>> page(Column<K, V> column, KeyRange<K> range, Order order, int most);
}
