package org.farthing.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.simulation.adversary.Attack;
import org.junit.jupiter.api.Test;

class PlanFileTest {
  private static SimulationPlan read(String json) {
    try {
      return PlanFile.read(Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everythingMayBeLeftOut() {
    assertThat(read("{}")).isEqualTo(SimulationPlan.of(1, 100));
    assertThat(read("{'seed':7,'nodes':5}")).isEqualTo(SimulationPlan.of(7, 5));
  }

  @Test
  void everythingMayBeSaid() {
    SimulationPlan plan =
        read(
            """
            {'seed': 2, 'nodes': 5, 'warmUpMinutes': 0.5, 'minutes': 7, 'tickMillis': 250,
             'regions': [{'name': 'here', 'share': 2, 'upMbit': 8, 'downMbit': 16,
                          'latencyMillis': [12.5]}],
             'connectionSigma': 0.4, 'messageSigma': 0, 'knownAddresses': 9,
             'links': [[0, 1], [1, 2]], 'clockSpreadSeconds': 3,
             'mining': {'blockSeconds': 30, 'miners': 2},
             'payments': {'perMinute': 4, 'bytes': 500},
             'partitions': [{'atMinute': 1, 'minutes': 2, 'share': 0.4}],
             'leavesPerHour': 5, 'awayMinutes': 6, 'lostConnectionsPerHour': 7,
             'attackers': [{'kind': 'slow-reader', 'share': 0.4}], 'compactBlocks': false,
             'spies': 0.2, 'broadcast': 'private', 'onions': 0.4}
            """);
    assertThat(plan.extent().runMillis()).isEqualTo(420_000);
    assertThat(plan.extent().warmUpMillis()).isEqualTo(30_000);
    assertThat(plan.machinery().tickMillis()).isEqualTo(250);
    assertThat(plan.network().geography())
        .isEqualTo(
            new Geography(List.of(new Geography.Region("here", 2, 8, 16, List.of(12.5))), 0.4, 0));
    assertThat(plan.network().wiring())
        .isEqualTo(
            new SimulationPlan.Wiring(
                9, List.of(new SimulationPlan.Link(0, 1), new SimulationPlan.Link(1, 2)), 3000));
    assertThat(plan.events().mining()).isEqualTo(new SimulationPlan.Mining(30, 2));
    assertThat(plan.events().payments()).isEqualTo(new SimulationPlan.Payments(4, 500));
    assertThat(plan.events().attackers())
        .containsExactly(new SimulationPlan.Attackers(Attack.SLOW_READER, 0.4));
    assertThat(plan.honestNodes()).isEqualTo(3);
    assertThat(plan.network().relay())
        .isEqualTo(
            new SimulationPlan.Relay(
                false, 0.2, new SimulationPlan.Hiding(SimulationPlan.Broadcast.PRIVATE, 0.4)));
    assertThat(plan.events().unrest())
        .isEqualTo(
            new SimulationPlan.Unrest(
                List.of(new SimulationPlan.Partition(60_000, 120_000, 0.4)), 5, 360_000, 7));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String wrong :
        List.of(
            "[]",
            "{'node': 3}",
            "{'nodes': 'many'}",
            "{'nodes': 0}",
            "{'mining': {'speed': 1}}",
            "{'nodes': 2, 'links': [[0, 2]]}",
            "{'links': [[0]]}",
            "{'compactBlocks': 1}",
            "{'attackers': [{'kind': 'rudeness'}]}",
            "{'attackers': [{'kind': 'malformed', 'share': 1}]}",
            "{'regions': [{'latencyMillis': [1, 2]}]}")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> read(wrong));
    }
  }
}
