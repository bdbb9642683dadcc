package org.farthing.consensus.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;

/** Coins as they would be after changes that are never made. */
final class CoinOverlay implements CoinView {
  private final CoinView base;
  private final Map<OutPoint, Optional<Coin>> changes = new HashMap<>();

  CoinOverlay(CoinView base) {
    this.base = base;
  }

  @Override
  public Optional<Coin> coin(OutPoint outPoint) {
    Optional<Coin> changed = changes.get(outPoint);
    return changed != null ? changed : base.coin(outPoint);
  }

  void put(OutPoint outPoint, Coin coin) {
    changes.put(outPoint, Optional.of(coin));
  }

  void remove(OutPoint outPoint) {
    changes.put(outPoint, Optional.empty());
  }

  void apply(CoinChanges more) {
    changes.putAll(more.coins());
  }

  /** How many outputs differ, or did for a while. */
  int size() {
    return changes.size();
  }
}
