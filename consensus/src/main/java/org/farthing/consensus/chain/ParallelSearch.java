package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;

/**
 * Finds the first of many numbers for which a pure function says no, on helpers and on the thread
 * that wants the answer. Numbers are taken in ascending order and none after a failure, so the
 * answer is the same however many threads take part. Who wants the answer works too and never waits
 * for a helper that has not started: an executor that is busy, or that runs its tasks on the
 * calling thread, is slow at worst.
 */
public final class ParallelSearch {
  /** Below so many for each thread, handing over costs more than it saves. */
  private static final int LEAST_SHARE = 4;

  private final int count;
  private final IntPredicate passes;
  private final List<Helper> started = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger firstFailure;
  private final AtomicReference<Throwable> bug = new AtomicReference<>();

  private ParallelSearch(int count, IntPredicate passes) {
    this.count = count;
    this.passes = passes;
    this.firstFailure = new AtomicInteger(count);
  }

  /**
   * Lets helpers begin.
   *
   * @param count the numbers from 0 to before it are tried
   * @param passes may be called on any thread
   * @param helpers how many tasks at most are given to {@code workers}
   */
  public static ParallelSearch start(
      int count, IntPredicate passes, Executor workers, int helpers) {
    ParallelSearch search = new ParallelSearch(count, passes);
    for (int i = 0; i < Math.min(helpers, count / LEAST_SHARE); i++) {
      Helper helper = new Helper(search);
      workers.execute(helper);
      search.started.add(helper);
    }
    return search;
  }

  /** Does what is left to do. Returns the least number that does not pass. */
  public OptionalInt finish() {
    work();
    started.forEach(Helper::join);
    if (bug.get() != null) {
      throw new AssertionError("a check failed to run", bug.get());
    }
    int failure = firstFailure.get();
    return failure < count ? OptionalInt.of(failure) : OptionalInt.empty();
  }

  /** Nobody wants the answer any more: nothing new is begun. */
  void abandon() {
    firstFailure.set(0);
  }

  private void work() {
    try {
      int index = next.getAndIncrement();
      while (index < firstFailure.get()) {
        if (!passes.test(index)) {
          firstFailure.accumulateAndGet(index, Math::min);
        }
        index = next.getAndIncrement();
      }
    } catch (RuntimeException | Error e) {
      bug.set(e);
      firstFailure.set(0);
    }
  }

  /** One run of {@link #work} on another thread, unless it comes too late. */
  private static final class Helper implements Runnable {
    private final ParallelSearch search;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Helper(ParallelSearch search) {
      this.search = search;
    }

    @Override
    public void run() {
      if (taken.compareAndSet(false, true)) {
        search.work();
        done.complete(null);
      }
    }

    /** Waits for a run that has begun; prevents one that has not. */
    void join() {
      if (!taken.compareAndSet(false, true)) {
        done.join();
      }
    }
  }
}
