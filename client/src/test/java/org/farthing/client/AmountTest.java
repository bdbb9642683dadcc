package org.farthing.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class AmountTest {
  @Test
  void coinsAreExact() {
    assertThat(Amount.ofCoins("0.1").plus(Amount.ofCoins("0.2"))).isEqualTo(Amount.ofCoins("0.3"));
    assertThat(Amount.ofCoins("20999999.9769").sat()).isEqualTo(2_099_999_997_690_000L);
    assertThat(Amount.ofSat(1).coins()).isEqualByComparingTo("0.00000001");
    assertThat(Amount.ofSat(1)).hasToString("0.00000001");
    assertThat(Amount.ofSat(-150_000_000)).hasToString("-1.50000000");
    assertThat(Amount.ofCoins(new BigDecimal("1e2"))).isEqualTo(Amount.ofSat(10_000_000_000L));
  }

  @Test
  void whatIsNoAmountIsRefused() {
    assertThatThrownBy(() -> Amount.ofCoins("0.000000001")).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Amount.ofCoins("1e20")).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Amount.ofCoins("one")).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> Amount.ofSat(Long.MAX_VALUE).plus(Amount.ofSat(1)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void amountsAreOrderedAndMultiplied() {
    assertThat(Amount.ofSat(1)).isLessThan(Amount.ofSat(2));
    assertThat(Amount.ofSat(3).times(4).minus(Amount.ofSat(12))).isEqualTo(Amount.ZERO);
  }
}
