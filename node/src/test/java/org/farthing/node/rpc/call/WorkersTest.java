package org.farthing.node.rpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final int THREADS = 2;
  private static final int QUEUE = 3;

  private final Workers workers = new Workers("rpc", THREADS, QUEUE);
  private final CountDownLatch release = new CountDownLatch(1);
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    release.countDown();
    workers.close();
  }

  private void await() {
    try {
      release.await();
      events.add("released");
    } catch (InterruptedException e) {
      events.add("interrupted");
    }
  }

  private void expect(String event) throws InterruptedException {
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
  }

  /** A task that says when it has begun, and then waits. */
  private Workers.Task block() throws InterruptedException {
    Workers.Task task =
        workers.submit(
            () -> {
              events.add("begun");
              await();
            });
    expect("begun");
    return task;
  }

  /** The same, aside. */
  private Workers.Task slow(boolean interruptible) throws InterruptedException {
    Workers.Task task =
        workers.submit(
            () -> {
              Optional<Boolean> done =
                  workers.slowly(
                      interruptible,
                      () -> {
                        events.add("begun");
                        await();
                        return true;
                      });
              if (done.isEmpty()) {
                events.add("refused");
              }
            });
    return task;
  }

  @Test
  void asManyRunAndWaitAsAreAllowed() throws InterruptedException {
    block();
    block();
    for (int i = 0; i < QUEUE; i++) {
      workers.submit(() -> events.add("later"));
    }
    assertThatThrownBy(() -> workers.submit(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    release.countDown();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < THREADS + QUEUE; i++) {
      seen.add(events.poll(10, TimeUnit.SECONDS));
    }
    assertThat(seen).containsOnly("released", "later");
  }

  @Test
  void slowTasksKeepNobodyWaitingAndAreBoundedToo() throws InterruptedException {
    for (int i = 0; i < THREADS + QUEUE; i++) {
      slow(false);
      expect("begun");
    }
    slow(false);
    expect("refused");
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Boolean> quick = new CompletableFuture<>();
      workers.submit(() -> quick.complete(true));
      assertThat(quick.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
    }
    release.countDown();
    for (int i = 0; i < THREADS + QUEUE; i++) {
      expect("released");
    }
  }

  @Test
  void whoOnlyWaitsForSomethingIsAsideToo() throws InterruptedException {
    for (int i = 0; i < THREADS; i++) {
      workers.submit(
          () -> {
            try {
              Workers.waiting(
                  () -> {
                    events.add("begun");
                    release.await();
                    return true;
                  });
              events.add("released");
            } catch (InterruptedException e) {
              events.add("interrupted");
            }
          });
      expect("begun");
    }
    workers.submit(() -> events.add("quick"));
    expect("quick");
    release.countDown();
    expect("released");
    expect("released");
  }

  @Test
  void aTaskThatNobodyWantsEnds() throws InterruptedException {
    Workers.Task waits = slow(true);
    expect("begun");
    waits.cancel();
    expect("interrupted");
    Workers.Task works = slow(false);
    expect("begun");
    works.cancel();
    Workers.Task runs = block();
    runs.cancel();
    release.countDown();
    expect("released");
    expect("released");
  }

  @Test
  void aTaskThatWasCancelledBeforeItBeganDoesNotBegin() throws InterruptedException {
    block();
    block();
    workers.submit(() -> events.add("never")).cancel();
    release.countDown();
    expect("released");
    expect("released");
    workers.submit(() -> events.add("last"));
    expect("last");
  }

  @Test
  void theEndInterruptsWhoWaits() throws InterruptedException {
    slow(true);
    expect("begun");
    workers.close();
    expect("interrupted");
    assertThatThrownBy(() -> workers.submit(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aTaskThatFailsHarmsNobody() throws InterruptedException {
    for (int i = 0; i < 2 * THREADS; i++) {
      workers.submit(
          () -> {
            events.add("begun");
            throw new IllegalStateException("a bug");
          });
      expect("begun");
    }
    workers.submit(() -> events.add("last"));
    expect("last");
  }
}
