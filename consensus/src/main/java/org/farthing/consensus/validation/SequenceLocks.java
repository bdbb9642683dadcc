package org.farthing.consensus.validation;

import java.util.List;
import java.util.function.IntToLongFunction;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;

/**
 * The relative lock times of a transaction (BIP-0068), as absolute ones.
 *
 * @param lastInvalidHeight the last height at which the transaction cannot be in a block; -1 if any
 *     will do
 * @param lastInvalidTime the last median time past, in seconds since 1970, after which it cannot
 *     be; -1 if any will do
 */
public record SequenceLocks(int lastInvalidHeight, long lastInvalidTime) {
  private static final SequenceLocks NONE = new SequenceLocks(-1, -1);
  private static final int LEAST_VERSION = 2;

  /**
   * @param spent the outputs that the inputs spend, in their order
   * @param medianTimePast the median time past of the block at a height of the transaction's chain
   */
  public static SequenceLocks of(
      Transaction transaction,
      List<? extends SpentOutput> spent,
      IntToLongFunction medianTimePast) {
    if (Integer.compareUnsigned(transaction.version(), LEAST_VERSION) < 0) {
      return NONE;
    }
    int height = -1;
    long time = -1;
    for (int i = 0; i < spent.size(); i++) {
      int sequence = transaction.inputs().get(i).sequence();
      if ((sequence & Sequence.DISABLE_FLAG) != 0) {
        continue;
      }
      int madeAt = spent.get(i).height();
      int units = sequence & Sequence.MASK;
      if ((sequence & Sequence.TYPE_FLAG) != 0) {
        // Measured from the least time that the block with the spent output could have.
        long start = medianTimePast.applyAsLong(Math.max(madeAt - 1, 0));
        time = Math.max(time, start + ((long) units << Sequence.GRANULARITY_SHIFT) - 1);
      } else {
        height = Math.max(height, madeAt + units - 1);
      }
    }
    return new SequenceLocks(height, time);
  }

  /**
   * True where a block at {@code height} may contain the transaction.
   *
   * @param medianTimePast of that block's parent, in seconds since 1970
   */
  public boolean areSatisfied(int height, long medianTimePast) {
    return lastInvalidHeight < height && lastInvalidTime < medianTimePast;
  }
}
