package org.farthing.node.peer;

/**
 * How many peers of which kind there may be. Those that the operator names do not count.
 *
 * @param fullRelay that we choose from the address book
 * @param blockRelay that we choose for blocks alone
 * @param automatic that we choose, of all kinds together
 * @param inbound that call us
 */
record Slots(int fullRelay, int blockRelay, int automatic, int inbound) {
  static final int FULL_RELAY = 8;
  private static final int BLOCK_RELAY = 2;
  private static final int FEELERS = 1;

  /** Shares {@code -maxconnections} out: those that we choose come first. */
  static Slots of(int connections) {
    int fullRelay = Math.min(FULL_RELAY, connections);
    int blockRelay = Math.min(BLOCK_RELAY, connections - fullRelay);
    int chosen = fullRelay + blockRelay + FEELERS;
    return new Slots(
        fullRelay, blockRelay, Math.min(chosen, connections), Math.max(0, connections - chosen));
  }

  /** How many of this kind; those that are over soon are limited together only. */
  int of(ConnectionKind kind) {
    return switch (kind) {
      case INBOUND -> inbound;
      case MANUAL, PRIVATE_BROADCAST -> Integer.MAX_VALUE;
      case OUTBOUND -> fullRelay;
      case BLOCK_RELAY -> blockRelay;
      case ADDR_FETCH, FEELER -> automatic;
    };
  }
}
