package org.farthing.node.fee;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolEntry;

/**
 * Estimates fees as Bitcoin Core's block policy does: transactions are followed from their entry
 * into the mempool to the block that confirms them, counted by feerate and waiting time, and the
 * lowest feerate is asked for that was mostly confirmed in time. Nobody can move it but by paying
 * fees; who sees only blocks learns nothing. Node thread.
 */
public final class BlockPolicyEstimator {
  /** No longer waiting time is estimated, in blocks. */
  public static final int HIGHEST_TARGET = Horizon.LONG.highestTarget();

  private static final double HALF_THRESHOLD = 0.6;
  private static final double THRESHOLD = 0.85;
  private static final double DOUBLE_THRESHOLD = 0.95;

  /** What an earlier run has seen counts no more after so many blocks. */
  private static final int OLDEST_HISTORY = 6 * 1008;

  private static final int FORMAT = 1;

  private static final int COUNTS_BYTES =
      Arrays.stream(Horizon.values()).mapToInt(ConfirmationStats::encodedBytes).sum();

  private static final String NO_ANSWER = "Insufficient data or no feerate found";

  private final Map<Horizon, ConfirmationStats> stats = new EnumMap<>(Horizon.class);
  private final Map<Txid, Entry> followed = new HashMap<>();
  private int bestHeight;

  /** The first block of this run with transactions that were followed; 0 for none yet. */
  private int firstHeight;

  private Span history = new Span(0, 0);

  /**
   * A transaction that is followed.
   *
   * @param height of the tip when it came
   */
  private record Entry(int height, int bucket) {}

  /** Heights of the first and the last block that something is known of; 0 for nothing. */
  private record Span(int first, int last) {
    int blocks() {
      return first == 0 ? 0 : last - first;
    }
  }

  public BlockPolicyEstimator() {
    for (Horizon horizon : Horizon.values()) {
      stats.put(horizon, new ConfirmationStats(horizon));
    }
  }

  private static double rate(MempoolEntry entry) {
    return FeeRate.of(entry.feeSat(), entry.virtualSize()).satPerKvb();
  }

  /** Follows a transaction that came just now, if it came at the last block that was seen. */
  public void entered(MempoolEntry entry) {
    if (entry.height() == bestHeight && !followed.containsKey(entry.txid())) {
      Entry found = new Entry(entry.height(), FeeBuckets.of(rate(entry)));
      followed.put(entry.txid(), found);
      stats.values().forEach(each -> each.entered(found.height(), found.bucket()));
    }
  }

  /** A transaction has left the mempool, and no block has it. */
  public void left(Txid txid) {
    Entry entry = forget(txid);
    if (entry != null) {
      int waited = bestHeight - entry.height();
      stats.values().forEach(each -> each.failed(waited, entry.bucket()));
    }
  }

  private Entry forget(Txid txid) {
    Entry entry = followed.remove(txid);
    if (entry != null) {
      stats.values().forEach(each -> each.gone(entry.height(), bestHeight, entry.bucket()));
    }
    return entry;
  }

  /**
   * A block was connected. Those of other branches, at heights that were seen already, are left
   * out: reorganisations are few, and say nothing of fees.
   *
   * @param confirmed the transactions of the mempool that are in it
   */
  public void connected(int height, Collection<MempoolEntry> confirmed) {
    if (height <= bestHeight) {
      return;
    }
    bestHeight = height;
    stats.values().forEach(each -> each.age(height));
    for (MempoolEntry entry : confirmed) {
      int blocks = height - entry.height();
      if (forget(entry.txid()) != null && blocks > 0) {
        stats.values().forEach(each -> each.confirmed(blocks, rate(entry)));
        firstHeight = firstHeight == 0 ? height : firstHeight;
      }
    }
  }

  /** What waits now is as good as gone: it will not have been confirmed when the node stops. */
  public void forgetWaiting() {
    List.copyOf(followed.keySet()).forEach(this::left);
  }

  /**
   * What one horizon says.
   *
   * @param target blocks, from 1 to those of the horizon
   * @param threshold the part of transactions that must have been confirmed by then
   */
  public HorizonEstimate estimate(Horizon horizon, int target, double threshold) {
    return stats.get(horizon).estimate(target, threshold, bestHeight);
  }

