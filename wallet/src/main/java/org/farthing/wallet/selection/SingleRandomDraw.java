package org.farthing.wallet.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Takes coins at random until they pay for the target and a change that is worth having. Where they
 * get too heavy the least of them are put back.
 */
final class SingleRandomDraw {
  /** Change of so many satoshis is worth having. */
  static final long LEAST_CHANGE_SAT = 50_000;

  private static final Comparator<CoinGroup> LEAST_FIRST =
      Comparator.comparingLong(CoinGroup::amountSat)
          .thenComparing(Comparator.comparingInt(CoinGroup::weight).reversed());

  private SingleRandomDraw() {}

  /**
   * @param groups of positive amounts
   */
  static Outcome run(List<CoinGroup> groups, SelectionGoal goal, RandomGenerator random) {
    long targetSat = goal.targetSat() + LEAST_CHANGE_SAT + goal.change().feeSat();
    PriorityQueue<CoinGroup> drawn = new PriorityQueue<>(LEAST_FIRST);
    long amountSat = 0;
    int weight = 0;
    boolean tooHeavy = false;
    for (CoinGroup group : Shuffle.of(groups, random)) {
      drawn.add(group);
      amountSat += group.amountSat();
      weight += group.weight();
      while (weight > goal.maxInputWeight() && !drawn.isEmpty()) {
        tooHeavy = true;
        CoinGroup back = drawn.remove();
        amountSat -= back.amountSat();
        weight -= back.weight();
      }
      if (amountSat >= targetSat) {
        return Outcome.found(new ArrayList<>(drawn));
      }
    }
    return Outcome.nothing(tooHeavy);
  }
}
