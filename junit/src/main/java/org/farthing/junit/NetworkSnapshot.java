package org.farthing.junit;

import java.util.List;

/** A {@link RegtestNetwork} as it was once: all its nodes, and who is connected to whom. */
public final class NetworkSnapshot {
  private final RegtestNetwork network;
  private final List<NodeSnapshot> nodes;
  private final List<Link> links;

  NetworkSnapshot(RegtestNetwork network, List<NodeSnapshot> nodes, List<Link> links) {
    this.network = network;
    this.nodes = List.copyOf(nodes);
    this.links = List.copyOf(links);
  }

  List<NodeSnapshot> nodesOf(RegtestNetwork asking) {
    if (asking != network) {
      throw new IllegalArgumentException("the snapshot is of another network");
    }
    return nodes;
  }

  List<Link> links() {
    return links;
  }
}
