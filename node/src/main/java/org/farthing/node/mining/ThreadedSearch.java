package org.farthing.node.mining;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.Block;

/**
 * Searches on threads of its own, of the lowest priority. Each takes an extra nonce and tries all
 * its nonces, looking between slices of a few milliseconds whether there is another template.
 * Stopped, it has no threads.
 *
 * <p>Extra nonces are counted on from template to template, and from a place of chance, so that
 * neither this search nor another one with the same payout tries anything twice. What is found on a
 * template that was renewed meanwhile still counts, as long as both stand on the same block.
 */
public final class ThreadedSearch implements ProofOfWorkSearch {
  /** Some ten milliseconds of work. */
  private static final long SLICE = 1 << 16;

  private static final long JOIN_MILLIS = 10_000;

  private final int threads;
  private final Consumer<Block> found;
  private final LongAdder hashes = new LongAdder();
  private final AtomicLong extraNonces;
  private Crew crew;

  /**
   * @param threads how many, at least one
   * @param firstExtraNonce by chance
   * @param found gets every solved block, on the thread that solved it
   */
  public ThreadedSearch(int threads, long firstExtraNonce, Consumer<Block> found) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread, not " + threads);
    }
    this.threads = threads;
    this.extraNonces = new AtomicLong(firstExtraNonce);
    this.found = found;
  }

  @Override
  public synchronized void search(BlockTemplate template) {
    if (crew == null) {
      crew = new Crew();
      crew.start();
    }
    crew.take(template);
  }

  @Override
  public synchronized void stop() {
    if (crew != null) {
      crew.dismiss();
      crew = null;
    }
  }

  /** Stops, and waits until the threads have ended. */
  @Override
  public void close() {
    Crew last;
    synchronized (this) {
      last = crew;
      stop();
    }
    if (last != null) {
      last.join();
    }
  }

  @Override
  public long hashCount() {
    return hashes.sum();
  }

  /** The threads between one start and the next stop. */
  private final class Crew {
    private final List<Thread> members = new ArrayList<>();
    private volatile BlockTemplate task;
    private volatile boolean dismissed;

    // The priority is a courtesy to whoever else uses the machine; nothing depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    void start() {
      for (int i = 1; i <= threads; i++) {
        Thread thread = new Thread(this::work, "miner-" + i);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        members.add(thread);
        thread.start();
      }
    }

    synchronized void take(BlockTemplate next) {
      task = next;
      notifyAll();
    }

    synchronized void dismiss() {
      dismissed = true;
      notifyAll();
    }

    void join() {
      try {
        for (Thread thread : members) {
          thread.join(JOIN_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void work() {
      try {
        for (BlockTemplate next = await(); next != null; next = await()) {
          work(next);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized BlockTemplate await() throws InterruptedException {
      while (task == null && !dismissed) {
        wait();
      }
      return dismissed ? null : task;
    }

    private boolean isCurrent(BlockTemplate candidate) {
      return !dismissed && task == candidate;
    }

    private void work(BlockTemplate current) {
      while (isCurrent(current)) {
        Block block = current.withExtraNonce(extraNonces.getAndIncrement());
        HashSearch search = new HashSearch(block.header());
        while (isCurrent(current) && !search.isExhausted()) {
          long before = search.nextNonce();
          search
              .search(SLICE)
              .ifPresent(header -> solved(current, new Block(header, block.transactions())));
          hashes.add(search.nextNonce() - before);
        }
      }
    }

    /** One solution is enough: the others wait for the next template. */
    private void solved(BlockTemplate solved, Block block) {
      synchronized (this) {
        if (dismissed || task == null || task.parent() != solved.parent()) {
          return;
        }
        task = null;
      }
      found.accept(block);
    }
  }
}
