package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class ParallelSearchTest {
  private static final Executor NEVER = task -> {};

  private static OptionalInt firstFailure(
      int count, IntPredicate passes, Executor workers, int helpers) {
    return ParallelSearch.start(count, passes, workers, helpers).finish();
  }

  @Test
  void theFirstFailureIsFoundHoweverManyHelp() {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      for (int failure = 0; failure < 200; failure++) {
        int first = failure;
        assertThat(firstFailure(200, i -> i < first || i % 3 == 1, pool, 3))
            .isEqualTo(firstOf(first));
      }
    } finally {
      pool.shutdown();
    }
  }

  private static OptionalInt firstOf(int from) {
    int number = from;
    while (number % 3 == 1) {
      number++;
    }
    return number < 200 ? OptionalInt.of(number) : OptionalInt.empty();
  }

  @Test
  void helpersThatNeverComeAreNotWaitedFor() {
    assertThat(firstFailure(100, i -> i != 50, NEVER, 4)).hasValue(50);
    assertThat(firstFailure(100, i -> true, Runnable::run, 4)).isEmpty();
  }

  @Test
  void nothingIsCheckedAfterAFailure() {
    AtomicInteger calls = new AtomicInteger();
    firstFailure(
        100,
        i -> {
          calls.incrementAndGet();
          return i != 5;
        },
        NEVER,
        0);
    assertThat(calls).hasValue(6);
  }

  @Test
  void helpersWorkBeforeTheAnswerIsWanted() {
    Set<Integer> seen = new TreeSet<>();
    ParallelSearch search = ParallelSearch.start(10, seen::add, Runnable::run, 1);
    assertThat(seen).hasSize(10);
    // Each number is tried once: a second time it would not pass.
    assertThat(search.finish()).isEmpty();
  }

  @Test
  void whatNobodyWantsToKnowIsNotChecked() {
    List<Runnable> waiting = new ArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    ParallelSearch.start(10, i -> calls.incrementAndGet() > 0, waiting::add, 2).abandon();
    assertThat(waiting).hasSize(2);
    waiting.forEach(Runnable::run);
    assertThat(calls).hasValue(0);
  }

  @Test
  void aBugIsNotAPass() {
    assertThatThrownBy(
            () ->
                firstFailure(
                    10,
                    i -> {
                      throw new IllegalStateException("bug");
                    },
                    NEVER,
                    0))
        .isInstanceOf(AssertionError.class);
  }
}
