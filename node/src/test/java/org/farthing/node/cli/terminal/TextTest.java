package org.farthing.node.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "61, 1 min 1 s",
    "3660, 1 h 1 min",
    "90000, 1 d 1 h",
  })
  void durationsHaveTwoUnits(long seconds, String expected) {
    assertThat(Text.duration(seconds)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1234567, 1.2 MB",
    "999999, 1.0 MB",
  })
  void largeNumbersHaveAPrefix(double value, String expected) {
    assertThat(Text.scaled(value, "B")).isEqualTo(expected);
  }

  @Test
  void coinsHaveEightDecimals() {
    assertThat(Text.coins(DecimalNode.valueOf(new BigDecimal("1.5")))).isEqualTo("1.50000000");
    assertThat(Text.coins(NullNode.instance)).isEqualTo("-");
    assertThat(Text.signedCoins(DecimalNode.valueOf(new BigDecimal("1.5"))))
        .isEqualTo("+1.50000000");
    assertThat(Text.signedCoins(DecimalNode.valueOf(new BigDecimal("-1.5"))))
        .isEqualTo("-1.50000000");
  }
}
