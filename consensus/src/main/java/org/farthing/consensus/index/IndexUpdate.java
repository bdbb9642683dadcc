package org.farthing.consensus.index;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.column.Column;

/**
 * Changes of an index that are made together or not at all. Who adds to them sees the rows as they
 * will be.
 */
public final class IndexUpdate {
  private final IndexReader before;
  private final Map<Column<?, ?>, Map<Object, Optional<Object>>> changes = new LinkedHashMap<>();
  private int size;

  /**
   * @param before the rows without the changes
   */
  public IndexUpdate(IndexReader before) {
    this.before = before;
  }

  /** Takes in the changes. */
  public interface Sink<E extends Exception> {
    <K, V> void put(Column<K, V> column, K key, V value) throws E;

    <K, V> void delete(Column<K, V> column, K key) throws E;
  }

  public <K, V> void put(Column<K, V> column, K key, V value) {
    change(column, key, Optional.of(value));
  }

  public <K, V> void delete(Column<K, V> column, K key) {
    change(column, key, Optional.empty());
  }

  private void change(Column<?, ?> column, Object key, Optional<Object> value) {
    if (changes.computeIfAbsent(column, c -> new HashMap<>()).put(key, value) == null) {
      size++;
    }
  }

  /** The row as it will be. */
  @SuppressWarnings("unchecked") // what put() let in for this column
  public <K, V> Optional<V> get(Column<K, V> column, K key) {
    Optional<Object> changed = changes.getOrDefault(column, Map.of()).get(key);
    return changed != null ? changed.map(value -> (V) value) : before.get(column, key);
  }

  /** The rows of a column that are put anew, in no order. */
  @SuppressWarnings("unchecked") // what put() let in for this column
  public <K, V> Map<K, V> added(Column<K, V> column) {
    Map<K, V> added = new HashMap<>();
    changes
        .getOrDefault(column, Map.of())
        .forEach((key, value) -> value.ifPresent(v -> added.put((K) key, (V) v)));
    return added;
  }

  /** How many rows change. */
  public int size() {
    return size;
  }

  /** Hands over all changes, each row once. */
  public <E extends Exception> void writeTo(Sink<E> sink) throws E {
    for (Map.Entry<Column<?, ?>, Map<Object, Optional<Object>>> column : changes.entrySet()) {
      writeTo(sink, column.getKey(), column.getValue());
    }
  }

  @SuppressWarnings("unchecked") // what put() let in for this column
  private static <K, V, E extends Exception> void writeTo(
      Sink<E> sink, Column<K, V> column, Map<Object, Optional<Object>> rows) throws E {
    for (Map.Entry<Object, Optional<Object>> row : rows.entrySet()) {
      K key = (K) row.getKey();
      if (row.getValue().isPresent()) {
        sink.put(column, key, (V) row.getValue().get());
      } else {
        sink.delete(column, key);
      }
    }
  }
}
