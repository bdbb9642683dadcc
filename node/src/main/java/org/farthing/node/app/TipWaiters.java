package org.farthing.node.app;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.time.Scheduler;

/**
 * Those who wait for another tip. Any thread may begin to wait; who waits is kept, and told, on the
 * node's thread.
 */
final class TipWaiters implements AutoCloseable {
  private final Supplier<ChainSnapshot> chain;
  private final Scheduler scheduler;
  private final Set<Waiter> waiters = new LinkedHashSet<>();
  private volatile boolean closed;

  private record Waiter(Predicate<HeaderNode> wanted, CompletableFuture<HeaderNode> result) {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /**
   * @param chain as of now, on any thread
   */
  TipWaiters(Supplier<ChainSnapshot> chain, Scheduler scheduler) {
    this.chain = chain;
    this.scheduler = scheduler;
  }

  /**
   * Completes with the first tip that is wanted, or with the tip as it is when the time is over or
   * nobody waits any more.
   *
   * @param timeoutMillis empty: for as long as it takes
   */
  CompletableFuture<HeaderNode> await(Predicate<HeaderNode> wanted, OptionalLong timeoutMillis) {
    HeaderNode tip = tip();
    if (closed || wanted.test(tip)) {
      return CompletableFuture.completedFuture(tip);
    }
    Waiter waiter = new Waiter(wanted, new CompletableFuture<>());
    scheduler.execute(() -> begin(waiter, timeoutMillis));
    return waiter.result;
  }

  private HeaderNode tip() {
    return chain.get().tip();
  }

  private void begin(Waiter waiter, OptionalLong timeoutMillis) {
    HeaderNode tip = tip();
    if (closed || waiter.wanted.test(tip)) {
      waiter.result.complete(tip);
      return;
    }
    waiters.add(waiter);
    if (timeoutMillis.isPresent()) {
      Scheduler.Timer timer =
          scheduler.after(timeoutMillis.getAsLong(), () -> waiter.result.complete(tip()));
      var unusedToo = waiter.result.whenComplete((reached, never) -> timer.cancel());
    }
    var unused =
        waiter.result.whenComplete(
            (reached, never) -> scheduler.execute(() -> waiters.remove(waiter)));
  }

  /** The tip has changed; on the node's thread. */
  void tipChanged(ChainSnapshot snapshot) {
    List.copyOf(waiters).stream()
        .filter(waiter -> waiter.wanted.test(snapshot.tip()))
        .forEach(waiter -> waiter.result.complete(snapshot.tip()));
  }

  /** Nobody waits any more. Any thread. */
  @Override
  public void close() {
    closed = true;
    scheduler.execute(
        () -> {
          HeaderNode tip = tip();
          List.copyOf(waiters).forEach(waiter -> waiter.result.complete(tip));
        });
  }
}
