package org.farthing.node.events;

import java.util.Arrays;
import java.util.Optional;

/** What can happen. The order stands in the log: new kinds come last. */
public enum EventKind {
  BLOCK_CONNECTED("block-connected"),
  BLOCK_DISCONNECTED("block-disconnected"),
  TX_ADDED("tx-added"),
  TX_REMOVED("tx-removed");

  private final String label;

  EventKind(String label) {
    this.label = label;
  }

  /** For programs. */
  public String label() {
    return label;
  }

  public static Optional<EventKind> labelled(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }
}
