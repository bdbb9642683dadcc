package org.farthing.wallet.selection;

import java.util.Comparator;
import java.util.List;

/**
 * Looks for the coins of the least weight that pay for the target and for change; of several sets
 * for the one that ties up the least. For times in which fees are high.
 */
final class CoinGrinder extends SetSearch {
  private final long targetSat;
  private final int maxWeight;
  private final int[] lightestBehind;
  private int bestWeight;
  private long bestAmount = Long.MAX_VALUE;

  /**
   * @param groups of positive amounts
   */
  CoinGrinder(List<CoinGroup> groups, SelectionGoal goal) {
    super(groups, Comparator.comparingInt(CoinGroup::weight));
    this.targetSat = goal.targetSat() + goal.change().aimSat();
    this.maxWeight = goal.maxInputWeight();
    this.bestWeight = maxWeight;
    this.lightestBehind = new int[pool().size()];
    int lightest = Integer.MAX_VALUE;
    for (int i = pool().size() - 1; i >= 0; i--) {
      lightestBehind[i] = lightest;
      lightest = Math.min(lightest, pool().get(i).weight());
    }
  }

  Outcome run() {
    return run(targetSat);
  }

  @Override
  Step judge(int last) {
    if (amountSat() + behindSat(last) < targetSat) {
      return Step.BACK;
    }
    if (weight() > bestWeight) {
      if (weight() > maxWeight) {
        noteTooHeavy();
      }
      return otherThan(last);
    }
    if (amountSat() >= targetSat) {
      if (weight() < bestWeight || amountSat() < bestAmount) {
        bestWeight = weight();
        bestAmount = amountSat();
        keep();
      }
      return Step.INSTEAD;
    }
    return hasBest() && leastWeight(last) > bestWeight ? otherThan(last) : Step.DEEPER;
  }

  /** Where none of those behind is lighter, putting one of them in its place does not help. */
  private Step otherThan(int last) {
    return pool().get(last).weight() <= lightestBehind[last] ? Step.BACK : Step.INSTEAD;
  }

  /** No set that goes on from here weighs less: those behind bring no more than this one. */
  private long leastWeight(int last) {
    long each = pool().get(last).amountSat();
    long missing = (targetSat - amountSat() + each - 1) / each;
    return weight() + missing * lightestBehind[last];
  }
}
