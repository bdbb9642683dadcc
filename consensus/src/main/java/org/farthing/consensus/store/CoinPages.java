package org.farthing.consensus.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Memory in pages of one size, which are given out, given back and given out again. What is not
 * asked for is not taken from the system; what was taken stays, as long as this object does. Any
 * thread.
 */
final class CoinPages {
  /**
   * The largest script of a coin has 10,000 bytes, and stands on one page with what belongs to it.
   */
  static final int PAGE_BYTES = 1 << 14;

  /** Taken from the system at once. */
  private static final int SLAB_PAGES = 16;

  private final IntFunction<ByteBuffer> system;
  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  /**
   * @param system gives so many bytes at a time
   */
  CoinPages(IntFunction<ByteBuffer> system) {
    this.system = system;
  }

  /** Outside of the heap, where no collection looks at it. */
  static CoinPages outsideTheHeap() {
    return new CoinPages(ByteBuffer::allocateDirect);
  }

  static CoinPages inTheHeap() {
    return new CoinPages(ByteBuffer::allocate);
  }

  /** A page with something on it, little-endian. */
  private synchronized ByteBuffer take() {
    if (free.isEmpty()) {
      ByteBuffer slab = system.apply(SLAB_PAGES * PAGE_BYTES);
      for (int page = 0; page < SLAB_PAGES; page++) {
        free.push(slab.slice(page * PAGE_BYTES, PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return free.pop();
  }

  private synchronized void giveBack(ByteBuffer page) {
    free.push(page);
  }

  /** Somebody who counts what he has taken. */
  final class Holder {
    private final AtomicInteger held = new AtomicInteger();

    ByteBuffer take() {
      held.incrementAndGet();
      return CoinPages.this.take();
    }

    void giveBack(ByteBuffer page) {
      held.decrementAndGet();
      CoinPages.this.giveBack(page);
    }

    long bytes() {
      return (long) held.get() * PAGE_BYTES;
    }
  }
}
