package org.farthing.node.simulation;

/**
 * Where a machine stands, and how fast its lines are.
 *
 * @param region what {@link Latency} goes by
 * @param upBytesPerSecond 0: no limit
 * @param downBytesPerSecond 0: no limit
 */
public record Place(int region, long upBytesPerSecond, long downBytesPerSecond) {
  /** A place in the first region, with lines that take any amount at once. */
  public static final Place ANYWHERE = new Place(0, 0, 0);
}
