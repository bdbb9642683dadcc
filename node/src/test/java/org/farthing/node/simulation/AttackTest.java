package org.farthing.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.farthing.node.simulation.SimulationPlan.Attackers;
import org.farthing.node.simulation.SimulationPlan.Mining;
import org.farthing.node.simulation.SimulationPlan.Payments;
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
  private static final Set<Attack> UNFORGIVABLE = EnumSet.of(Attack.MALFORMED, Attack.SLOW_READER);

  private static SimulationPlan plan(List<Attackers> attackers) {
    return SimulationPlan.of(17, NODES)
        .during(MINUTE / 2, 2 * MINUTE)
        .with(new Mining(15, 3))
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
    JsonNode most = json.at("/mostOfANode");
    assertThat(most.at("/headers").asInt()).isLessThan(130 + 100);
    assertThat(most.at("/orphans").asInt()).isLessThanOrEqualTo(MAX_ORPHANS);
    assertThat(most.at("/peers").asInt()).isLessThanOrEqualTo(125);
    assertThat(most.at("/addresses").asInt()).isLessThanOrEqualTo(MAX_ADDRESSES);
  }

  /** Of all transactions that wait for their parents, in Bitcoin Core some thousands. */
  private static final int MAX_ORPHANS = 3000;

  /** The places of Bitcoin Core's address manager. */
  private static final int MAX_ADDRESSES = (1024 + 256) * 64;

  @ParameterizedTest
  @EnumSource
  void oneAttackAlone(Attack attack) {
    SimulationPlan plan = plan(List.of(new Attackers(attack, SHARE)));
    SimulationReport report = run(plan);
    assertUnharmed(report, plan.honestNodes());
    assertThat(report.of(attack).shaken()).isPositive();
    if (UNFORGIVABLE.contains(attack)) {
      assertThat(report.of(attack).dropped()).isPositive();
    }
  }

  @Test
  void allAttacksTogether() {
    Attack[] all = Attack.values();
    SimulationPlan plan =
        plan(Arrays.stream(all).map(each -> new Attackers(each, SHARE / all.length)).toList());
    SimulationPlan larger =
        SimulationPlan.of(18, 34)
            .during(plan.extent().warmUpMillis(), plan.extent().runMillis())
            .with(plan.events());
    assertThat(larger.honestNodes()).isEqualTo(24);
    SimulationReport report = run(larger);
    assertUnharmed(report, larger.honestNodes());
  }
}
