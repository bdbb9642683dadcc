package org.farthing.wallet.selection;

import java.util.List;
import java.util.stream.Stream;
import org.farthing.wallet.selection.SpendableCoin.Standing;

/**
 * Coins that are spent together or not at all.
 *
 * @param amountSat what they bring to a payment: their effective values, or their values where the
 *     payees pay the fee
 * @param wasteSat what they cost more now than some other day
 * @param weight of their inputs, each rounded up to whole virtual bytes
 */
public record CoinGroup(List<PricedCoin> coins, long amountSat, long wasteSat, int weight) {
  /** So many coins of one script are in a group at most, so that nobody pays for hundreds. */
  static final int MAX_COINS = 100;

  public CoinGroup {
    coins = List.copyOf(coins);
  }

  /**
   * @param inFull whether coins count with their values, since the payees pay the fee
   */
  static CoinGroup of(List<PricedCoin> coins, boolean inFull) {
    return new CoinGroup(
        coins,
        coins.stream().mapToLong(coin -> coin.amountSat(inFull)).sum(),
        coins.stream().mapToLong(PricedCoin::wasteSat).sum(),
        coins.stream().mapToInt(coin -> coin.coin().inputWeight()).sum());
  }

  /** Of the latest coin. */
  int confirmations() {
    return standings().mapToInt(Standing::confirmations).min().orElse(0);
  }

  /** Whether all are from transactions of the wallet's. */
  boolean isOwn() {
    return standings().allMatch(Standing::own);
  }

  /** At most; ancestors that coins have in common are counted for each. */
  int ancestors() {
    return standings().mapToInt(standing -> standing.ancestry().ancestors()).sum();
  }

  /** Of the largest cluster. */
  int cluster() {
    return standings().mapToInt(standing -> standing.ancestry().cluster()).max().orElse(0);
  }

  private Stream<Standing> standings() {
    return coins.stream().map(coin -> coin.coin().standing());
  }
}
