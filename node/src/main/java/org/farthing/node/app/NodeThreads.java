package org.farthing.node.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.farthing.node.transport.EventLoops;

/**
 * The threads that a node uses beside its own one: for sockets, for pure functions, for looking up
 * hosts. To be closed after all who use them.
 */
final class NodeThreads implements AutoCloseable {
  private static final int P2P_LOOPS = 2;
  private static final int LOOKUPS = 2;

  private static NodeThreads shared;
  private static int sharers;

  private final EventLoops p2p;
  private final EventLoops rpc;
  private final ExecutorService workers;
  private final ExecutorService lookups;
  private final Runnable end;

  private NodeThreads(EventLoops p2p, EventLoops rpc, int workers) {
    this.p2p = p2p;
    this.rpc = rpc;
    this.workers = pool("worker", workers);
    this.lookups = pool("resolver", LOOKUPS);
    this.end = this::endAll;
  }

  /** The same threads with another end. */
  private NodeThreads(NodeThreads threads, Runnable end) {
    this.p2p = threads.p2p;
    this.rpc = threads.rpc;
    this.workers = threads.workers;
    this.lookups = threads.lookups;
    this.end = end;
  }

  /**
   * @param workers for pure functions; 0 for one for each processor
   */
  static NodeThreads of(Hosting hosting, int workers) {
    int count = workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
    return hosting.embedded()
        ? share(count)
        : new NodeThreads(new EventLoops("p2p", P2P_LOOPS), new EventLoops("rpc-io", 1), count);
  }

  /** They start with the first node that shares them, and end with the last. */
  private static synchronized NodeThreads share(int workers) {
    if (sharers++ == 0) {
      EventLoops loops = new EventLoops("farthing-io", P2P_LOOPS);
      shared = new NodeThreads(loops, loops, workers);
    }
    return new NodeThreads(shared, NodeThreads::release);
  }

  private static synchronized void release() {
    if (--sharers == 0) {
      shared.endAll();
      shared = null;
    }
  }

  private void endAll() {
    workers.shutdownNow();
    lookups.shutdownNow();
    p2p.close();
    rpc.close();
  }

  private static ExecutorService pool(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread worker = new Thread(task, name + "-" + number.getAndIncrement());
          worker.setDaemon(true);
          return worker;
        };
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  EventLoops p2p() {
    return p2p;
  }

  EventLoops rpc() {
    return rpc;
  }

  ExecutorService workers() {
    return workers;
  }

  ExecutorService lookups() {
    return lookups;
  }

  @Override
  public void close() {
    end.run();
  }
}