  /**
   * What all of them say: the most of what was mostly enough in half the time, in time, and almost
   * always enough in double the time.
   *
   * @param target blocks, from 1 to {@link #HIGHEST_TARGET}
   * @param conservative asks the longer horizons too: what was lately cheap may not last
   */
  public FeeEstimate estimate(int target, boolean conservative) {
    // There is no telling who is first in the next block.
    int usable = Math.min(Math.max(target, 2), highestUsable());
    double best = -1;
    if (usable > 1) {
      best = combined(usable / 2, HALF_THRESHOLD, true);
      best = Math.max(best, combined(usable, THRESHOLD, true));
      best = Math.max(best, combined(2 * usable, DOUBLE_THRESHOLD, !conservative));
      if (conservative || best < 0) {
        best = Math.max(best, ofLongerHorizons(2 * usable));
      }
    }
    long rounded = Math.round(best);
    return rounded > 0
        ? FeeEstimate.of(FeeSource.BLOCK_POLICY, new FeeRate(rounded), usable)
        : FeeEstimate.unknown(FeeSource.BLOCK_POLICY, usable, NO_ANSWER);
  }

  private double rate(Horizon horizon, int target, double threshold) {
    OptionalDouble rate = estimate(horizon, target, threshold).rate();
    return rate.orElse(-1);
  }

  /**
   * By the shortest horizon that knows the target.
   *
   * @param shorterToo where a shorter horizon asks for less within less time, that will do
   */
  private double combined(int target, double threshold, boolean shorterToo) {
    double best = -1;
    if (target < 1 || target > HIGHEST_TARGET) {
      return best;
    }
    boolean found = false;
    for (Horizon horizon : List.of(Horizon.SHORT, Horizon.MEDIUM, Horizon.LONG)) {
      if (!found && target <= horizon.highestTarget()) {
        best = rate(horizon, target, threshold);
        found = true;
      }
    }
    for (Horizon horizon : List.of(Horizon.MEDIUM, Horizon.SHORT)) {
      if (shorterToo && target > horizon.highestTarget()) {
        double shorter = rate(horizon, horizon.highestTarget(), threshold);
        best = shorter > 0 && (best < 0 || shorter < best) ? shorter : best;
      }
    }
    return best;
  }

  private double ofLongerHorizons(int target) {
    double best = -1;
    if (target <= Horizon.SHORT.highestTarget()) {
      best = rate(Horizon.MEDIUM, target, DOUBLE_THRESHOLD);
    }
    if (target <= Horizon.MEDIUM.highestTarget()) {
      best = Math.max(best, rate(Horizon.LONG, target, DOUBLE_THRESHOLD));
    }
    return best;
  }

  /** Half of the blocks that something is known of, so that slow transactions were seen too. */
  private int highestUsable() {
    boolean recent = bestHeight - history.last() <= OLDEST_HISTORY;
    int blocks = Math.max(current().blocks(), recent ? history.blocks() : 0);
    return Math.min(HIGHEST_TARGET, blocks / 2);
  }

  private Span current() {
    return new Span(firstHeight, bestHeight);
  }

  /** What is worth keeping between two runs. */
  public byte[] encode() {
    Span known = current().blocks() > history.blocks() / 2 ? current() : history;
    ByteWriter out = new ByteWriter();
    out.int32(FORMAT).int32(bestHeight).int32(known.first()).int32(known.last());
    out.int32(FeeBuckets.COUNT);
    stats.values().forEach(each -> each.writeTo(out));
    return out.toByteArray();
  }

  /**
   * @param encoded what {@link #encode} returned
   * @throws DecodeException if it is something else
   */
  public static BlockPolicyEstimator decode(byte[] encoded) throws DecodeException {
    ByteReader in = new ByteReader(encoded);
    int format = in.int32();
    if (format != FORMAT) {
      throw new DecodeException("format " + format + ", not " + FORMAT);
    }
    int bestHeight = in.int32();
    Span history = new Span(in.int32(), in.int32());
    boolean ordered =
        history.first() >= 0 && history.first() <= history.last() && history.last() <= bestHeight;
    if (!ordered || in.int32() != FeeBuckets.COUNT) {
      throw new DecodeException("heights out of order, or other feerates");
    }
    // Before there is room for the counts: they take a megabyte.
    if (in.remaining() != COUNTS_BYTES) {
      throw new DecodeException(in.remaining() + " bytes of counts, not " + COUNTS_BYTES);
    }
    BlockPolicyEstimator estimator = new BlockPolicyEstimator();
    estimator.bestHeight = bestHeight;
    estimator.history = history;
    for (Horizon horizon : Horizon.values()) {
      estimator.stats.get(horizon).readFrom(in);
    }
    in.expectEnd();
    return estimator;
  }
}
