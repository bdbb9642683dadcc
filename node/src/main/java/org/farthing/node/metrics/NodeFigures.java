package org.farthing.node.metrics;

/**
 * What only the node's thread knows, as it was when it last came by.
 *
 * @param inbound peers that connected to us
 * @param outbound peers that we connected to
 * @param receivedBytes of all peers since the start
 * @param sentBytes to all peers since the start
 * @param wallets that are loaded
 */
public record NodeFigures(
    int inbound, int outbound, long receivedBytes, long sentBytes, int wallets) {
  public static final NodeFigures NONE = new NodeFigures(0, 0, 0, 0, 0);
}
