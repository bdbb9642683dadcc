package org.farthing.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ShareTargetTest {
  /** From the Bitcoin wiki, "Difficulty": the targets of difficulty 1 and of 0x1b0404cb. */
  @Test
  void difficultiesAreBitcoins() {
    assertThat(ShareTarget.of(1)).isEqualTo(new BigInteger("ffff" + "0".repeat(52), 16));
    assertThat(ShareTarget.ofTarget(ShareTarget.ofBits(0x1b0404cb)))
        .isCloseTo(16307.420938523983, within(1e-9));
    assertThat(ShareTarget.ofTarget(ShareTarget.ofBits(0x207fffff)))
        .isCloseTo(4.656542373906925e-10, within(1e-24));
  }

  @Test
  void targetsOfFractionsAndExtremesExist() {
    assertThat(ShareTarget.of(0.5)).isEqualTo(ShareTarget.of(1).shiftLeft(1));
    assertThat(ShareTarget.of(1e-300)).isEqualTo(ShareTarget.EASIEST);
    assertThat(ShareTarget.of(ShareTarget.LEAST).bitLength()).isBetween(255, 256);
    assertThat(ShareTarget.of(1e300)).isEqualTo(BigInteger.ZERO);
  }
}
