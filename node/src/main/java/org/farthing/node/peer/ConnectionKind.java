package org.farthing.node.peer;

import java.util.Arrays;
import java.util.Optional;

/** How a connection came about, and what it is for. */
public enum ConnectionKind {
  /** The peer called us. */
  INBOUND("inbound"),
  /** We chose the peer from the address book. */
  OUTBOUND("outbound-full-relay"),
  /** The operator named the peer. */
  MANUAL("manual"),
  /** We chose the peer for blocks alone: who watches transactions and addresses cannot see it. */
  BLOCK_RELAY("block-relay-only"),
  /** We ask the peer for addresses once. */
  ADDR_FETCH("addr-fetch"),
  /** We look whether somebody is there. */
  FEELER("feeler"),
  /** We send the peer one transaction, and say nothing of ourselves. */
  PRIVATE_BROADCAST("private-broadcast");

  private final String label;

  ConnectionKind(String label) {
    this.label = label;
  }

  /** Bitcoin Core's name for it in {@code getpeerinfo}. */
  public String label() {
    return label;
  }

  /** The kind of this name. */
  public static Optional<ConnectionKind> named(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  /** Transactions and addresses travel on it, not only blocks. */
  public boolean gossips() {
    return this != BLOCK_RELAY && this != FEELER && this != PRIVATE_BROADCAST;
  }

  /** The chain is learned and served on it. */
  public boolean hasChain() {
    return this != ADDR_FETCH && this != FEELER && this != PRIVATE_BROADCAST;
  }

  /** Nobody but we chose the peer, and only one that has blocks with witnesses is of use. */
  boolean needsBlocks() {
    return this == OUTBOUND || this == BLOCK_RELAY || this == ADDR_FETCH;
  }
}
