package org.farthing.node.cli.testnet;

import java.time.Duration;
import java.util.List;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;

/** Waits for something to come true, as long as all nodes live. */
final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final List<NodeProcess> nodes;

  Waiting(List<NodeProcess> nodes) {
    this.nodes = nodes;
  }

  interface Condition {
    boolean holds() throws CliException, RefusedException;
  }

  /**
   * @param what in the words of "waited … for"
   * @throws NetworkFailure if it takes too long, or if a node ends
   */
  void until(String what, Duration limit, Condition condition)
      throws NetworkFailure, CliException, RefusedException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds(condition)) {
      requireAlive();
      if (System.nanoTime() > end) {
        throw new NetworkFailure("waited " + limit.toSeconds() + " s for " + what, nodes);
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /** A node that ends while it is asked is the failure to report, not that it did not answer. */
  private boolean holds(Condition condition) throws NetworkFailure, CliException, RefusedException {
    try {
      return condition.holds();
    } catch (CliException e) {
      requireAlive();
      throw e;
    }
  }

  private void requireAlive() throws NetworkFailure {
    for (NodeProcess node : nodes) {
      if (!node.isAlive()) {
        throw new NetworkFailure(node.ending(), List.of(node));
      }
    }
  }
}
