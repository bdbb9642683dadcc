package org.farthing.consensus.chain;

import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;

/**
 * What a block does to the set of coins.
 *
 * @param coins the coin that is there afterwards, or empty where there is none any more
 * @param areNew those that are there afterwards were never there before, or were taken back with
 *     their block
 */
public record CoinChanges(Map<OutPoint, Optional<Coin>> coins, boolean areNew) {
  static final CoinChanges NONE = new CoinChanges(Map.of(), false);
}
