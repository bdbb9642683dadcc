package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.farthing.node.time.Scheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NodeThreadTest {
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  @Test
  void tasksRunInTheOrderOfTheirSubmission() throws Exception {
    try (NodeThread thread = new NodeThread("test", failure::complete)) {
      List<Integer> seen = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        int number = i;
        thread.execute(() -> seen.add(number));
      }
      CompletableFuture<List<Integer>> result = new CompletableFuture<>();
      thread.execute(() -> result.complete(List.copyOf(seen)));
      assertThat(result.get(20, TimeUnit.SECONDS)).hasSize(10_000).isSorted();
    }
  }

  @Test
  void delayedTasksRunInTheOrderOfTheirTimeUnlessCancelled() throws Exception {
    try (NodeThread thread = new NodeThread("test", failure::complete)) {
      List<String> seen = new ArrayList<>();
      CompletableFuture<List<String>> result = new CompletableFuture<>();
      thread.execute(
          () -> {
            thread.after(60, () -> result.complete(List.copyOf(seen)));
            thread.after(40, () -> seen.add("later"));
            thread.after(20, () -> seen.add("sooner"));
            Scheduler.Timer cancelled = thread.after(30, () -> seen.add("never"));
            cancelled.cancel();
          });
      assertThat(result.get(20, TimeUnit.SECONDS)).containsExactly("sooner", "later");
    }
  }

  @Test
  void aCrowdKeepsItsOrderAndLetsOthersPass() throws Exception {
    try (NodeThread thread = new NodeThread("test", failure::complete)) {
      List<String> seen = new ArrayList<>();
      CompletableFuture<List<String>> result = new CompletableFuture<>();
      Executor crowd = thread.crowd();
      thread.execute(
          () -> {
            // All of them wait before any of them runs.
            for (int i = 0; i < 3; i++) {
              int number = i;
              crowd.execute(() -> seen.add("crowd " + number));
            }
            thread.execute(() -> seen.add("one"));
            thread.execute(
                () -> {
                  seen.add("two");
                  thread.execute(() -> seen.add("three"));
                  crowd.execute(() -> result.complete(List.copyOf(seen)));
                });
          });
      assertThat(result.get(20, TimeUnit.SECONDS))
          .containsExactly("crowd 0", "one", "two", "crowd 1", "three", "crowd 2");
    }
  }

  @Test
  void onlyTheThreadItselfIsTheOwner() throws Exception {
    try (NodeThread thread = new NodeThread("test", failure::complete)) {
      assertThatThrownBy(thread::assertOwner).isInstanceOf(AssertionError.class);
      CompletableFuture<Boolean> inside = new CompletableFuture<>();
      thread.execute(
          () -> {
            thread.assertOwner();
            inside.complete(true);
          });
      assertThat(inside.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aFailureIsToldOnceAndNothingRunsAfterIt() throws Exception {
    NodeThread thread = new NodeThread("test", failure::complete);
    List<String> seen = new ArrayList<>();
    thread.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    thread.execute(() -> seen.add("after"));
    assertThat(failure.get(20, TimeUnit.SECONDS)).hasMessage("broken");
    thread.close();
    assertThat(seen).isEmpty();
  }
}
