package org.farthing.client;

import java.math.BigDecimal;

/**
 * Coins, exactly.
 *
 * @param sat hundred-millionths of a coin; may be negative, as a fee is in a history
 */
public record Amount(long sat) implements Comparable<Amount> {
  public static final Amount ZERO = new Amount(0);

  private static final int DECIMALS = 8;

  /**
   * @throws ArithmeticException for what has more than eight decimals, or is out of all range
   */
  public static Amount ofCoins(BigDecimal coins) {
    return new Amount(coins.movePointRight(DECIMALS).longValueExact());
  }

  /**
   * @param coins a decimal number, such as {@code 0.5}
   * @throws ArithmeticException for what has more than eight decimals, or is out of all range
   * @throws NumberFormatException for what is no number
   */
  public static Amount ofCoins(String coins) {
    return ofCoins(new BigDecimal(coins));
  }

  public static Amount ofSat(long sat) {
    return new Amount(sat);
  }

  /** With eight decimals. */
  public BigDecimal coins() {
    return BigDecimal.valueOf(sat, DECIMALS);
  }

  /**
   * @throws ArithmeticException if the sum is out of all range
   */
  public Amount plus(Amount other) {
    return new Amount(Math.addExact(sat, other.sat));
  }

  /**
   * @throws ArithmeticException if the difference is out of all range
   */
  public Amount minus(Amount other) {
    return new Amount(Math.subtractExact(sat, other.sat));
  }

  /**
   * @throws ArithmeticException if the product is out of all range
   */
  public Amount times(long factor) {
    return new Amount(Math.multiplyExact(sat, factor));
  }

  @Override
  public int compareTo(Amount other) {
    return Long.compare(sat, other.sat);
  }

  @Override
  public String toString() {
    return coins().toPlainString();
  }
}
