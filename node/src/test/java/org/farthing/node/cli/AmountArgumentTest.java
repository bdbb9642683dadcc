package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.farthing.node.cli.outcome.CliException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountArgumentTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1.00000000",
    "0.25, 0.25000000",
    ".5, 0.50000000",
    "0.00000001, 0.00000001",
    "21000000, 21000000.00000000"
  })
  void coinsAreReadExactly(String text, String expected) throws CliException {
    assertThat(AmountArgument.parse(text).toPlainString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, more than zero",
    "-1, more than zero",
    "0.000000001, more than 8 decimals",
    "21000000.00000001, never more than 21000000.00000000",
    "1e30, out of range",
    "ten, not an amount",
    "'1,5', not an amount",
    "NaN, not an amount",
    "'', not an amount"
  })
  void theRestIsRefused(String text, String reason) {
    assertThatThrownBy(() -> AmountArgument.parse(text))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(reason);
  }
}
