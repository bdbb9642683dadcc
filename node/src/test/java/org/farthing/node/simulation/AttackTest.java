package org.farthing.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.farthing.node.simulation.SimulationPlan.Attackers;
import org.farthing.node.simulation.SimulationPlan.Hiding;
import org.farthing.node.simulation.SimulationPlan.Machinery;
import org.farthing.node.simulation.SimulationPlan.Mining;
import org.farthing.node.simulation.SimulationPlan.Payments;
import org.farthing.node.simulation.SimulationPlan.Relay;
import org.farthing.node.simulation.adversary.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three in ten nodes are hostile, and the others go on as if they were not. */
class AttackTest {
  private static final int NODES = 10;
  private static final double SHARE = 0.3;
  private static final long MINUTE = 60_000;

  /** What nobody does by mistake, so that the connection ends. */
  private static final Set<Attack> UNFORGIVABLE =
      EnumSet.of(
          Attack.LYING_COMPACT_BLOCKS,
          Attack.SLOW_READER,
          Attack.MALFORMED,
          Attack.SELF_CONNECTION);

  /** How many connections an attacker may have with a node: its own call, and the node's. */
  private static final int CONNECTIONS = 2;

  private static SimulationPlan plan(List<Attackers> attackers) {
    return SimulationPlan.of(17, NODES)
        .during(MINUTE / 2, 2 * MINUTE)
        .with(new Mining(15, 3))
        .with(new Machinery(250, false))
        .with(new Payments(10, 400))
        .with(attackers);
  }

  private static SimulationReport run(SimulationPlan plan) {
    try (Simulation simulation = new Simulation(plan)) {
      return simulation.run(done -> {});
    }
  }

  private static void assertUnharmed(SimulationReport report, int honest) {
    JsonNode json = report.toJson();
    assertThat(report.tips()).as("all honest nodes are on one chain").isEqualTo(1);
    assertThat(json.at("/blocks/found").asInt()).isPositive();
    assertThat(json.at("/blocks/height").asInt()).isGreaterThan(130);
    assertThat(json.at("/blocks/secondsToShareOfNodes/leastNodesReached").asInt())
        .isEqualTo(honest);
    assertThat(json.at("/transactions/refused").asInt()).isZero();
    int attackers = report.nodes() - honest;
    JsonNode most = json.at("/mostOfANode");
    assertThat(most.at("/headers").asInt()).isLessThan(130 + 100);
    assertThat(most.at("/peers").asInt()).isLessThanOrEqualTo(125);
    assertThat(most.at("/orphans").asInt()).isLessThanOrEqualTo(MAX_ORPHANS);
    assertThat(most.at("/orphanBytes").asInt())
        .isLessThanOrEqualTo(attackers * CONNECTIONS * ORPHAN_BYTES);
    assertThat(most.at("/announcements").asInt())
        .isLessThanOrEqualTo(attackers * CONNECTIONS * ANNOUNCEMENTS + 100);
    assertThat(most.at("/addresses").asInt())
        .isLessThanOrEqualTo(report.nodes() + attackers * ADDRESSES);
    assertThat(most.at("/unsentBytes").asInt())
        .isLessThanOrEqualTo(attackers * CONNECTIONS * UNSENT_BYTES);
  }

  /** Of all transactions that wait for their parents, in Bitcoin Core some thousands. */
  private static final int MAX_ORPHANS = 3000;

  /** Orphans of one peer, in Bitcoin Core by their weight, which is not less than their bytes. */
  private static final int ORPHAN_BYTES = 404_000;

  /** What one peer announces and may be asked for, in Bitcoin Core. */
  private static final int ANNOUNCEMENTS = 5000;

  /** An answer to a question of ours, and one in ten seconds, in Bitcoin Core. */
  private static final int ADDRESSES = 1000 + 60;

  /** What may wait before no more is given, and a block of this chain. */
  private static final int UNSENT_BYTES = 1_000_000 + 100_000;

  @ParameterizedTest
  @EnumSource
  void oneAttackAlone(Attack attack) {
    SimulationPlan plan = plan(List.of(new Attackers(attack, SHARE)));
    if (attack == Attack.LYING_COMPACT_BLOCKS) {
      // It is found out only where its lie comes before the block, which is not often.
      plan = plan.during(MINUTE / 2, 5 * MINUTE).with(new Mining(5, 3));
    }
    SimulationReport report = run(plan);
    assertUnharmed(report, plan.honestNodes());
    if (UNFORGIVABLE.contains(attack)) {
      assertThat(report.of(attack).dropped()).isPositive();
    } else {
      assertThat(report.of(attack).shaken()).isPositive();
      assertThat(report.of(attack).dropped()).as("bounded, and forgiven").isZero();
    }
  }

  /** Where blocks come whole, who is asked first is asked alone, until its time is over. */
  @Test
  void whoStallsADownloadIsDropped() {
    SimulationPlan plan =
        plan(List.of(new Attackers(Attack.STALLING_DOWNLOAD, 0.1)))
            .during(MINUTE / 2, 25 * MINUTE)
            .with(new Mining(120, 3))
            .with(new Relay(false, 0, Hiding.NONE));
    SimulationReport report = run(plan);
    assertUnharmed(report, plan.honestNodes());
    assertThat(report.of(Attack.STALLING_DOWNLOAD).dropped()).isPositive();
  }

  @Test
  void allAttacksTogether() {
    Attack[] all = Attack.values();
    SimulationPlan plan =
        plan(Arrays.stream(all).map(each -> new Attackers(each, SHARE / all.length)).toList());
    SimulationPlan larger =
        SimulationPlan.of(18, 34)
            .during(plan.extent().warmUpMillis(), plan.extent().runMillis())
            .with(plan.machinery())
            .with(plan.events());
    assertThat(larger.honestNodes()).isEqualTo(24);
    SimulationReport report = run(larger);
    assertUnharmed(report, larger.honestNodes());
    // Whether anybody asks the one liar for a whole block is left to chance.
    assertThat(EnumSet.complementOf(EnumSet.of(Attack.LYING_COMPACT_BLOCKS)))
        .filteredOn(UNFORGIVABLE::contains)
        .allSatisfy(attack -> assertThat(report.of(attack).dropped()).isPositive());
  }
}
