package org.farthing.node.app;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.chain.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has things done on the node's thread while a node starts and stops, and waits for them. */
final class OwnerCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerCalls.class);

  private final NodeThread thread;
  private final BooleanSupplier threadFailed;

  /**
   * @param threadFailed the thread has ended, so that what it owned is nobody else's
   */
  OwnerCalls(NodeThread thread, BooleanSupplier threadFailed) {
    this.thread = thread;
    this.threadFailed = threadFailed;
  }

  /** Something to be done on the node's thread. */
  @FunctionalInterface
  interface Task<T> {
    T run() throws StartException;
  }

  /**
   * @throws StartException from the task itself, or for files that cannot be read or written
   */
  <T> T get(Task<T> task) throws StartException {
    CompletableFuture<T> result = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            result.complete(task.run());
          } catch (StartException | RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while starting", e);
    } catch (ExecutionException e) {
      throw explained(e.getCause());
    }
  }

  private static StartException explained(Throwable cause) {
    if (cause instanceof StartException known) {
      return known;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException bug
        && !(bug instanceof StoreException)
        && !(bug instanceof UncheckedIOException)) {
      throw bug;
    }
    return new StartException(cause.getMessage(), cause);
  }

  /** For the end of a node: what goes wrong is only written down. */
  void quietly(Runnable task) {
    if (threadFailed.getAsBoolean()) {
      task.run();
      return;
    }
    try {
      get(
          () -> {
            task.run();
            return true;
          });
    } catch (StartException e) {
      LOG.error("While stopping: {}", e.getMessage());
    }
  }
}
