package org.farthing.wallet.selection;

import java.util.Comparator;
import java.util.List;

/**
 * Looks for the coins that need no change: they bring the target, or more by at most what change
 * would cost. Of such sets it finds the one with the least waste (Erhardt, An Evaluation of Coin
 * Selection Strategies, 2016).
 */
final class BranchAndBound extends SetSearch {
  private final SelectionGoal goal;
  private final boolean eachCosts;
  private long bestWaste = Long.MAX_VALUE;

  /**
   * @param groups of positive amounts
   */
  BranchAndBound(List<CoinGroup> groups, SelectionGoal goal) {
    super(groups, Comparator.comparingLong(CoinGroup::wasteSat));
    this.goal = goal;
    this.eachCosts = groups.stream().allMatch(group -> group.wasteSat() >= 0);
  }

  Outcome run() {
    return run(goal.targetSat());
  }

  @Override
  Step judge(int last) {
    if (amountSat() + behindSat(last) < goal.targetSat()) {
      return Step.BACK;
    }
    if (weight() > goal.maxInputWeight()) {
      noteTooHeavy();
      return Step.INSTEAD;
    }
    long excess = amountSat() - goal.targetSat();
    if (excess > goal.change().costSat() || (eachCosts && wasteSat() > bestWaste)) {
      return Step.INSTEAD;
    }
    if (excess < 0) {
      return Step.DEEPER;
    }
    if (wasteSat() + excess <= bestWaste) {
      bestWaste = wasteSat() + excess;
      keep();
    }
    return Step.INSTEAD;
  }
}
