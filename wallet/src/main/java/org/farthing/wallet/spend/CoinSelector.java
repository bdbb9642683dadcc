package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Chooses the coins of a transaction. A coin counts with its <em>effective value</em>: what is left
 * of it when its input's fee is paid.
 *
 * <p>First a depth-first search with bounds (branch-and-bound) looks for a set that needs no
 * change: its value is the target, or above it by less than making and spending change would cost.
 * Where there is none, candidates with change are made: the coins in the order of their value, and
 * several random orders, each taken until the target and the least change are reached. Of all
 * candidates the one with the least <em>waste</em> wins: what its inputs cost now beyond what they
 * would cost at a long-term rate, plus what change costs, or the excess that goes to the fee where
 * there is none. So many coins are spent while fees are low and few while they are high, and random
 * draws keep the set of coins from falling into dust.
 */
public final class CoinSelector {
  /** The rate at which coins left over will be spent some day. */
  public static final long LONG_TERM_SAT_PER_KVB = 10_000;

  private static final int MAX_TRIES = 100_000;
  private static final int RANDOM_DRAWS = 8;

  private final long rateSatPerKvb;
  private final RandomGenerator random;

  public CoinSelector(long rateSatPerKvb, RandomGenerator random) {
    this.rateSatPerKvb = rateSatPerKvb;
    this.random = random;
  }

  /**
   * What has to be reached.
   *
   * @param targetSat payments, and the fee of everything but the inputs, without change
   * @param changeFeeSat what a change output adds to the fee
   * @param changeSpendFeeSat what spending the change will cost at the long-term rate
   * @param minChangeSat change below this is not made
   * @param maxInputWeight the most that all inputs may weigh
   */
  public record Goal(
      long targetSat,
      long changeFeeSat,
      long changeSpendFeeSat,
      long minChangeSat,
      int maxInputWeight) {
    long costOfChangeSat() {
      return changeFeeSat + changeSpendFeeSat;
    }
  }

  private record Candidate(SpendableCoin coin, long effectiveSat, long wasteSat) {}

  private record Choice(List<Candidate> coins, long wasteSat) {}

  /** The coins to spend, or empty where they don't suffice. */
  public Optional<List<SpendableCoin>> select(List<SpendableCoin> coins, Goal goal) {
    List<Candidate> candidates = new ArrayList<>();
    for (SpendableCoin coin : coins) {
      long effective = coin.valueSat() - Fees.ofWeight(rateSatPerKvb, coin.inputWeight());
      if (effective > 0) {
        candidates.add(new Candidate(coin, effective, inputWaste(coin)));
      }
    }
    candidates.sort(Comparator.comparingLong(Candidate::effectiveSat).reversed());
    List<Choice> choices = new ArrayList<>();
    new Search(candidates, goal).run().ifPresent(choices::add);
    draw(candidates, goal).ifPresent(choices::add);
    List<Candidate> shuffled = new ArrayList<>(candidates);
    for (int i = 0; i < RANDOM_DRAWS; i++) {
      shuffle(shuffled);
      draw(shuffled, goal).ifPresent(choices::add);
    }
    return choices.stream()
        .filter(choice -> weight(choice) <= goal.maxInputWeight())
        .min(Comparator.comparingLong(Choice::wasteSat))
        .map(choice -> choice.coins().stream().map(Candidate::coin).toList());
  }

  private void shuffle(List<Candidate> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  private long inputWaste(SpendableCoin coin) {
    return Fees.ofWeight(rateSatPerKvb, coin.inputWeight())
        - Fees.ofWeight(LONG_TERM_SAT_PER_KVB, coin.inputWeight());
  }

  private static long weight(Choice choice) {
    return choice.coins().stream().mapToLong(c -> c.coin().inputWeight()).sum();
  }

  /** Takes coins in their order until target, change and its fee are covered, or all are taken. */
  private static Optional<Choice> draw(List<Candidate> order, Goal goal) {
    List<Candidate> taken = new ArrayList<>();
    long withChange = goal.targetSat() + goal.changeFeeSat() + goal.minChangeSat();
    long sum = 0;
    long waste = 0;
    for (Candidate candidate : order) {
      if (sum >= withChange) {
        break;
      }
      taken.add(candidate);
      sum += candidate.effectiveSat();
      waste += candidate.wasteSat();
    }
    if (sum < goal.targetSat()) {
      return Optional.empty();
    }
    waste += sum >= withChange ? goal.costOfChangeSat() : sum - goal.targetSat();
    return Optional.of(new Choice(List.copyOf(taken), waste));
  }

  /** The search for a set without change: each coin is taken or left, in falling order. */
  private static final class Search {
    private final List<Candidate> coins;
    private final Goal goal;
    private final long[] remaining;
    private final List<Candidate> current = new ArrayList<>();
    private Choice best;
    private int tries;

    Search(List<Candidate> coins, Goal goal) {
      this.coins = coins;
      this.goal = goal;
      this.remaining = new long[coins.size() + 1];
      for (int i = coins.size() - 1; i >= 0; i--) {
        remaining[i] = remaining[i + 1] + coins.get(i).effectiveSat();
      }
    }

    /**
     * Walks the tree without recursion: {@code depth} coins are decided, {@code taken} holds the
     * indices of those in the set.
     */
    Optional<Choice> run() {
      List<Integer> taken = new ArrayList<>();
      long sum = 0;
      long waste = 0;
      int depth = 0;
      while (tries++ < MAX_TRIES) {
        boolean back = isDeadEnd(sum, depth, waste);
        if (!back && sum >= goal.targetSat()) {
          remember(waste + sum - goal.targetSat());
          back = true;
        }
        if (!back && depth < coins.size()) {
          Candidate next = coins.get(depth);
          taken.add(depth++);
          current.add(next);
          sum += next.effectiveSat();
          waste += next.wasteSat();
          continue;
        }
        if (taken.isEmpty()) {
          break;
        }
        // Leave the last coin taken, and go on with those behind it.
        depth = taken.remove(taken.size() - 1);
        Candidate left = current.remove(current.size() - 1);
        sum -= left.effectiveSat();
        waste -= left.wasteSat();
        depth = afterEquals(depth);
      }
      return Optional.ofNullable(best);
    }

    private boolean isDeadEnd(long sum, int depth, long waste) {
      boolean costsMoreWithEachCoin = !coins.isEmpty() && coins.get(0).wasteSat() > 0;
      return sum + remaining[depth] < goal.targetSat()
          || sum > goal.targetSat() + goal.costOfChangeSat()
          || (best != null && costsMoreWithEachCoin && waste > best.wasteSat());
    }

    /** A coin just like the one that was left need not be tried. */
    private int afterEquals(int left) {
      int next = left + 1;
      while (next < coins.size()
          && coins.get(next).effectiveSat() == coins.get(left).effectiveSat()
          && coins.get(next).wasteSat() == coins.get(left).wasteSat()) {
        next++;
      }
      return next;
    }

    private void remember(long wasteSat) {
      if (best == null || wasteSat < best.wasteSat()) {
        best = new Choice(List.copyOf(current), wasteSat);
      }
    }
  }
}
