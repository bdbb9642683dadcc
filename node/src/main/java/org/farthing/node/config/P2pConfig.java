package org.farthing.node.config;

import java.util.List;

/**
 * Whom the node talks to.
 *
 * @param listen accept connections from others
 * @param bind the local address to listen on
 * @param port the TCP port to listen on; 0 lets the system choose
 * @param connect if not empty: connect to these and to no others
 * @param addNodes connect to these too, and again when a connection is lost
 * @param seeds names that resolve to many addresses of nodes
 * @param maxConnections peers at most, both ways together
 */
public record P2pConfig(
    boolean listen,
    String bind,
    int port,
    List<String> connect,
    List<String> addNodes,
    List<String> seeds,
    int maxConnections) {
  public P2pConfig {
    connect = List.copyOf(connect);
    addNodes = List.copyOf(addNodes);
    seeds = List.copyOf(seeds);
  }
}
