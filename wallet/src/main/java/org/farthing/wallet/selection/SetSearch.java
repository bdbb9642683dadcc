package org.farthing.wallet.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A walk through the sets of groups, depth first: in the order of falling amounts each group is
 * taken, and later left. After each taking the search judges whether it makes sense to take more.
 * Of groups with the same amount a later one is never better, and is not tried where the one before
 * it was left. After {@link #MAX_STEPS} the best set so far has to do.
 */
abstract class SetSearch {
  static final int MAX_STEPS = 100_000;

  private final List<CoinGroup> pool;
  private final long[] behind;
  private final List<Integer> taken = new ArrayList<>();
  private Optional<List<CoinGroup>> best = Optional.empty();
  private boolean tooHeavy;
  private long amountSat;
  private long wasteSat;
  private int weight;

  /** What to do after a group was taken. */
  enum Step {
    /** Take the next one too. */
    DEEPER,
    /** Leave this one, and take the next one. */
    INSTEAD,
    /** Neither this one nor any behind it: leave the one that was taken before. */
    BACK
  }

  /**
   * @param better of groups with the same amount
   */
  SetSearch(List<CoinGroup> groups, Comparator<CoinGroup> better) {
    pool = new ArrayList<>(groups);
    pool.sort(Comparator.comparingLong(CoinGroup::amountSat).reversed().thenComparing(better));
    behind = new long[pool.size() + 1];
    for (int i = pool.size() - 1; i >= 0; i--) {
      behind[i] = behind[i + 1] + pool.get(i).amountSat();
    }
  }

  /** Judges the set when the group at an index has just been added. */
  abstract Step judge(int last);

  /** The groups that can be taken, of positive amounts, in their order. */
  List<CoinGroup> pool() {
    return pool;
  }

  long amountSat() {
    return amountSat;
  }

  long wasteSat() {
    return wasteSat;
  }

  int weight() {
    return weight;
  }

  /** What all groups behind this one bring together. */
  long behindSat(int index) {
    return behind[index + 1];
  }

  void noteTooHeavy() {
    tooHeavy = true;
  }

  /** The present set is the best so far. */
  void keep() {
    best = Optional.of(taken.stream().map(pool::get).toList());
  }

  boolean hasBest() {
    return best.isPresent();
  }

  /**
   * @param leastSat without so much in the pool there is nothing to search for
   */
  Outcome run(long leastSat) {
    if (pool.isEmpty() || behind[0] < leastSat) {
      return Outcome.nothing(false);
    }
    int next = 0;
    int steps = 0;
    while (next < pool.size() && steps < MAX_STEPS) {
      take(next);
      steps++;
      next = following(next, judge(next));
    }
    return new Outcome(best, tooHeavy, next >= pool.size());
  }

  /** The group to be taken next; beyond the pool if all is done. */
  private int following(int last, Step step) {
    boolean atEnd = last + 1 == pool.size();
    if (step == Step.DEEPER && !atEnd) {
      return last + 1;
    }
    if (step == Step.BACK || atEnd) {
      leave();
    }
    while (!taken.isEmpty()) {
      int next = afterEquals(leave());
      if (next < pool.size()) {
        return next;
      }
    }
    return pool.size();
  }

  private int afterEquals(int left) {
    int next = left + 1;
    while (next < pool.size() && pool.get(next).amountSat() == pool.get(left).amountSat()) {
      next++;
    }
    return next;
  }

  private void take(int index) {
    CoinGroup group = pool.get(index);
    taken.add(index);
    amountSat += group.amountSat();
    wasteSat += group.wasteSat();
    weight += group.weight();
  }

  private int leave() {
    int index = taken.remove(taken.size() - 1);
    CoinGroup group = pool.get(index);
    amountSat -= group.amountSat();
    wasteSat -= group.wasteSat();
    weight -= group.weight();
    return index;
  }
}
