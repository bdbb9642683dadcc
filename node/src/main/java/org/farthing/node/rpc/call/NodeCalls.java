package org.farthing.node.rpc.call;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.time.Scheduler;

/**
 * Lets a method do something on the thread that owns the node's state, and waits for it. Nobody
 * waits for a node that has stopped.
 */
public final class NodeCalls implements AutoCloseable {
  private final Scheduler nodeThread;
  private final Map<Long, CompletableFuture<?>> pending = new ConcurrentHashMap<>();
  private final AtomicLong nextTicket = new AtomicLong();
  private volatile boolean closed;

  public NodeCalls(Scheduler nodeThread) {
    this.nodeThread = nodeThread;
  }

  /**
   * Runs the task on the node's thread after everything submitted before, and returns its result.
   *
   * @throws RpcException if the node stops, or if the task throws it
   */
  public <T> T call(Supplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    return await(result, () -> nodeThread.execute(() -> run(task, result)));
  }

  /**
   * Waits for something that the node's thread has begun.
   *
   * @throws RpcException if the node stops, or nobody waits for the answer any more
   */
  public <T> T await(CompletableFuture<T> result) {
    return await(result, () -> {});
  }

  private <T> T await(CompletableFuture<T> result, Runnable begin) {
    long ticket = nextTicket.getAndIncrement();
    pending.put(ticket, result);
    try {
      expectOpen();
      begin.run();
      return Workers.waiting(() -> outcome(result));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopping();
    } finally {
      pending.remove(ticket);
    }
  }

  private static <T> T outcome(CompletableFuture<T> result) throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The same for a task without a result. */
  public void run(Runnable task) {
    call(
        () -> {
          task.run();
          return true;
        });
  }

  private static <T> void run(Supplier<T> task, CompletableFuture<T> result) {
    try {
      result.complete(task.get());
    } catch (RpcException e) {
      result.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      // The caller gets an answer; what it means for the node is for the node's thread to say.
      result.completeExceptionally(e);
      throw e;
    }
  }

  /**
   * For a call that takes long, now and then: nobody waits for its end.
   *
   * @throws RpcException if the node stops
   */
  public void expectOpen() {
    if (closed) {
      throw stopping();
    }
  }

  /** From now on new calls fail; those that wait come to their end. */
  public void refuseNew() {
    closed = true;
  }

  /** From now on calls fail, also those that wait. */
  @Override
  public void close() {
    closed = true;
    pending.values().forEach(result -> result.completeExceptionally(stopping()));
  }

  private static RpcException stopping() {
    return new RpcException(RpcErrorCode.CLIENT_NOT_CONNECTED, "Shutting down");
  }
}
