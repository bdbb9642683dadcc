package org.farthing.consensus.primitives;

import java.math.BigDecimal;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Amounts of money: always whole satoshis in a {@code long}, and their exact decimal text in coins.
 */
public final class Amount {
  /** Satoshis in one coin. */
  public static final long COIN = 100_000_000L;

  /** No amount, and no sum of amounts in a transaction, may be larger (satoshis). */
  public static final long MAX_MONEY = 21_000_000L * COIN;

  private static final int DECIMALS = 8;

  private Amount() {}

  public static boolean isInRange(long sat) {
    return sat >= 0 && sat <= MAX_MONEY;
  }

  /** Coins with exactly eight decimals: {@code 0.00001000}. */
  public static String format(long sat) {
    return BigDecimal.valueOf(sat, DECIMALS).toPlainString();
  }

  /** The same with no more decimals than it needs, but at least two. */
  public static String shortest(long sat) {
    return format(sat).replaceFirst("0{1,6}$", "");
  }

  /**
   * Reads a number of coins with at most eight decimals, exactly.
   *
   * @return satoshis, of any sign and size that a {@code long} holds
   * @throws DecodeException if it is no number, or too precise, or too large for a {@code long}
   */
  public static long parse(String coins) throws DecodeException {
    if (coins.length() > 40) {
      throw new DecodeException("not an amount: too long");
    }
    BigDecimal value;
    try {
      value = new BigDecimal(coins.trim());
    } catch (NumberFormatException e) {
      throw new DecodeException("not an amount: '" + coins + "'");
    }
    if (Math.abs((long) value.scale()) > 40) {
      throw new DecodeException("not an amount: '" + coins + "'");
    }
    try {
      return value.movePointRight(DECIMALS).longValueExact();
    } catch (ArithmeticException e) {
      throw new DecodeException(
          value.stripTrailingZeros().scale() > DECIMALS
              ? "amount '" + coins + "' has more than 8 decimals"
              : "amount '" + coins + "' is out of range");
    }
  }
}
