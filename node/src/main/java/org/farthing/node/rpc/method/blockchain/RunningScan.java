package org.farthing.node.rpc.method.blockchain;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.error.RpcException;

/** A long walk that one caller waits for, and that others can watch and end. */
final class RunningScan {
  private final NodeCalls calls;
  private volatile boolean aborted;
  private volatile int progressPercent;
  private volatile int height;

  private RunningScan(NodeCalls calls) {
    this.calls = calls;
  }

  /** Room for one scan at a time. */
  static final class Slot {
    private final AtomicReference<RunningScan> running = new AtomicReference<>();
    private final NodeCalls calls;

    Slot(NodeCalls calls) {
      this.calls = calls;
    }

    /**
     * @throws RpcException if there is a scan already
     */
    <T> T run(Function<RunningScan, T> walk) {
      RunningScan scan = new RunningScan(calls);
      if (!running.compareAndSet(null, scan)) {
        throw RpcException.invalidParameter(
            "Scan already in progress, use action \"abort\" or \"status\"");
      }
      try {
        return walk.apply(scan);
      } finally {
        running.set(null);
      }
    }

    Optional<RunningScan> current() {
      return Optional.ofNullable(running.get());
    }

    /** Returns false if there is none. */
    boolean abort() {
      Optional<RunningScan> scan = current();
      scan.ifPresent(s -> s.aborted = true);
      return scan.isPresent();
    }
  }

  /**
   * Whether somebody wants the scan to end; asked now and then.
   *
   * @throws RpcException if the node stops
   */
  boolean isAborted() {
    calls.expectOpen();
    return aborted;
  }

  int progressPercent() {
    return progressPercent;
  }

  /** Where it is, if it goes by height. */
  int height() {
    return height;
  }

  void reached(int percent) {
    progressPercent = percent;
  }

  void reached(int percent, int newHeight) {
    progressPercent = percent;
    height = newHeight;
  }
}
