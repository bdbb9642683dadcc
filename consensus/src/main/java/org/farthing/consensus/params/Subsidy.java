package org.farthing.consensus.params;

/**
 * The new money of a block: it starts at some amount and is halved at regular intervals.
 *
 * @param initialSat satoshis for each block of the first interval
 * @param halvingInterval blocks
 * @param maturity blocks that must follow before a coinbase can be spent
 */
public record Subsidy(long initialSat, int halvingInterval, int maturity) {

  /** The satoshis that the block at {@code height} may create beside its fees. */
  public long at(int height) {
    int halvings = height / halvingInterval;
    return halvings >= Long.SIZE ? 0 : initialSat >> halvings;
  }
}
