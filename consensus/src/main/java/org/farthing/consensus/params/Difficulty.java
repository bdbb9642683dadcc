package org.farthing.consensus.params;

/** How a network finds the target of the next block. Targets are in compact form. */
public sealed interface Difficulty {
  /** The easiest target that the network allows, in compact form. */
  int limitBits();

  /** The intended time between blocks in seconds. */
  int spacingSeconds();

  /** Every block has the easiest target. */
  record Fixed(int limitBits, int spacingSeconds) implements Difficulty {}

  /**
   * LWMA-1 of zawy12: at each block the mean target of the last {@code window} blocks, scaled by
   * their solve times, later ones weighing more. Solve times, measured between median times past,
   * count as at least one second and at most {@code maxSolveSeconds}, so that the schedule is
   * relative: a network that slept goes on at its old difficulty.
   */
  record Lwma(int limitBits, int spacingSeconds, int window, int maxSolveSeconds)
      implements Difficulty {}
}
