package org.farthing.wallet.selection;

import java.util.ArrayList;
import java.util.List;

/**
 * Coins that pay for a goal.
 *
 * @param bumpDiscountSat what ancestors cost less together than each coin's on its own, because
 *     coins have some in common
 */
public record Selection(
    Algorithm algorithm, List<PricedCoin> coins, SelectionGoal goal, long bumpDiscountSat) {
  /** How the coins were found. */
  public enum Algorithm {
    BRANCH_AND_BOUND,
    KNAPSACK,
    COIN_GRINDER,
    SINGLE_RANDOM_DRAW,
    /** The owner named them. */
    NAMED
  }

  public Selection {
    coins = List.copyOf(coins);
  }

  static Selection of(Algorithm algorithm, List<CoinGroup> groups, SelectionGoal goal) {
    return new Selection(
        algorithm, groups.stream().flatMap(group -> group.coins().stream()).toList(), goal, 0);
  }

  /** Coins that the owner has named, and nothing else. */
  public static Selection named(List<SpendableCoin> coins, SelectionGoal goal) {
    return new Selection(Algorithm.NAMED, priced(coins, goal), goal, 0);
  }

  private static List<PricedCoin> priced(List<SpendableCoin> coins, SelectionGoal goal) {
    return coins.stream().map(coin -> PricedCoin.of(coin, goal.rates())).toList();
  }

  /** With coins that the owner has named before the others, for the goal of both. */
  public Selection after(List<SpendableCoin> named, SelectionGoal whole) {
    List<PricedCoin> all = new ArrayList<>(priced(named, whole));
    all.addAll(coins);
    return new Selection(algorithm, all, whole, bumpDiscountSat);
  }

  Selection withBumpDiscount(long sat) {
    return new Selection(algorithm, coins, goal, sat);
  }

  /** The coins' values. */
  public long valueSat() {
    return coins.stream().mapToLong(coin -> coin.coin().valueSat()).sum();
  }

  /** What the coins bring to the payment. */
  public long amountSat() {
    return goal.inFull()
        ? valueSat()
        : coins.stream().mapToLong(PricedCoin::effectiveSat).sum() + bumpDiscountSat;
  }

  /** What has to be paid for ancestors. */
  public long bumpFeeSat() {
    return coins.stream().mapToLong(coin -> coin.coin().bumpFeeSat()).sum() - bumpDiscountSat;
  }

  /** The inputs' weight, each rounded up to whole virtual bytes. */
  public int weight() {
    return coins.stream().mapToInt(coin -> coin.coin().inputWeight()).sum();
  }

  /** What comes back, its output paid for; 0 where that is too little for an output. */
  public long changeSat() {
    long change = amountSat() - goal.targetSat() - (goal.inFull() ? 0 : goal.change().feeSat());
    return change < goal.change().leastSat() ? 0 : change;
  }

  /**
   * What the selection costs beyond what must be: the inputs now rather than some other day, and
   * what making and spending change costs, or else what is above the target and goes to the miners.
   * The less the better; it is below 0 while spending coins is cheaper than it usually is.
   */
  public long wasteSat() {
    long inputs = coins.stream().mapToLong(PricedCoin::wasteSat).sum() - bumpDiscountSat;
    return inputs + (changeSat() > 0 ? goal.change().costSat() : amountSat() - goal.targetSat());
  }
}
