package org.farthing.consensus.fullblock;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every block rule at its boundary and one beyond. Each scenario is told to a ledger on disk, step
 * by step; in other orders; and with restarts between the steps.
 */
class FullBlockTest {
  /** So few that there can be a restart after each of them. */
  private static final int FEW = 60;

  private static final List<Scenario> SCENARIOS = Scenarios.all();
  private static final long SEED = Long.getLong("farthing.fullblock.seed", System.nanoTime());

  @TempDir private static Path directory;

  @TestFactory
  Stream<DynamicNode> stepByStepOnDisk() {
    return SCENARIOS.stream().map(FullBlockTest::stepByStep);
  }

  private static DynamicNode stepByStep(Scenario scenario) {
    Stage stage = new Stage(scenario);
    Stream<DynamicTest> steps =
        scenario.steps().stream()
            .map(step -> dynamicTest(step.name(), () -> stage.player().play(step)));
    Stream<DynamicTest> end =
        Stream.of(dynamicTest("the coins in the end", () -> stage.player().assertEnd()));
    return dynamicContainer(scenario.name(), Stream.concat(steps, end).onClose(stage::close));
  }

  /** Opens the chain when the first step is played. */
  private static final class Stage {
    private final Scenario scenario;
    private Player player;

    Stage(Scenario scenario) {
      this.scenario = scenario;
    }

    Player player() {
      if (player == null) {
        player = new Player(scenario, Ledgers.onDisk(folder("steps", scenario), scenario.params()));
      }
      return player;
    }

    void close() {
      if (player != null) {
        player.close();
      }
    }
  }

  private static Path folder(String kind, Scenario scenario) {
    return directory.resolve(kind + SCENARIOS.indexOf(scenario));
  }

  @TestFactory
  Stream<DynamicTest> headersFirstAndBodiesInAnyOrder() {
    return each(scenario -> inMemory(scenario, Disorder::headersFirst));
  }

  @TestFactory
  Stream<DynamicTest> blocksBeforeTheirParents() {
    return each(scenario -> inMemory(scenario, Disorder::orphansToo));
  }

  private static Stream<DynamicTest> each(Consumer<Scenario> test) {
    return SCENARIOS.stream()
        .map(
            scenario ->
                dynamicTest(scenario.name() + ", seed " + SEED, () -> test.accept(scenario)));
  }

  private static void inMemory(Scenario scenario, Consumer<Disorder> delivery) {
    try (Ledgers.Surviving ledger = new Ledgers.Surviving(scenario.params());
        Player player = new Player(scenario, ledger)) {
      delivery.accept(new Disorder(scenario, player, SEED));
    }
  }

  @TestFactory
  Stream<DynamicTest> restartsBetweenTheSteps() {
    return each(
        scenario -> {
          try (Ledgers.Surviving ledger = new Ledgers.Surviving(scenario.params());
              Player player = new Player(scenario, ledger)) {
            int steps = scenario.steps().size();
            play(scenario, player, steps <= FEW ? all(steps) : some(steps, FEW));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aRestartOnDiskInTheMiddle() {
    return each(
        scenario -> {
          Path folder = folder("restart", scenario);
          try (Player player = new Player(scenario, Ledgers.onDisk(folder, scenario.params()))) {
            play(scenario, player, some(scenario.steps().size(), 1));
          }
        });
  }

  private static Set<Integer> all(int steps) {
    return IntStream.range(0, steps).boxed().collect(Collectors.toSet());
  }

  private static Set<Integer> some(int steps, int count) {
    return new Random(SEED).ints(count, 0, steps).boxed().collect(Collectors.toSet());
  }

  private static void play(Scenario scenario, Player player, Set<Integer> restarts) {
    for (int i = 0; i < scenario.steps().size(); i++) {
      Step step = scenario.steps().get(i);
      try {
        player.play(step);
      } catch (AssertionError e) {
        throw new AssertionError(step.name() + ": " + e.getMessage(), e);
      }
      if (restarts.contains(i)) {
        player.restart();
      }
    }
    player.assertEnd();
  }
}
