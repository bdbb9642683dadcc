package org.farthing.node.events;

import org.farthing.node.mempool.MempoolEvent;

/** Why a transaction waits no longer. The order stands in the log: new causes come last. */
public enum RemovalCause {
  BLOCK(MempoolEvent.RemovalReason.BLOCK.label()),
  REPLACED(MempoolEvent.RemovalReason.REPLACED.label()),
  CONFLICT(MempoolEvent.RemovalReason.CONFLICT.label()),
  REORG(MempoolEvent.RemovalReason.REORG.label()),
  EXPIRY(MempoolEvent.RemovalReason.EXPIRY.label()),
  SIZE_LIMIT(MempoolEvent.RemovalReason.SIZE_LIMIT.label()),
  /** The node was started anew: it waits again if the node has remembered it. */
  RESTART("restart");

  private final String label;

  RemovalCause(String label) {
    this.label = label;
  }

  /** For programs. */
  public String label() {
    return label;
  }

  static RemovalCause of(MempoolEvent.RemovalReason reason) {
    return switch (reason) {
      case BLOCK -> BLOCK;
      case REPLACED -> REPLACED;
      case CONFLICT -> CONFLICT;
      case REORG -> REORG;
      case EXPIRY -> EXPIRY;
      case SIZE_LIMIT -> SIZE_LIMIT;
    };
  }
}
