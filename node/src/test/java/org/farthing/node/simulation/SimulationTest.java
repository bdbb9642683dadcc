package org.farthing.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.farthing.node.simulation.SimulationPlan.Broadcast;
import org.farthing.node.simulation.SimulationPlan.Hiding;
import org.farthing.node.simulation.SimulationPlan.Link;
import org.farthing.node.simulation.SimulationPlan.Machinery;
import org.farthing.node.simulation.SimulationPlan.Mining;
import org.farthing.node.simulation.SimulationPlan.Partition;
import org.farthing.node.simulation.SimulationPlan.Payments;
import org.farthing.node.simulation.SimulationPlan.Relay;
import org.farthing.node.simulation.SimulationPlan.Unrest;
import org.farthing.node.simulation.SimulationPlan.Wiring;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final long MINUTE = 60_000;

  /** Blocks and payments come often, so that little time shows much. */
  private static SimulationPlan busy(long seed, int nodes) {
    return SimulationPlan.of(seed, nodes)
        .during(MINUTE, 10 * MINUTE)
        .with(new Mining(60, 3))
        .with(new Payments(10, 1000));
  }

  private static SimulationReport run(SimulationPlan plan) {
    try (Simulation simulation = new Simulation(plan)) {
      return simulation.run(done -> {});
    }
  }

  @Test
  void onePlanGivesOneTrace() {
    SimulationPlan plan =
        busy(3, 12)
            .with(new Unrest(List.of(new Partition(MINUTE, 2 * MINUTE, 0.5)), 60, MINUTE, 60));
    SimulationReport first = run(plan);
    assertThat(first.trace().events()).isGreaterThan(1000);
    assertThat(run(plan).trace()).isEqualTo(first.trace());
    assertThat(run(busy(4, 12).with(plan.events().unrest())).trace()).isNotEqualTo(first.trace());
    SimulationReport decoded = run(plan.with(new Machinery(100, true)));
    assertThat(decoded.trace())
        .as("it makes no difference whether nodes decode what they get")
        .isEqualTo(first.trace());
  }

  @Test
  void blocksAndPaymentsReachEverybody() {
    SimulationReport report = run(busy(5, 20));
    var json = report.toJson();
    assertThat(report.tips()).isEqualTo(1);
    assertThat(json.at("/blocks/found").asInt()).isGreaterThan(2);
    assertThat(json.at("/blocks/height").asInt())
        .isEqualTo(130 + json.at("/blocks/found").asInt() - json.at("/blocks/stale").asInt());
    assertThat(json.at("/blocks/secondsToShareOfNodes/leastNodesReached").asInt()).isEqualTo(20);
    assertThat(json.at("/blocks/secondsToShareOfNodes/99/50").asDouble()).isBetween(0.01, 10.0);
    assertThat(json.at("/transactions/begun").asInt()).isGreaterThan(50);
    assertThat(json.at("/transactions/refused").asInt()).isZero();
    assertThat(json.at("/bytesOfEachNode/received/50").asDouble()).isGreaterThan(50 * 1000);
  }

  @Test
  void aNetworkThatFallsApartAgreesAgain() {
    SimulationReport report =
        run(
            busy(6, 16)
                .with(new Unrest(List.of(new Partition(MINUTE, 5 * MINUTE, 0.5)), 0, MINUTE, 0)));
    assertThat(report.healingMillis()).isNotNegative();
    assertThat(report.tips()).isEqualTo(1);
    assertThat(report.toJson().at("/partitions/0/tipsAtItsEnd").asInt()).isGreaterThan(1);
  }

  @Test
  void nodesThatComeBackCatchUp() {
    SimulationReport report = run(busy(7, 12).with(new Unrest(List.of(), 200, MINUTE, 100)));
    assertThat(report.tips()).isEqualTo(1);
  }

  @Test
  void aTopologyIsKept() {
    List<Link> ring = IntStream.range(0, 10).mapToObj(i -> new Link(i, (i + 1) % 10)).toList();
    SimulationPlan plan = busy(8, 10).with(new Wiring(0, ring, 1000));
    try (Simulation simulation = new Simulation(plan)) {
      SimulationReport report = simulation.run(done -> {});
      assertThat(report.tips()).isEqualTo(1);
      assertThat(simulation.nodes())
          .allSatisfy(node -> assertThat(node.core().peers().all()).hasSize(2));
    }
  }

  /** A block of a megabyte through lines of a megabit. */
  @Test
  void bandwidthCounts() {
    Geography fast = new Geography(List.of(region(0)), 0, 0);
    Geography slow = new Geography(List.of(region(1)), 0, 0);
    SimulationPlan plan =
        busy(9, 3)
            .with(new Wiring(0, List.of(new Link(0, 1), new Link(1, 2)), 0))
            .with(new Payments(5, 80_000));
    double quick = toAll(run(plan.with(fast)));
    double late = toAll(run(plan.with(slow)));
    assertThat(quick).isLessThan(1);
    assertThat(late).as("80 kB and more through 125 kB a second").isGreaterThan(1);
  }

  @Test
  void withoutCompactBlocksWholeOnesTravel() {
    SimulationPlan plan = busy(10, 10).with(new Payments(30, 5000));
    var compact = run(plan).toJson().path("messages");
    var whole = run(plan.with(new Relay(false, 0, Hiding.NONE))).toJson().path("messages");
    assertThat(compact.at("/cmpctblock/count").asInt()).isPositive();
    assertThat(whole.has("cmpctblock")).isFalse();
    assertThat(whole.has("sendcmpct")).isFalse();
    assertThat(whole.at("/block/bytes").asLong())
        .isGreaterThan(compact.at("/block/bytes").asLong());
  }

  @Test
  void spiesHearOfAllAndGuessSome() {
    SimulationReport report = run(busy(11, 20).with(new Relay(true, 0.2, Hiding.NONE)));
    assertThat(report.spies().spies()).isEqualTo(4);
    assertThat(report.spies().heard()).isGreaterThan(30);
    assertThat(report.spies().right()).isBetween(1, report.spies().heard() - 1);
  }

  /** Over Tor nobody is seen, and on a stem nobody knows whether it began with who is seen. */
  @Test
  void hiddenOriginsAreGuessedLess() {
    SimulationReport plain = run(hiding(Broadcast.PLAIN));
    SimulationReport hidden = run(hiding(Broadcast.PRIVATE));
    SimulationReport stems = run(hiding(Broadcast.STEMS));
    assertThat(List.of(plain, hidden, stems))
        .allSatisfy(
            report -> {
              JsonNode payments = report.toJson().path("transactions");
              assertThat(payments.path("refused").asInt()).isZero();
              assertThat(payments.at("/secondsToShareOfNodes/leastNodesReached").asInt())
                  .as("each payment reaches everybody")
                  .isEqualTo(30);
              assertThat(report.spies().heard()).isGreaterThan(30);
            });
    assertThat(stems.toJson().at("/messages/stemtx/count").asInt()).isPositive();
    assertThat(share(hidden)).isLessThan(share(plain) / 2);
    assertThat(share(stems)).isLessThan(share(plain));
  }

  private static SimulationPlan hiding(Broadcast broadcast) {
    Relay relay = new Relay(true, 0.1, new Hiding(broadcast, 0.2));
    return SimulationPlan.of(12, 30)
        .during(MINUTE, 5 * MINUTE)
        .with(new Mining(0, 1))
        .with(new Payments(15, 400))
        .with(relay);
  }

  /** How many of the origins that spies heard of they named. */
  private static double share(SimulationReport report) {
    return (double) report.spies().right() / report.spies().heard();
  }

  private static Geography.Region region(double mbit) {
    return new Geography.Region("anywhere", 1, mbit, mbit, List.of(10.0));
  }

  private static double toAll(SimulationReport report) {
    return report.toJson().at("/blocks/secondsToShareOfNodes/100/100").asDouble();
  }
}
