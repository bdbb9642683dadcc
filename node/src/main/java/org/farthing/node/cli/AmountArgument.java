package org.farthing.node.cli;

import java.math.BigDecimal;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Amount;
import org.farthing.node.cli.outcome.CliException;

/** An amount of coins that somebody wants to pay, read exactly. */
final class AmountArgument {
  private AmountArgument() {}

  /**
   * @return coins, more than none and at most all there can be
   * @throws CliException says what is wrong with the text
   */
  static BigDecimal parse(String text) throws CliException {
    return new BigDecimal(Amount.format(sat(text)));
  }

  /** The same in satoshis. */
  static long sat(String text) throws CliException {
    long sat;
    try {
      sat = Amount.parse(text);
    } catch (DecodeException e) {
      throw CliException.usage(e.getMessage()).hint("write coins like 1, 0.25 or 0.00001000.");
    }
    if (sat <= 0) {
      throw CliException.usage("the amount must be more than zero, not " + text);
    }
    if (!Amount.isInRange(sat)) {
      throw CliException.usage(
          "there are never more than " + Amount.format(Amount.MAX_MONEY) + " coins");
    }
    return sat;
  }
}
