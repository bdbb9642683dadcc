package org.farthing.node.cli.bench.chain;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * All that makes a chain what it is: the same recipe gives the same bytes.
 *
 * <p>First come blocks without payments until a coinbase can be spent, then blocks that split
 * coinbases into coins, then the blocks of payments. Each payment spends two coins, chosen at
 * random among all that can be spent, and makes two. Coins that no payment will ever spend belong
 * to strangers.
 *
 * @param name for people
 * @param seed of everything that is left to chance
 * @param coins how many there are before the payments, all but a thousandth of them at least
 * @param blocks of payments, or of nothing where there are none
 * @param payments in each of them
 * @param mix how many of a hundred outputs have which form
 */
public record ChainRecipe(
    String name, long seed, int coins, int blocks, int payments, Map<OutputForm, Integer> mix) {
  /** The name of the chain of many coins that nobody spends. */
  public static final String COINS = "coins";

  /** Inputs, and outputs, of each payment. */
  static final int SIDES = 2;

  private static final Map<OutputForm, Integer> USUAL =
      Map.of(
          OutputForm.P2WPKH, 50,
          OutputForm.P2TR_KEY, 30,
          OutputForm.P2PKH, 10,
          OutputForm.P2WSH_MULTISIG, 10);

  private static final Map<OutputForm, Integer> ALL_FORMS =
      Map.of(
          OutputForm.P2WPKH, 30,
          OutputForm.P2TR_KEY, 20,
          OutputForm.P2TR_SCRIPT, 20,
          OutputForm.P2PKH, 15,
          OutputForm.P2WSH_MULTISIG, 15);

  private static final Map<OutputForm, Integer> SINGLE = Map.of(OutputForm.P2WPKH, 100);

  private static final List<ChainRecipe> KNOWN =
      List.of(
          new ChainRecipe("signatures", 1, 8_000, 60, 2_000, USUAL),
          new ChainRecipe("signatures-long", 1, 8_000, 240, 2_000, USUAL),
          new ChainRecipe("forms", 2, 8_000, 20, 2_000, ALL_FORMS),
          new ChainRecipe(COINS, 3, 5_000_000, 20, 100, SINGLE),
          new ChainRecipe("old-coins", 4, 1_000_000, 60, 1_000, SINGLE),
          new ChainRecipe("empty", 5, 0, 50_000, 0, SINGLE));

  public ChainRecipe {
    mix = Map.copyOf(mix);
    if (mix.values().stream().mapToInt(Integer::intValue).sum() != 100) {
      throw new IllegalArgumentException("a mix is of a hundred outputs");
    }
    if (coins < SIDES * payments) {
      throw new IllegalArgumentException("a block of payments needs two coins for each of them");
    }
  }

  /** The names of those that can be asked for. */
  public static List<String> names() {
    return KNOWN.stream().map(ChainRecipe::name).toList();
  }

  /**
   * @throws IllegalArgumentException if there is none of this name
   */
  public static ChainRecipe named(String name) {
    return KNOWN.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no chain '" + name + "'"));
  }

  /** The same with other numbers. */
  public ChainRecipe with(int otherCoins, int otherBlocks, int otherPayments) {
    return new ChainRecipe(name, seed, otherCoins, otherBlocks, otherPayments, mix);
  }

  /** Coins that payments may spend at all; the others belong to strangers. */
  int ownCoins() {
    return (int) Math.min(coins, (long) SIDES * payments * blocks);
  }

  OutputForm form(SplittableRandom random) {
    int left = random.nextInt(100);
    // In the order of the constants, since that of the map is no part of the recipe.
    for (OutputForm form : OutputForm.values()) {
      left -= mix.getOrDefault(form, 0);
      if (left < 0) {
        return form;
      }
    }
    throw new AssertionError("a mix is of a hundred outputs: " + Arrays.asList(mix));
  }
}
