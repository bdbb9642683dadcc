package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of one JVM that are connected over real sockets. */
@Timeout(120)
class RegtestNetworkIT {
  private final RegtestNetwork network = RegtestNetwork.of(3);
  private final RegtestNode alice = network.node(0);
  private final RegtestNode bob = network.node(1);
  private final RegtestNode carol = network.node(2);

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void blocksAndPaymentsReachEverybody() {
    Txid payment = alice.send(carol.newAddress(), 123_456);
    network.awaitSync();
    assertThat(carol.isWaiting(payment)).isTrue();
    bob.mine(1);
    network.awaitSync();
    assertThat(carol.wallet().confirmations(payment)).isEqualTo(1);
    assertThat(alice.tip()).isEqualTo(bob.tip()).isEqualTo(carol.tip());
  }

  @Test
  void everyWalletHasCoins() {
    assertThat(network.nodes())
        .allSatisfy(node -> assertThat(node.wallet().balanceSat()).isEqualTo(50_000_000_000L));
  }

  @Test
  void aPartitionHealsInFavourOfTheLongerBranch() {
    network.split(alice);
    Txid lost = alice.send(alice.newAddress(), 10_000);
    alice.mine(1);
    BlockHash lonely = alice.tip();
    bob.mine(2);
    network.awaitSync();
    assertThat(carol.tip()).isEqualTo(bob.tip());
    assertThat(alice.tip()).isEqualTo(lonely);
    network.heal();
    network.awaitSync();
    assertThat(alice.tip()).isEqualTo(bob.tip());
    assertThat(alice.wallet().confirmations(lost)).isZero();
    assertThat(alice.isWaiting(lost)).isTrue();
  }

  @Test
  void connectionsCanBeChosen() {
    network.disconnect(alice, bob);
    network.disconnect(alice, carol);
    alice.mine(1);
    network.awaitSync();
    assertThat(bob.height()).isEqualTo(alice.height() - 1);
    network.connect(carol, alice);
    network.connect(alice, carol);
    network.awaitSync();
    assertThat(bob.tip()).as("by way of carol").isEqualTo(alice.tip());
    assertThatThrownBy(() -> network.connect(alice, alice))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReorganisationReachesEverybody() {
    Txid payment = alice.send(bob.newAddress(), 10_000);
    alice.mine(2);
    network.awaitSync();
    alice.reorg(2);
    network.awaitSync();
    assertThat(bob.wallet().confirmations(payment)).isZero();
    assertThat(bob.wallet().balance().pendingSat()).isEqualTo(10_000);
  }

  @Test
  void theWholeNetworkGoesBack() {
    alice.send(bob.newAddress(), 10_000);
    network.awaitSync();
    NetworkSnapshot snapshot = network.snapshot();
    List<Map<String, Object>> before = states();
    for (int round = 0; round < 3; round++) {
      carol.mine(2);
      network.awaitSync();
      network.split(bob);
      bob.mine(3);
      alice.send(alice.newAddress(), 20_000);
      network.revert(snapshot);
      network.awaitSync();
      assertThat(states()).isEqualTo(before);
    }
    alice.mine(1);
    network.awaitSync();
    assertThat(bob.height()).as("they are connected again").isEqualTo(alice.height());
  }

  /** Without the time, which goes on. */
  private List<Map<String, Object>> states() {
    List<Map<String, Object>> states = new ArrayList<>();
    for (RegtestNode node : network.nodes()) {
      Map<String, Object> state = State.of(node);
      state.remove("time");
      state.remove("minimum fee");
      states.add(state);
    }
    return states;
  }

  @Test
  void clocksThatStandStillDoNotKeepPaymentsBack() {
    Instant then = Instant.parse("2026-05-01T12:00:00Z");
    try (RegtestNetwork frozen = RegtestNetwork.of(2, node -> node.time(then))) {
      Txid payment = frozen.node(0).send(frozen.node(1).newAddress(), 10_000);
      frozen.node(1).awaitTransaction(payment);
      Txid back = frozen.node(1).send(frozen.node(0).newAddress(), 20_000);
      frozen.node(0).awaitTransaction(back);
      frozen.advanceTime(Duration.ofMinutes(10));
      frozen.node(1).mine(1);
      frozen.awaitSync();
      assertThat(frozen.node(0).time()).isEqualTo(then.plus(Duration.ofMinutes(10)));
    }
  }

  @Test
  void whatDoesNotComeIsExplained() {
    RegtestNode apart = alice;
    network.split(apart);
    network.connect(bob, carol);
    apart.mine(1);
    assertThatThrownBy(() -> apart.awaitHeight(apart.height() + 1, Duration.ofMillis(50)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("node-0 is at 131, not 132");
  }

  @Test
  void largeNetworksAreConnectedToo() {
    try (RegtestNetwork large = RegtestNetwork.of(9, node -> node.coins(1))) {
      large.node(8).mine(1);
      large.awaitSync();
      assertThat(large.node(0).height()).isEqualTo(110);
    }
  }
}
