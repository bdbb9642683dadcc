package org.farthing.node.light;

/**
 * A peer that is not talked to any more.
 *
 * @param peer as its owner named it
 * @param what it did, as the end of a sentence that begins with it
 */
public record Exposure(String peer, String what) {
  @Override
  public String toString() {
    return "peer " + peer + " " + what;
  }
}
