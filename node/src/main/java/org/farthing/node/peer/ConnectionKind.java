package org.farthing.node.peer;

/** How a connection came about. */
public enum ConnectionKind {
  /** The peer called us. */
  INBOUND("inbound"),
  /** We chose the peer from the address book. */
  OUTBOUND("outbound-full-relay"),
  /** The operator named the peer. */
  MANUAL("manual");

  private final String label;

  ConnectionKind(String label) {
    this.label = label;
  }

  /** Bitcoin Core's name for it in {@code getpeerinfo}. */
  public String label() {
    return label;
  }
}
