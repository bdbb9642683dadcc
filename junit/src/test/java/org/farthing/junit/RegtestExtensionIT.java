package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Several nodes as a parameter; the tests of one class, in this very build. */
@Timeout(120)
@RegtestTest(nodes = 3, coins = 1)
class RegtestExtensionIT {
  @RepeatedTest(3)
  void everyTestFindsTheNetworkAsItWas(RegtestNetwork network, RegtestNode first) {
    assertThat(network.nodes()).hasSize(3).startsWith(first);
    assertThat(first.height()).isEqualTo(103);
    network.split(first);
    first.mine(2);
    network.node(1).mine(3);
    network.heal();
    network.awaitSync();
    assertThat(first.height()).isEqualTo(106);
    network.split(first);
  }
}
