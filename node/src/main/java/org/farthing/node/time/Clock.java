package org.farthing.node.time;

/** The time as the node sees it; tests and {@code setmocktime} move it. */
@FunctionalInterface
public interface Clock {
  /** Milliseconds since 1970. */
  long nowMillis();

  /** Whole seconds since 1970. */
  default long nowSeconds() {
    return Math.floorDiv(nowMillis(), 1000L);
  }
}
