package org.farthing.node.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that the operator named as sources of addresses ({@code -seednode}): each is called once,
 * and left when it has answered. They come in a random order, the first at once where no address is
 * known, and otherwise only after ten seconds in which the known addresses did not lead to enough
 * peers; so do the next ones.
 */
final class SeedNodes {
  private static final Logger LOG = LoggerFactory.getLogger(SeedNodes.class);
  static final long PATIENCE_MILLIS = 10_000;

  private final Deque<String> left;
  private boolean started;
  private long lastMillis;

  SeedNodes(List<String> hosts, Random random) {
    List<String> shuffled = new ArrayList<>(hosts);
    Collections.shuffle(shuffled, random);
    this.left = new ArrayDeque<>(shuffled);
  }

  /**
   * Whom to call now, if anybody.
   *
   * @param knowsAddresses whether the address book has any
   * @param hasPeers whether there are enough peers
   */
  Optional<String> due(boolean knowsAddresses, boolean hasPeers, long nowMillis) {
    boolean isFirst = !started;
    if (isFirst) {
      started = true;
      lastMillis = nowMillis;
    }
    boolean atOnce = isFirst && !knowsAddresses;
    boolean inNeed = !hasPeers && nowMillis >= lastMillis + PATIENCE_MILLIS;
    if (left.isEmpty() || !(atOnce || inNeed)) {
      return Optional.empty();
    }
    lastMillis = nowMillis;
    String host = left.remove();
    if (knowsAddresses) {
      LOG.info(
          "Couldn't connect to peers from addrman after {} seconds. Adding seednode ({}) to"
              + " addrfetch",
          PATIENCE_MILLIS / 1000,
          host);
    } else {
      LOG.info("Empty addrman, adding seednode ({}) to addrfetch", host);
    }
    return Optional.of(host);
  }
}
