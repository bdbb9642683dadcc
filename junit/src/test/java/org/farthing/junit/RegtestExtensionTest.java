package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs the classes below as a build would run them. */
class RegtestExtensionTest {
  /** Height after the start, with the usual coins. */
  private static final int START = 110;

  private static final List<RegtestNode> NODES = new CopyOnWriteArrayList<>();

  @BeforeEach
  void forget() {
    NODES.clear();
  }

  private static void note(RegtestNode node) {
    NODES.add(node);
  }

  private static EngineExecutionResults run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .configurationParameter("junit.jupiter.conditions.deactivate", "*")
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter(
            "junit.jupiter.execution.parallel.config.executor-service", "FORK_JOIN_POOL")
        .execute();
  }

  private static void assertAllPass(Class<?> tests, int count) {
    EngineExecutionResults results = run(tests);
    results.testEvents().assertStatistics(all -> all.started(count).succeeded(count));
    assertThat(NODES).isNotEmpty().allMatch(RegtestNode::isClosed);
  }

  private static Set<RegtestNode> nodes() {
    return new HashSet<>(NODES);
  }

  @RegtestTest
  static class OneAfterAnotherCase {
    @RepeatedTest(3)
    void eachBeginsAnew(RegtestNode node) {
      note(node);
      assertThat(node.height()).isEqualTo(START);
      assertThat(node.wallet().balance().totalSat()).isEqualTo(50_000_000_000L);
      node.mineTo(node.newAddress(), 2);
    }

    @Test
    void soDoOthers(RegtestNode node) {
      note(node);
      assertThat(node.height()).isEqualTo(START);
      node.mine(1);
    }
  }

  @Test
  void testsOfAClassShareANodeAndNothingElse() {
    assertAllPass(OneAfterAnotherCase.class, 4);
    assertThat(nodes()).hasSize(1);
  }

  @RegtestTest
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class FailingCase {
    @Test
    @Order(1)
    void fails(RegtestNode node) {
      node.mine(3);
      throw new IllegalStateException("as it should");
    }

    @Test
    @Order(2)
    void findsNothingOfIt(RegtestNode node) {
      assertThat(node.height()).isEqualTo(START);
    }
  }

  @Test
  void whatAFailingTestDidIsTakenBackToo() {
    run(FailingCase.class).testEvents().assertStatistics(all -> all.failed(1).succeeded(1));
  }

  @RegtestTest
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class NestedCase {
    private int before;

    @BeforeAll
    static void prepare(RegtestNode node) {
      note(node);
      node.mine(1);
    }

    @BeforeEach
    void each(RegtestNode node) {
      assertThat(node.height()).isIn(START + 1, START + 11);
      before = node.height();
      node.mine(1);
    }

    @Test
    void first(RegtestNode node) {
      assertThat(node.height()).isEqualTo(START + 2);
      node.mine(5);
    }

    @Nested
    class Deeper {
      @BeforeEach
      void more(RegtestNode node) {
        assertThat(node.height()).isEqualTo(before + 1);
        node.mine(1);
      }

      @RepeatedTest(2)
      void seesBoth(RegtestNode node) {
        assertThat(node.height()).isEqualTo(START + 3);
        node.reorg(3);
      }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithItsOwnPreparation {
      @BeforeAll
      void prepare(RegtestNode node) {
        assertThat(node.height()).isEqualTo(START + 1);
        node.mine(10);
      }

      @RepeatedTest(2)
      void seesIt(RegtestNode node) {
        assertThat(node.height()).isEqualTo(START + 12);
        node.mine(3);
      }

      @Nested
      class Deepest {
        @Test
        void seesIt(RegtestNode node) {
          assertThat(node.height()).isEqualTo(START + 12);
        }
      }

      @AfterAll
      void after(RegtestNode node) {
        assertThat(node.height()).isEqualTo(START + 11);
      }
    }

    @Nested
    class Afterwards {
      @Test
      void nothingIsLeftOfIt(RegtestNode node) {
        assertThat(node.height()).isEqualTo(START + 2);
      }
    }

    @AfterAll
    static void after(RegtestNode node) {
      assertThat(node.height()).isEqualTo(START + 1);
    }
  }

  @Test
  void nestedClassesBuildOnTheClassesAroundThem() {
    assertAllPass(NestedCase.class, 7);
    assertThat(nodes()).hasSize(1);
  }

  @RegtestTest
  static class StartsInTheMiddleCase {
    private RegtestNode kept;

    @BeforeEach
    void each(RegtestNode node) {
      kept = node;
      node.mine(1);
    }

    @RepeatedTest(2)
    void test() {
      note(kept);
      assertThat(kept.height()).isEqualTo(START + 1);
    }

    @AfterEach
    void stillThere(RegtestNode node) {
      assertThat(node.height()).isEqualTo(START + 1);
    }
  }

  @Test
  void theNodeMayBeAskedForInTheMiddleOfATest() {
    assertAllPass(StartsInTheMiddleCase.class, 2);
    assertThat(nodes()).hasSize(1);
  }

  @RegtestTest
  @Execution(ExecutionMode.CONCURRENT)
  static class AtTheSameTimeCase {
    @RepeatedTest(4)
    void eachHasItsOwn(RegtestNode node) {
      note(node);
      assertThat(node.height()).isEqualTo(START);
      node.mine(7);
      assertThat(node.height()).isEqualTo(START + 7);
    }
  }

  @Test
  void testsThatRunAtTheSameTimeHaveNodesOfTheirOwn() {
    assertAllPass(AtTheSameTimeCase.class, 4);
    assertThat(nodes()).hasSize(4);
  }

  @RegtestTest
  @Execution(ExecutionMode.CONCURRENT)
  static class PreparedAtTheSameTimeCase {
    @BeforeAll
    static void prepare(RegtestNode node) {
      note(node);
    }

    @Test
    void cannotBe(RegtestNode node) {}
  }

  @Test
  void whatCannotWorkIsExplained() {
    EngineExecutionResults results = run(PreparedAtTheSameTimeCase.class);
    assertThat(results.testEvents().failed().count()).isEqualTo(1);
    assertThat(results.testEvents().failed().list().toString()).contains("run at the same time");
    assertThat(NODES).allMatch(RegtestNode::isClosed);
  }

  static class SingleTestCase {
    @Test
    @RegtestTest(coins = 1, time = "2026-02-03T04:05:06Z", options = "tx-index=1")
    void hasSettings(RegtestNode node) {
      note(node);
      assertThat(node.height()).isEqualTo(101);
      assertThat(node.time()).isEqualTo(Instant.parse("2026-02-03T04:05:06Z"));
    }

    @Test
    @ExtendWith(RegtestExtension.class)
    void hasNone(RegtestNode node) {
      note(node);
      assertThat(node.height()).isEqualTo(START);
    }
  }

  @Test
  void aSingleTestCanHaveANode() {
    assertAllPass(SingleTestCase.class, 2);
    assertThat(nodes()).hasSize(2);
  }

  static class ByHandCase {
    @RegisterExtension
    static final RegtestExtension REGTEST =
        RegtestExtension.of(1, node -> node.withoutWallet().rpcLogin("alice", "secret"));

    @Test
    void hasAnySettings(RegtestNode node, RegtestNetwork network) {
      note(node);
      assertThat(node.height()).isZero();
      assertThat(node.rpcUser()).isEqualTo("alice");
      assertThat(network.nodes()).containsExactly(node);
    }
  }

  @Test
  void settingsCanBeOfAnyKind() {
    assertAllPass(ByHandCase.class, 1);
  }

  @RegtestTest
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class ClosedByATestCase {
    @Test
    @Order(1)
    void closesIt(RegtestNode node) {
      note(node);
      node.close();
    }

    @Test
    @Order(2)
    void hasAnother(RegtestNode node) {
      note(node);
      assertThat(node.height()).isEqualTo(START);
    }
  }

  @Test
  void aTestMayCloseItsNode() {
    assertAllPass(ClosedByATestCase.class, 2);
    assertThat(nodes()).hasSize(2);
  }

  @RegtestTest
  static class NobodyAsksCase {
    @Test
    void nothing() {}
  }

  @Test
  void whereNobodyAsksNothingStarts() {
    run(NobodyAsksCase.class).testEvents().assertStatistics(all -> all.succeeded(1));
    assertThat(NODES).isEmpty();
  }
}
