package org.farthing.node.app;

/**
 * How a node lives in its process.
 *
 * @param name of its own thread, for whoever looks at threads
 * @param sharesThreads it uses the same ones for sockets and for pure functions as the other nodes
 *     of the process that share them; otherwise it has some for itself
 */
public record Hosting(String name, boolean sharesThreads) {
  /** A process is there for one node. */
  public static final Hosting ALONE = new Hosting("node", false);
}
