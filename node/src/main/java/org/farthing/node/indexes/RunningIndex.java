package org.farthing.node.indexes;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.index.IndexFollower;
import org.farthing.consensus.index.IndexReader;
import org.farthing.consensus.index.IndexStore;
import org.farthing.consensus.index.Indexer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index that follows the chain on a thread of its own: first what it has missed, then each
 * change, as soon as it is told that there is one. It reads snapshots and the ledger, so that it
 * never makes the node's thread wait.
 */
public final class RunningIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningIndex.class);

  /** As many blocks as Bitcoin Core keeps for an index. */
  private static final int REORGANISATION_RESERVE = 10;

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String name;
  private final Indexer indexer;
  private final IndexStore store;
  private final Supplier<ChainSnapshot> chain;
  private final IndexFollower follower;
  private final Thread thread;
  private final Semaphore news = new Semaphore(0);
  private volatile boolean synced;
  private volatile boolean stopping;
  private volatile boolean settling;
  private boolean ended;

  /**
   * @param store is closed with the index
   * @param onFailure told of what ended the index, on its thread
   */
  RunningIndex(
      IndexKind kind,
      Indexer indexer,
      IndexStore store,
      Supplier<ChainSnapshot> chain,
      Consumer<Throwable> onFailure) {
    this.name = indexer.layout().name();
    this.indexer = indexer;
    this.store = store;
    this.chain = chain;
    this.follower = new IndexFollower(indexer, store, chain);
    this.thread = new Thread(() -> run(onFailure), kind.thread());
    thread.setDaemon(true);
  }

  /** As Bitcoin Core calls it. */
  public String name() {
    return name;
  }

  /** Whether it has reached the tip since it was started: from then on it lags a moment at most. */
  public boolean isSynced() {
    return synced;
  }

  /**
   * The block up to which it has come, if it has begun. That can be a stale one, until another
   * takes its place.
   */
  public Optional<HeaderNode> best() {
    return follower.best();
  }

  /** What it knows. */
  public IndexReader rows() {
    return store;
  }

  /** What it knows as of one moment; to be closed. */
  public IndexStore.View view() {
    return store.view();
  }

  /** Whether it needs the coins that blocks spent. */
  public boolean readsUndo() {
    return indexer.readsUndo();
  }

  /**
   * The highest block that may be pruned: one that the index has read, and some blocks below it, so
   * that it can follow a reorganisation.
   */
  public int pruneLock() {
    return Math.max(1, lastRead() - REORGANISATION_RESERVE - 1);
  }

  int lastRead() {
    return follower.lastRead(chain.get());
  }

  boolean lacksBlocks() {
    return follower.lacksBlocks();
  }

  void start() {
    // An index that is at the tip says so at once: nobody has to wait for its thread.
    synced = follower.isAt(chain.get());
    thread.start();
  }

  /** There is a new tip. Returns at once. */
  void tipChanged() {
    news.release();
  }

  /**
   * Waits until it has seen the present tip.
   *
   * @return false, at once, as long as it has not reached the tip once; or if it ends meanwhile
   */
  public boolean awaitTip() {
    if (!synced) {
      return false;
    }
    ChainSnapshot wanted = chain.get();
    if (!follower.isAt(wanted)) {
      LOG.info("{} is catching up on block notifications", name);
    }
    try {
      return await(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized boolean await(ChainSnapshot tip) throws InterruptedException {
    ChainSnapshot wanted = tip;
    while (!ended && !hasSeen(wanted)) {
      wait();
      wanted = chain.get().isActive(wanted.tip()) ? wanted : chain.get();
    }
    return !ended;
  }

  /**
   * Waits until it stands at the present tip, also where it has been further, and reads nothing
   * beyond it any more; for the chain's owner, who keeps the chain still meanwhile.
   */
  synchronized void settle() {
    settling = true;
    news.release();
    try {
      while (!ended && settling) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void settled() {
    settling = false;
    notifyAll();
  }

  /** It is there, or beyond because the chain has moved on. */
  private boolean hasSeen(ChainSnapshot wanted) {
    return follower.isAt(wanted)
        || follower
            .best()
            .filter(wanted.tip()::isAncestorOf)
            .filter(best -> chain.get().isActive(best))
            .isPresent();
  }

  private void run(Consumer<Throwable> onFailure) {
    LOG.info("{} thread start", thread.getName());
    try {
      follow();
    } catch (InterruptedException e) {
      // It is only closed by the flag; whoever interrupts wants the same.
    } catch (Throwable failure) {
      onFailure.accept(failure);
    } finally {
      end();
      LOG.info("{} thread exit", thread.getName());
    }
  }

  private void follow() throws InterruptedException {
    long lastReport = System.nanoTime();
    while (!stopping) {
      news.drainPermits();
      // Asked for before the step, which has then seen where the chain stays.
      boolean hasToSettle = settling;
      boolean atTip = follower.advance(() -> stopping);
      if (atTip) {
        reachedTip();
      }
      if (atTip && hasToSettle) {
        follower.stepBack();
        settled();
      }
      publish();
      if (atTip) {
        news.acquire();
      } else if (System.nanoTime() - lastReport >= REPORT_NANOS) {
        lastReport = System.nanoTime();
        LOG.info("Syncing {} with block chain from height {}", name, height());
      }
    }
  }

  private boolean announced;

  private void reachedTip() {
    synced = true;
    if (!announced) {
      announced = true;
      LOG.info("{} is enabled at height {}", name, height());
    }
  }

  private int height() {
    return follower.best().map(HeaderNode::height).orElse(0);
  }

  private synchronized void publish() {
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Ends after the present step. What it has not seen, it catches up with at the next start. */
  @Override
  public void close() {
    stopping = true;
    news.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
