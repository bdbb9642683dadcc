package org.farthing.node.app;

/**
 * How a node lives in its process.
 *
 * @param name of its own thread, for whoever looks at threads
 * @param embedded it is a guest of another program: for sockets and pure functions it uses the same
 *     threads as the other guests, and it opens its ports only when somebody asks where they are.
 *     Otherwise it has threads for itself, and opens its ports when it starts
 */
public record Hosting(String name, boolean embedded) {
  /** A process is there for one node. */
  public static final Hosting ALONE = new Hosting("node", false);
}
