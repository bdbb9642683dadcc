package org.farthing.node.rpc.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the requests and the answers of all connections may take of the heap together. What is small
 * is free: the number of connections bounds it.
 */
public final class Budget {
  /** What each connection may hold on its own account. */
  public static final int FREE_BYTES = 64 * 1024;

  private static final int SHARE_OF_HEAP = 4;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  public Budget(long most) {
    this.most = most;
  }

  /** A share of what the JVM may use. */
  public static Budget ofHeap() {
    return new Budget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /**
   * @return false if there is not so much left; nothing is taken then
   */
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) > most) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Gives back what was taken. */
  public void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  public long taken() {
    return taken.get();
  }
}
