package org.farthing.node.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped in the reverse order. */
final class Closers {
  private static final Logger LOG = LoggerFactory.getLogger(Closers.class);

  private final Deque<Runnable> started = new ArrayDeque<>();

  void push(Runnable closer) {
    started.push(closer);
  }

  /** A bug in one of them does not leave the others open. */
  void runAll() {
    while (!started.isEmpty()) {
      try {
        started.pop().run();
      } catch (RuntimeException | Error e) {
        LOG.error("While stopping: {}", e.toString(), e);
      }
    }
  }
}
