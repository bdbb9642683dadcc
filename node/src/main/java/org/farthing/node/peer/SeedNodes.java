package org.farthing.node.peer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that the operator named as sources of addresses ({@code -seednode}): each is called once,
 * and left when it has answered. The first is called at once where no address is known, and
 * otherwise only after ten seconds in which no known address led to a peer; so are the next ones.
 */
final class SeedNodes {
  private static final Logger LOG = LoggerFactory.getLogger(SeedNodes.class);
  private static final long PATIENCE_MILLIS = 10_000;

  private final Deque<String> left;
  private long lastMillis = -1;

  SeedNodes(List<String> hosts) {
    this.left = new ArrayDeque<>(hosts);
  }

  /**
   * Whom to call now, if anybody.
   *
   * @param knowsAddresses whether the address book has any
   * @param hasPeers whether a peer was found already
   */
  Optional<String> due(boolean knowsAddresses, boolean hasPeers, long nowMillis) {
    if (lastMillis < 0) {
      lastMillis = nowMillis;
      if (!knowsAddresses && !left.isEmpty()) {
        LOG.info("Empty addrman, adding seednode ({}) to addrfetch", left.peek());
        return Optional.of(left.remove());
      }
    }
    if (left.isEmpty() || hasPeers || nowMillis - lastMillis < PATIENCE_MILLIS) {
      return Optional.empty();
    }
    lastMillis = nowMillis;
    LOG.info(
        "Couldn't connect to peers from addrman after {} seconds. Adding seednode ({}) to"
            + " addrfetch",
        PATIENCE_MILLIS / 1000,
        left.peek());
    return Optional.of(left.remove());
  }
}
