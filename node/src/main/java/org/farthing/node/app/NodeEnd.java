package org.farthing.node.app;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a node is to end: because it was asked to, or because it cannot go on. Any thread. */
final class NodeEnd {
  private static final Logger LOG = LoggerFactory.getLogger(NodeEnd.class);

  private final CountDownLatch requested = new CountDownLatch(1);
  private volatile Throwable ofThread;
  private volatile Throwable elsewhere;

  void request() {
    requested.countDown();
  }

  boolean isRequested() {
    return requested.getCount() == 0;
  }

  void await() throws InterruptedException {
    requested.await();
  }

  /** The node's thread has ended with this, so that what it owned is nobody's. */
  void threadFailed(Throwable reason) {
    report(reason);
    ofThread = reason;
  }

  /** Something failed that the node cannot do without, though its thread goes on. */
  void failedElsewhere(Throwable reason) {
    report(reason);
    elsewhere = reason;
    request();
  }

  private static void report(Throwable reason) {
    LOG.error("The node cannot go on: {}", reason.toString(), reason);
  }

  /** What ended the node, if it was not asked to stop. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(ofThread).or(() -> Optional.ofNullable(elsewhere));
  }
}
