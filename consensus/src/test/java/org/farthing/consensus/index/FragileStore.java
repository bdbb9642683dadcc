package org.farthing.consensus.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.store.RocksIndexStore;

/**
 * A store in memory that outlives those who use it, and can break down: like a disk whose process
 * is killed, it keeps what was committed before.
 */
final class FragileStore implements IndexStore {
  private final IndexStore kept;
  private int commitsLeft = Integer.MAX_VALUE;

  FragileStore(IndexLayout layout, ConsensusParams params) {
    kept = RocksIndexStore.inMemory(layout, params);
  }

  /** What a commit throws that comes too late. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Takes {@code commits} more, and breaks down at the next one. */
  void breakAfter(int commits) {
    commitsLeft = commits;
  }

  /** Works again. */
  void repair() {
    commitsLeft = Integer.MAX_VALUE;
  }

  @Override
  public <K, V> Optional<V> get(Column<K, V> column, K key) {
    return kept.get(column, key);
  }

  @Override
  public <K, V> List<Map.Entry<K, V>> page(
      Column<K, V> column, KeyRange<K> range, Order order, int most) {
    return kept.page(column, range, order, most);
  }

  @Override
  public Optional<IndexPosition> position() {
    return kept.position();
  }

  @Override
  public void commit(IndexUpdate update, IndexPosition position) {
    if (commitsLeft-- <= 0) {
      throw new Killed();
    }
    kept.commit(update, position);
  }

  @Override
  public void clear() {
    kept.clear();
  }

  @Override
  public View view() {
    return kept.view();
  }

  @Override
  public void close() {
    kept.close();
  }
}
