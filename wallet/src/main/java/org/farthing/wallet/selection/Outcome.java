package org.farthing.wallet.selection;

import java.util.List;
import java.util.Optional;

/**
 * What an algorithm has found.
 *
 * @param groups empty where it found nothing
 * @param tooHeavy whether it met groups that would have sufficed but for their weight
 * @param complete whether it has looked at all sets that count
 */
record Outcome(Optional<List<CoinGroup>> groups, boolean tooHeavy, boolean complete) {
  static Outcome found(List<CoinGroup> groups) {
    return new Outcome(Optional.of(List.copyOf(groups)), false, true);
  }

  static Outcome nothing(boolean tooHeavy) {
    return new Outcome(Optional.empty(), tooHeavy, true);
  }
}
