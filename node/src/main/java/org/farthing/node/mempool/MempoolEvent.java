package org.farthing.node.mempool;

/** What happened in the mempool, in order. A reader of all events can mirror it. */
public sealed interface MempoolEvent {
  MempoolEntry entry();

  /**
   * Counts the events, as Bitcoin Core's {@code mempool_sequence} does: from 1, also those that no
   * message tells of because a block does.
   */
  long sequence();

  /** It waits from now on. */
  record Added(MempoolEntry entry, long sequence) implements MempoolEvent {}

  /** It waits no longer. */
  record Removed(MempoolEntry entry, RemovalReason reason, long sequence) implements MempoolEvent {}

  /** Why a transaction waits no longer. */
  enum RemovalReason {
    /** A block confirmed it. */
    BLOCK("block"),
    /** Another spend of the same coin pays more. */
    REPLACED("replaced"),
    /** A block confirmed another spend of the same coin. */
    CONFLICT("conflict"),
    /** After a reorganisation no block could contain it. */
    REORG("reorg"),
    /** It waited too long. */
    EXPIRY("expiry"),
    /** It paid least when there was no room. */
    SIZE_LIMIT("sizelimit");

    private final String label;

    RemovalReason(String label) {
      this.label = label;
    }

    /** Bitcoin Core's word for it. */
    public String label() {
      return label;
    }
  }
}
