package org.farthing.consensus.chain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Something that will be wanted soon: a worker makes it meanwhile. Where no worker has begun when
 * it is wanted, who wants it does it, so that nobody waits for workers that are busy.
 */
final class Ahead<T> implements Supplier<T> {
  private final Supplier<T> work;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<T> done = new CompletableFuture<>();

  private Ahead(Supplier<T> work) {
    this.work = work;
  }

  /**
   * @param work may be done on any thread
   */
  static <T> Ahead<T> of(Supplier<T> work, Executor workers) {
    Ahead<T> ahead = new Ahead<>(work);
    workers.execute(ahead::work);
    return ahead;
  }

  private void work() {
    if (taken.compareAndSet(false, true)) {
      try {
        done.complete(work.get());
      } catch (RuntimeException | Error e) {
        done.completeExceptionally(e);
      }
    }
  }

  @Override
  public T get() {
    work();
    try {
      return done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
