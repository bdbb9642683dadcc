package org.farthing.node.rpc.call;

import java.util.concurrent.atomic.AtomicLong;

/** What the requests and the answers of all connections may take of the heap together. */
public final class Budget {
  /** For one request alone: nobody else shares it. */
  public static final Budget UNLIMITED = new Budget(Long.MAX_VALUE / 2);

  /** What each account has for nothing: their number bounds it. */
  public static final int FREE_BYTES = 64 * 1024;

  private static final int SHARE_OF_HEAP = 4;
  private static final long ENOUGH_BYTES = 256L << 20;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  public Budget(long most) {
    this.most = most;
  }

  /** A share of what the JVM may use, and no more than is enough. */
  public static Budget ofHeap() {
    return new Budget(Math.min(ENOUGH_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  }

  /** Opens an account for a request and its answer. */
  public Account open() {
    return new Account();
  }

  /** What all accounts hold now, beyond what is free. */
  public long taken() {
    return taken.get();
  }

  /** What one request holds. Used by one thread at a time. */
  public final class Account {
    private long held;

    private Account() {}

    /**
     * @return false if there is not so much left; nothing is taken then
     */
    public boolean take(long bytes) {
      long more = beyond(held + bytes) - beyond(held);
      if (more > 0 && taken.addAndGet(more) > most) {
        taken.addAndGet(-more);
        return false;
      }
      held += bytes;
      return true;
    }

    /** Gives back what was taken. */
    public void give(long bytes) {
      long less = beyond(held) - beyond(held - bytes);
      held -= bytes;
      taken.addAndGet(-less);
    }

    /** Gives back all. */
    public void close() {
      give(held);
    }

    private static long beyond(long bytes) {
      return Math.max(0, bytes - FREE_BYTES);
    }
  }
}
