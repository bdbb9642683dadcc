package org.farthing.node.app;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.farthing.consensus.chain.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has things done on the node's thread while a node starts and stops, and waits for them. */
final class OwnerCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerCalls.class);

  private static final long LOOK_MILLIS = 100;

  private final NodeThread thread;

  OwnerCalls(NodeThread thread) {
    this.thread = thread;
  }

  /** Something to be done on the node's thread. */
  @FunctionalInterface
  interface Task<T> {
    T run() throws StartException;
  }

  /**
   * @throws StartException from the task itself, for files that cannot be read or written, or if
   *     the thread has failed before it came to the task
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
      return await(result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while starting", e);
    } catch (ExecutionException e) {
      throw explained(e.getCause());
    }
  }

  private <T> T await(CompletableFuture<T> result)
      throws StartException, InterruptedException, ExecutionException {
    while (true) {
      try {
        return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (thread.hasFailed() && !result.isDone()) {
          throw new StartException("What should do it has failed", e);
        }
      }
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
    if (thread.hasFailed()) {
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
      if (thread.hasFailed()) {
        task.run();
      } else {
        LOG.error("While stopping: {}", e.getMessage());
      }
    }
  }
}
