package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinerPolicyTest {
  private static final String TXID = "ab".repeat(32);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "steady",
        "on-demand",
        "each-transaction",
        "interval:10",
        "interval:0.5",
        "poisson:600",
        "poisson:0.001:-7",
        "until:abababababababababababababababababababababababababababababababab",
        "until:abababababababababababababababababababababababababababababababab:6"
      })
  void isReadAsItIsWritten(String text) throws ConfigException {
    assertThat(MinerPolicy.parse(text).text()).isEqualTo(text);
  }

  @Test
  void saysWhenBlocksAreMade() throws Exception {
    assertThat(MinerPolicy.parse("interval:2.25")).isEqualTo(new MinerPolicy.Interval(2250));
    assertThat(MinerPolicy.parse("poisson:1:9"))
        .isEqualTo(new MinerPolicy.Poisson(1000, OptionalLong.of(9)));
    assertThat(MinerPolicy.parse("until:" + TXID))
        .isEqualTo(new MinerPolicy.UntilConfirmed(Txid.parse(TXID), 1));
    assertThat(MinerPolicy.parse("interval:10").worksUnasked()).isTrue();
    assertThat(MinerPolicy.parse("on-demand").worksUnasked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "often",
        "steady:1",
        "interval",
        "interval:",
        "interval:0",
        "interval:-1",
        "interval:0.0001",
        "interval:1e3",
        "interval:1:2",
        "interval:99999999",
        "poisson:1:x",
        "poisson:1:2:3",
        "until",
        "until:1234",
        "until:abababababababababababababababababababababababababababababababab:0",
        "until:abababababababababababababababababababababababababababababababab:99999"
      })
  void whatIsNoPolicyIsRefused(String text) {
    assertThatThrownBy(() -> MinerPolicy.parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot mine by '" + text + "'")
        .hasMessageContaining("steady, interval:SECONDS");
  }
}
