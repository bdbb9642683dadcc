package org.farthing.consensus.chain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;

/** The coins as of the tip, those read last kept in memory. For the owner of the chain. */
final class CoinCache implements CoinView {
  private static final int MAX_COINS = 50_000;

  /** About. */
  private static final int BYTES_FOR_EACH = 200;

  /** How many bytes of memory the coins take at most, about. */
  static final long MAX_BYTES = (long) MAX_COINS * BYTES_FOR_EACH;

  private final Ledger ledger;
  private final Map<OutPoint, Coin> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<OutPoint, Coin> eldest) {
          return size() > MAX_COINS;
        }
      };

  CoinCache(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Optional<Coin> coin(OutPoint outPoint) {
    Coin cached = recent.get(outPoint);
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<Coin> stored = ledger.coin(outPoint);
    stored.ifPresent(coin -> recent.put(outPoint, coin));
    return stored;
  }

  /**
   * Follows changes that are in the ledger already, which has the new coins at hand for a while.
   */
  void apply(CoinChanges changes) {
    changes
        .coins()
        .forEach(
            (outPoint, coin) -> {
              if (coin.isEmpty() || !changes.areNew()) {
                recent.remove(outPoint);
              }
            });
  }
}
