package org.farthing.consensus.params;

import java.util.Set;

/** How a network finds the target of the next block. Targets are in compact form. */
public sealed interface Difficulty {
  /** The easiest target that the network allows, in compact form. */
  int limitBits();

  /** The intended time between blocks in seconds. */
  int spacingSeconds();

  /** What some of Bitcoin's test networks do differently. */
  Set<Variation> variations();

  default boolean has(Variation variation) {
    return variations().contains(variation);
  }

  /** A departure from the rules of Bitcoin's main network. */
  enum Variation {
    /**
     * A block whose time is more than two spacings after its parent's has the easiest target; the
     * one after it goes back to the last target that was no such exception.
     */
    EASIEST_AFTER_A_PAUSE,
    /**
     * BIP-0094: the first block of a period is at most 600 seconds older than its parent, and
     * retargeting starts from the first block's target instead of the last's.
     */
    BIP94
  }

  /**
   * Every block has the easiest target.
   *
   * @param period blocks: BIP-0094's, where that applies
   */
  record Fixed(int limitBits, int spacingSeconds, int period, Set<Variation> variations)
      implements Periodic {
    public Fixed {
      variations = Set.copyOf(variations);
    }
  }

  /**
   * Bitcoin's: the target changes with the first block of each period, by the ratio of the time
   * that the period before took to {@code timespanSeconds}, at most by a factor of four.
   */
  record Retarget(int limitBits, int spacingSeconds, int timespanSeconds, Set<Variation> variations)
      implements Periodic {
    public Retarget {
      variations = Set.copyOf(variations);
    }

    @Override
    public int period() {
      return timespanSeconds / spacingSeconds;
    }
  }

  /**
   * LWMA-1 of zawy12: at each block the mean target of the last {@code window} blocks, scaled by
   * their solve times, later ones weighing more. Solve times, measured between median times past,
   * count as at least one second and at most {@code maxSolveSeconds}, so that the schedule is
   * relative: a network that slept goes on at its old difficulty.
   */
  record Lwma(int limitBits, int spacingSeconds, int window, int maxSolveSeconds)
      implements Difficulty {
    @Override
    public Set<Variation> variations() {
      return Set.of();
    }
  }

  /** A difficulty that looks at whole periods. */
  sealed interface Periodic extends Difficulty permits Fixed, Retarget {
    /** Blocks; the heights that are multiples of it begin a period. */
    int period();
  }
}
