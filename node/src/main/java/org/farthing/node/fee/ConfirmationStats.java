package org.farthing.node.fee;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * How long transactions of each bucket of feerates waited, as one horizon remembers it. With each
 * block the past counts a little less.
 */
final class ConfirmationStats {
  private final Horizon horizon;

  /** Confirmed transactions, by bucket. */
  private final double[] confirmed = new double[FeeBuckets.COUNT];

  /** The sum of what they paid. */
  private final double[] rates = new double[FeeBuckets.COUNT];

  /** Those of them that waited for at most so many periods, by bucket. */
  private final double[][] within;

  /** Those that left the mempool unconfirmed after at least so many periods. */
  private final double[][] failed;

  /** Those that wait now, by the height at which they came; a ring, null where none came. */
  private final int[][] waiting;

  /** Those that wait for longer than the ring goes back. */
  private final int[] waitingLonger = new int[FeeBuckets.COUNT];

  /** Whether anything was counted that can lose its weight. */
  private boolean counted;

  ConfirmationStats(Horizon horizon) {
    this.horizon = horizon;
    this.within = new double[horizon.periods()][FeeBuckets.COUNT];
    this.failed = new double[horizon.periods()][FeeBuckets.COUNT];
    this.waiting = new int[horizon.highestTarget()][];
  }

  private int slot(int height) {
    return Math.floorMod(height, waiting.length);
  }

  /** A block came: whatever is known is older now. */
  void age(int height) {
    int[] oldest = waiting[slot(height)];
    if (oldest != null) {
      for (int bucket = 0; bucket < FeeBuckets.COUNT; bucket++) {
        waitingLonger[bucket] += oldest[bucket];
      }
      waiting[slot(height)] = null;
    }
    if (!counted) {
      // Nothing loses no weight, in the many blocks before the first transaction.
      return;
    }
    decay(confirmed);
    decay(rates);
    for (int period = 0; period < horizon.periods(); period++) {
      decay(within[period]);
      decay(failed[period]);
    }
  }

  private void decay(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= horizon.decay();
    }
  }

  void entered(int height, int bucket) {
    if (waiting[slot(height)] == null) {
      waiting[slot(height)] = new int[FeeBuckets.COUNT];
    }
    waiting[slot(height)][bucket]++;
  }

  /** One that was counted as entered waits no longer. */
  void gone(int entryHeight, int bestHeight, int bucket) {
    int[] row =
        bestHeight - entryHeight >= waiting.length ? waitingLonger : waiting[slot(entryHeight)];
    row[bucket] = Math.max(0, row[bucket] - 1);
  }

  /**
   * One has left the mempool without being confirmed.
   *
   * @param blocks that came while it waited
   */
  void failed(int blocks, int bucket) {
    counted = true;
    int periods = Math.min(blocks / horizon.scale(), failed.length);
    for (int period = 0; period < periods; period++) {
      failed[period][bucket]++;
    }
  }

  /**
   * One was confirmed.
   *
   * @param blocks until then, from 1
   */
  void confirmed(int blocks, double rate) {
    counted = true;
    int bucket = FeeBuckets.of(rate);
    for (int period = periods(blocks); period <= within.length; period++) {
      within[period - 1][bucket]++;
    }
    confirmed[bucket]++;
    rates[bucket] += rate;
  }

  private int periods(int blocks) {
    return (blocks + horizon.scale() - 1) / horizon.scale();
  }

  /**
   * Walks from the highest feerates down, over ranges with enough transactions to judge by, as long
   * as they were fast enough.
   *
   * @param target blocks, at most those of the horizon
   * @param threshold the part of a range that must have been confirmed by then
   * @param height of the last block
   */
  HorizonEstimate estimate(int target, double threshold, int height) {
    RangeSearch search = new RangeSearch(threshold, horizon.sufficient());
    for (int bucket = FeeBuckets.COUNT - 1; bucket >= 0; bucket--) {
      search.add(
          bucket,
          new BucketRange(
              0,
              0,
              within[periods(target) - 1][bucket],
              confirmed[bucket],
              waitingFor(target, height, bucket),
              failed[periods(target) - 1][bucket]));
    }
    return search.result(this::median);
  }

  private int waitingFor(int blocks, int height, int bucket) {
    int count = waitingLonger[bucket];
    for (int age = blocks; age < waiting.length; age++) {
      int[] row = waiting[slot(height - age)];
      count += row == null ? 0 : row[bucket];
    }
    return count;
  }

  /** The mean of the bucket that has the median transaction of some buckets. */
  private OptionalDouble median(int lowest, int highest) {
    double half = 0;
    for (int bucket = lowest; bucket <= highest; bucket++) {
      half += confirmed[bucket] / 2;
    }
    for (int bucket = lowest; bucket <= highest && half > 0; bucket++) {
      if (confirmed[bucket] >= half) {
        return OptionalDouble.of(rates[bucket] / confirmed[bucket]);
      }
      half -= confirmed[bucket];
    }
    return OptionalDouble.empty();
  }

  /** What is worth keeping: not what waits now. */
  void writeTo(ByteWriter out) {
    write(out, confirmed);
    write(out, rates);
    for (int period = 0; period < horizon.periods(); period++) {
      write(out, within[period]);
      write(out, failed[period]);
    }
  }

  private static void write(ByteWriter out, double[] values) {
    Arrays.stream(values).forEach(value -> out.int64(Double.doubleToLongBits(value)));
  }

  /** How many bytes {@link #writeTo} writes. */
  static int encodedBytes(Horizon horizon) {
    return (2 + 2 * horizon.periods()) * FeeBuckets.COUNT * Double.BYTES;
  }

  /** Takes over what was written. */
  void readFrom(ByteReader in) throws DecodeException {
    counted = true;
    read(in, confirmed);
    read(in, rates);
    for (int period = 0; period < horizon.periods(); period++) {
      read(in, within[period]);
      read(in, failed[period]);
    }
  }

  private static void read(ByteReader in, double[] values) throws DecodeException {
    for (int i = 0; i < values.length; i++) {
      double value = Double.longBitsToDouble(in.int64());
      if (!Double.isFinite(value) || value < 0) {
        throw new DecodeException("not a number of transactions: " + value);
      }
      values[i] = value;
    }
  }
}
