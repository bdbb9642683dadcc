package org.farthing.wallet.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.InputSize;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.selection.SelectionGoal.ChangeTerms;
import org.farthing.wallet.selection.SpendableCoin.Ancestry;
import org.farthing.wallet.selection.SpendableCoin.Standing;
import org.junit.jupiter.api.Test;

/** Holds the algorithms against all subsets of small sets of coins. */
class SelectionPropertiesTest {
  private static final int CASES = 400;
  private static final long LONG_TERM = 10_000;
  private static final ChangeTerms CHANGE = new ChangeTerms(620, 1_300, 700, 50_620, 124);

  private static SpendableCoin coin(int number, long valueSat, int weight) {
    return new SpendableCoin(
        new OutPoint(Txid.ZERO, number),
        new TxOut(valueSat, ScriptPattern.p2wpkh(new byte[20])),
        Optional.of(InputSize.of(weight, true)),
        new Standing(10, true, Optional.of(AddressType.BECH32), Ancestry.CONFIRMED),
        0);
  }

  /** Few different amounts, so that there are equal ones and sets without change. */
  private static List<SpendableCoin> coins(Random random, int count) {
    List<SpendableCoin> coins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int weight = 4 * (58 + random.nextInt(3) * 45);
      coins.add(coin(i, 20_000 + 1_000L * random.nextInt(60), weight));
    }
    return coins;
  }

  private static SelectionGoal goal(Random random, long rate, int maxInputWeight) {
    long target = 10_000L + random.nextInt(250_000);
    return new SelectionGoal(target, false, new FeePair(rate, LONG_TERM), CHANGE, maxInputWeight);
  }

  private static List<CoinGroup> groups(List<SpendableCoin> coins, SelectionGoal goal) {
    return coins.stream()
        .map(coin -> CoinGroup.of(List.of(PricedCoin.of(coin, goal.rates())), false))
        .filter(group -> group.amountSat() > 0)
        .toList();
  }

  private static List<List<CoinGroup>> subsets(List<CoinGroup> groups) {
    return IntStream.range(1, 1 << groups.size())
        .mapToObj(
            set ->
                IntStream.range(0, groups.size())
                    .filter(i -> (set >> i & 1) == 1)
                    .mapToObj(groups::get)
                    .toList())
        .toList();
  }

  private static long amount(List<CoinGroup> groups) {
    return groups.stream().mapToLong(CoinGroup::amountSat).sum();
  }

  private static int weight(List<CoinGroup> groups) {
    return groups.stream().mapToInt(CoinGroup::weight).sum();
  }

  /** By definition: what inputs cost more than later, and what goes to the miners. */
  private static long wasteWithoutChange(List<CoinGroup> groups, SelectionGoal goal) {
    long waste = amount(groups) - goal.targetSat();
    for (CoinGroup group : groups) {
      for (PricedCoin coin : group.coins()) {
        waste += coin.feeSat() - coin.longTermFeeSat();
      }
    }
    return waste;
  }

  @Test
  void branchAndBoundFindsTheLeastWasteOfAllSetsWithoutChange() {
    Random random = new Random(20261128);
    int found = 0;
    for (int i = 0; i < CASES; i++) {
      SelectionGoal goal =
          goal(random, 10_000 + random.nextInt(60_000), 1_000 + random.nextInt(3_000));
      List<CoinGroup> groups = groups(coins(random, 11), goal);
      Optional<Long> best =
          subsets(groups).stream()
              .filter(set -> weight(set) <= goal.maxInputWeight())
              .filter(set -> amount(set) >= goal.targetSat())
              .filter(set -> amount(set) <= goal.targetSat() + CHANGE.costSat())
              .map(set -> wasteWithoutChange(set, goal))
              .min(Comparator.naturalOrder());
      Optional<List<CoinGroup>> chosen = new BranchAndBound(groups, goal).run().groups();
      assertThat(chosen.map(set -> wasteWithoutChange(set, goal))).isEqualTo(best);
      found += best.isPresent() ? 1 : 0;
    }
    assertThat(found).isBetween(CASES / 4, CASES - CASES / 20);
  }

  @Test
  void coinGrinderFindsTheLeastWeightOfAllSetsWithChange() {
    Random random = new Random(20261129);
    int found = 0;
    for (int i = 0; i < CASES; i++) {
      SelectionGoal goal =
          goal(random, 31_000 + random.nextInt(60_000), 1_000 + random.nextInt(3_000));
      List<CoinGroup> groups = groups(coins(random, 11), goal);
      Comparator<List<CoinGroup>> order =
          Comparator.<List<CoinGroup>>comparingInt(SelectionPropertiesTest::weight)
              .thenComparingLong(SelectionPropertiesTest::amount);
      Optional<List<CoinGroup>> best =
          subsets(groups).stream()
              .filter(set -> weight(set) <= goal.maxInputWeight())
              .filter(set -> amount(set) >= goal.targetSat() + CHANGE.aimSat())
              .min(order);
      Optional<List<CoinGroup>> chosen = new CoinGrinder(groups, goal).run().groups();
      assertThat(chosen.map(SelectionPropertiesTest::weight))
          .isEqualTo(best.map(SelectionPropertiesTest::weight));
      assertThat(chosen.map(SelectionPropertiesTest::amount))
          .isEqualTo(best.map(SelectionPropertiesTest::amount));
      found += best.isPresent() ? 1 : 0;
    }
    assertThat(found).isBetween(CASES / 4, CASES - CASES / 20);
  }

  @Test
  void theOthersPayAndKeepToTheWeight() {
    Random random = new Random(20261130);
    for (int i = 0; i < CASES; i++) {
      SelectionGoal goal =
          goal(random, 1_000 + random.nextInt(50_000), 800 + random.nextInt(3_000));
      List<CoinGroup> groups = groups(coins(random, 12), goal);
      for (Outcome outcome :
          List.of(Knapsack.run(groups, goal, random), SingleRandomDraw.run(groups, goal, random))) {
        outcome
            .groups()
            .ifPresent(
                set -> {
                  assertThat(amount(set)).isGreaterThanOrEqualTo(goal.targetSat());
                  assertThat(weight(set)).isLessThanOrEqualTo(goal.maxInputWeight());
                  assertThat(set).doesNotHaveDuplicates();
                });
      }
      SingleRandomDraw.run(groups, goal, random)
          .groups()
          .ifPresent(
              set ->
                  assertThat(amount(set))
                      .isGreaterThanOrEqualTo(goal.targetSat() + CHANGE.feeSat() + 50_000));
    }
  }

  @Test
  void aSelectionIsNeverShortAndLeavesNoMoreToMinersThanChangeWouldBeWorth()
      throws WalletException {
    Random random = new Random(20261201);
    SelectionPolicy policy = new SelectionPolicy(false, false, true, true, 25, 25);
    int withChange = 0;
    for (int i = 0; i < CASES; i++) {
      SelectionGoal goal = goal(random, 1_000 + random.nextInt(60_000), 400_000);
      List<SpendableCoin> coins = coins(random, 15);
      CoinSelector selector =
          new CoinSelector(
              goal, new CoinSelector.Room(399_000, 399_000), policy, waiting -> 0, random);
      Optional<Selection> chosen = selector.select(coins);
      long most = amount(groups(coins, goal));
      if (chosen.isEmpty()) {
        assertThat(most).isLessThan(goal.targetSat());
        continue;
      }
      Selection selection = chosen.get();
      long excess = selection.amountSat() - goal.targetSat();
      assertThat(excess).isNotNegative();
      if (selection.changeSat() == 0) {
        assertThat(excess)
            .isLessThan(Math.max(CHANGE.feeSat() + CHANGE.leastSat(), CHANGE.costSat() + 1));
      } else {
        assertThat(selection.changeSat()).isEqualTo(excess - CHANGE.feeSat());
        withChange++;
      }
      long inputs =
          selection.coins().stream().mapToLong(coin -> coin.feeSat() - coin.longTermFeeSat()).sum();
      assertThat(selection.wasteSat())
          .isEqualTo(inputs + (selection.changeSat() > 0 ? CHANGE.costSat() : excess));
    }
    assertThat(withChange).isBetween(CASES / 10, CASES);
  }

  @Test
  void kindsOfAddressesAreNotMixedWhereOneSuffices() throws WalletException {
    Random random = new Random(20261202);
    SelectionPolicy policy = new SelectionPolicy(false, false, true, true, 25, 25);
    for (int i = 0; i < CASES / 4; i++) {
      List<SpendableCoin> coins = new ArrayList<>();
      for (int number = 0; number < 12; number++) {
        AddressType kind = number % 2 == 0 ? AddressType.BECH32 : AddressType.BECH32M;
        SpendableCoin coin = coin(number, 20_000 + random.nextInt(60_000), 272);
        coins.add(
            new SpendableCoin(
                coin.outPoint(),
                coin.output(),
                coin.size(),
                new Standing(10, true, Optional.of(kind), Ancestry.CONFIRMED),
                0));
      }
      SelectionGoal goal = goal(random, 5_000, 400_000);
      Optional<Selection> chosen =
          new CoinSelector(
                  goal, new CoinSelector.Room(399_000, 399_000), policy, waiting -> 0, random)
              .select(coins);
      boolean oneSuffices =
          IntStream.of(0, 1)
              .anyMatch(
                  rest ->
                      amount(
                              groups(
                                  IntStream.range(0, 12)
                                      .filter(number -> number % 2 == rest)
                                      .mapToObj(coins::get)
                                      .toList(),
                                  goal))
                          >= goal.targetSat());
      long kinds =
          chosen.stream()
              .flatMap(selection -> selection.coins().stream())
              .map(coin -> coin.coin().standing().kind())
              .distinct()
              .count();
      if (oneSuffices) {
        assertThat(kinds).isEqualTo(1);
      }
    }
  }
}
