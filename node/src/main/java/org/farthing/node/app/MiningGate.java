package org.farthing.node.app;

import org.farthing.node.time.Clock;

/**
 * Whether blocks may be made. Not while a better chain is known than the one that the node has, so
 * that a node that joins a network doesn't work on an old tip. That is not for ever: who announces
 * a chain and keeps its blocks back stops nobody, and a node that knows of nobody mines alone.
 */
final class MiningGate {
  /** How often {@link #isOpen} is to be asked at least. */
  static final long LOOK_MILLIS = 250;

  /** Who mines at its start first listens for this long whether others have a better chain. */
  private static final long LISTEN_MILLIS = 3_000;

  /** A chain whose blocks don't come for so long is not waited for. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final NodeCore core;
  private final Clock clock;
  private final long startedAtMillis;
  private long caughtUpAtMillis;
  private long progressAtMillis;

  MiningGate(NodeCore core, Clock clock) {
    this.core = core;
    this.clock = clock;
    this.startedAtMillis = clock.nowMillis();
    this.progressAtMillis = startedAtMillis;
  }

  void tipChanged() {
    progressAtMillis = clock.nowMillis();
  }

  boolean isOpen() {
    long now = clock.nowMillis();
    if (core.gossip().blocks().isCaughtUp()) {
      caughtUpAtMillis = now;
    }
    boolean listened = now - startedAtMillis >= LISTEN_MILLIS || core.hasReadyPeer();
    boolean inVain = now - Math.max(caughtUpAtMillis, progressAtMillis) >= PATIENCE_MILLIS;
    return listened && (caughtUpAtMillis == now || inVain);
  }
}
