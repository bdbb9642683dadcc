package org.farthing.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.farthing.node.simulation.VirtualTime.NodeScheduler;
import org.farthing.node.time.Scheduler;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private static final long START = 1_700_000_000_000L;

  private final VirtualTime time = new VirtualTime(START);
  private final NodeScheduler node = time.newScheduler();
  private final List<String> log = new ArrayList<>();

  private void note(String what) {
    log.add(what + "@" + (time.nowMillis() - START));
  }

  @Test
  void eventsHappenInTheOrderOfTimeThenOfAsking() {
    node.after(20, () -> note("late"));
    node.after(10, () -> note("first"));
    node.after(10, () -> note("second"));
    node.execute(
        () -> {
          note("now");
          node.execute(() -> note("then"));
        });
    time.runFor(15);
    assertThat(log).containsExactly("now@0", "then@0", "first@10", "second@10");
    assertThat(time.nowMillis()).isEqualTo(START + 15);
    time.runFor(5);
    assertThat(log).endsWith("late@20");
  }

  @Test
  void whatIsCancelledDoesNotHappen() {
    Scheduler.Timer timer = node.after(10, () -> note("never"));
    node.after(10, () -> note("also not"));
    timer.cancel();
    node.stop();
    time.runFor(100);
    assertThat(log).isEmpty();
  }

  @Test
  void itRunsUntilSomethingHolds() {
    node.after(10, () -> note("a"));
    node.after(30, () -> note("b"));
    time.runUntil(() -> !log.isEmpty(), 1000);
    assertThat(time.nowMillis()).isEqualTo(START + 10);
    assertThatThrownBy(() -> time.runUntil(() -> log.size() == 2, 19))
        .isInstanceOf(AssertionError.class);
    time.runUntil(() -> log.size() == 2, 20);
  }

  @Test
  void oneNodeMustNotReachIntoAnother() {
    NodeScheduler other = time.newScheduler();
    node.assertOwner();
    other.assertOwner();
    node.execute(
        () -> {
          node.assertOwner();
          assertThatThrownBy(other::assertOwner).isInstanceOf(AssertionError.class);
          note("checked");
        });
    time.after(0, other::assertOwner);
    time.runDue();
    assertThat(log).hasSize(1);
  }

  @Test
  void anotherThreadIsRefused() {
    CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(node::assertOwner);
    assertThatThrownBy(elsewhere::join).hasRootCauseInstanceOf(AssertionError.class);
    CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> node.execute(() -> {}));
    assertThatThrownBy(asking::join).hasRootCauseInstanceOf(AssertionError.class);
  }
}
