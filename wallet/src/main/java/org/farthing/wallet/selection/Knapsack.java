package org.farthing.wallet.selection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Looks by random tries for coins that bring the target exactly, or else the target and change with
 * little beyond it, and compares what it finds with the least coin that suffices alone. Also coins
 * that cost more than they are worth may be among them.
 */
final class Knapsack {
  private static final int TRIES = 1000;

  /** With very many coins fewer tries have to do, so that nobody waits for seconds. */
  private static final int MAX_LOOKS = 20_000_000;

  private static final Comparator<CoinGroup> LARGEST_FIRST =
      Comparator.comparingLong(CoinGroup::amountSat)
          .reversed()
          .thenComparingLong(CoinGroup::wasteSat);

  private final SelectionGoal goal;
  private final RandomGenerator random;
  private final List<CoinGroup> smaller = new ArrayList<>();
  private Optional<CoinGroup> leastLarger = Optional.empty();
  private long smallerSat;
  private boolean tooHeavy;

  private Knapsack(SelectionGoal goal, RandomGenerator random) {
    this.goal = goal;
    this.random = random;
  }

  static Outcome run(List<CoinGroup> groups, SelectionGoal goal, RandomGenerator random) {
    return new Knapsack(goal, random).search(Shuffle.of(groups, random));
  }

  private Outcome search(List<CoinGroup> groups) {
    for (CoinGroup group : groups) {
      if (group.weight() > goal.maxInputWeight()) {
        tooHeavy = true;
      } else if (group.amountSat() == goal.targetSat()) {
        return Outcome.found(List.of(group));
      } else {
        sort(group);
      }
    }
    if (smallerSat == goal.targetSat()) {
      if (weight(smaller) <= goal.maxInputWeight()) {
        return Outcome.found(smaller);
      }
      tooHeavy = true;
    }
    return smallerSat < goal.targetSat() ? larger() : best();
  }

  private void sort(CoinGroup group) {
    if (group.amountSat() < withChange()) {
      smaller.add(group);
      smallerSat += group.amountSat();
    } else if (leastLarger.isEmpty() || group.amountSat() < leastLarger.get().amountSat()) {
      leastLarger = Optional.of(group);
    }
  }

  private long withChange() {
    return goal.targetSat() + goal.change().aimSat();
  }

  private Outcome larger() {
    return leastLarger
        .map(group -> Outcome.found(List.of(group)))
        .orElseGet(() -> Outcome.nothing(tooHeavy));
  }

  private Outcome best() {
    smaller.sort(LARGEST_FIRST);
    Subset subset = approximate(goal.targetSat());
    if (subset.sat != goal.targetSat() && smallerSat >= withChange()) {
      subset = approximate(withChange());
    }
    boolean exact = subset.sat == goal.targetSat();
    boolean tooSmallChange = !exact && subset.sat < withChange();
    if (leastLarger.isPresent()
        && (tooSmallChange || leastLarger.get().amountSat() <= subset.sat)) {
      return larger();
    }
    List<CoinGroup> chosen = subset.members.stream().mapToObj(smaller::get).toList();
    if (weight(chosen) > goal.maxInputWeight()) {
      tooHeavy = true;
      return larger();
    }
    return Outcome.found(chosen);
  }

  /** Some of the smaller groups, and what they bring. */
  private record Subset(BitSet members, long sat) {}

  /** The subset found that comes closest to an amount from above; at worst all. */
  private Subset approximate(long targetSat) {
    BitSet all = new BitSet();
    all.set(0, smaller.size());
    Subset best = new Subset(all, smallerSat);
    int tries = Math.min(TRIES, Math.max(1, MAX_LOOKS / smaller.size()));
    for (int i = 0; i < tries && best.sat != targetSat; i++) {
      best = tryOnce(targetSat, best);
    }
    return best;
  }

  /** Takes each group by chance, and then those that were left, until the target is reached. */
  private Subset tryOnce(long targetSat, Subset before) {
    Subset best = before;
    BitSet members = new BitSet(smaller.size());
    long sat = 0;
    int weight = 0;
    boolean reached = false;
    for (int pass = 0; pass < 2 && !reached; pass++) {
      for (int i = 0; i < smaller.size(); i++) {
        boolean take = pass == 0 ? random.nextBoolean() : !members.get(i);
        if (!take) {
          continue;
        }
        CoinGroup group = smaller.get(i);
        members.set(i);
        sat += group.amountSat();
        weight += group.weight();
        if (sat >= targetSat && weight <= goal.maxInputWeight()) {
          reached = true;
          if (sat < best.sat) {
            best = new Subset((BitSet) members.clone(), sat);
          }
          // A smaller one in its place may come closer.
          members.clear(i);
          sat -= group.amountSat();
          weight -= group.weight();
        }
      }
    }
    return best;
  }

  private static int weight(List<CoinGroup> groups) {
    return groups.stream().mapToInt(CoinGroup::weight).sum();
  }
}
