package org.farthing.node.light;

import java.util.ArrayDeque;
import java.util.Deque;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.Services;

/** A peer whose handshake is over, and the branches that it is known to have. */
final class Source {
  /** Of branches that it left it may still give blocks. */
  private static final int BRANCHES = 8;

  private final Peer peer;
  private final Deque<HeaderNode> ends = new ArrayDeque<>();
  private boolean caughtUp;

  Source(Peer peer) {
    this.peer = peer;
  }

  Peer peer() {
    return peer;
  }

  String name() {
    return peer.name();
  }

  /** It has no header that we don't have, as far as is known. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  void caughtUp(boolean is) {
    caughtUp = is;
  }

  /** It has shown this header last. */
  void showed(HeaderNode node) {
    if (ends.peekFirst() == node) {
      return;
    }
    ends.removeIf(end -> end.isAncestorOf(node));
    ends.addFirst(node);
    if (ends.size() > BRANCHES) {
      ends.removeLast();
    }
  }

  boolean has(HeaderNode node) {
    return ends.stream().anyMatch(node::isAncestorOf);
  }

  boolean hasBlocks() {
    return Services.haveBlocks(services());
  }

  boolean hasFilters() {
    return Services.has(services(), Services.COMPACT_FILTERS);
  }

  private long services() {
    return peer.version().orElseThrow().services();
  }

  @Override
  public String toString() {
    return peer.name();
  }
}
