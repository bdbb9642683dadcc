package org.farthing.node.cli;

import java.math.BigDecimal;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.outcome.CliException;
import picocli.CommandLine.Option;

/** What transactions of contracts pay to the miners. */
final class ContractFee {
  private static final int DECIMALS_OF_KVB = 3;

  @Option(
      names = "--fee-rate",
      paramLabel = "SAT",
      description = "fee in satoshis for each virtual byte (default: the node's estimate)")
  private BigDecimal rate;

  /** As its owner gave it; satoshis for each virtual byte. */
  BigDecimal rateOrNull() throws CliException {
    if (rate != null && rate.signum() <= 0) {
      throw CliException.usage("the fee rate must be more than nothing, unlike " + rate);
    }
    return rate;
  }

  /** Satoshis for each thousand virtual bytes: what its owner wants, or else the node estimates. */
  long satPerKvb(Chain chain) throws CliException, RefusedException {
    BigDecimal wanted = rateOrNull();
    if (wanted == null) {
      return chain.satPerKvb();
    }
    try {
      return wanted.movePointRight(DECIMALS_OF_KVB).longValueExact();
    } catch (ArithmeticException e) {
      throw CliException.usage("a fee rate has three decimals at most, unlike " + wanted);
    }
  }
}
