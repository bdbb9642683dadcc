package org.farthing.node.fee;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.consensus.validation.TxChecks;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.FeeRate;

/**
 * Guesses a fee where too little is known to estimate one: on a network with ten transactions a
 * day, and on a node that is new. Where the last blocks had room left, it is enough to be before
 * what waits and will not fit; where they were full, the mean of what they were paid is asked for
 * too, since a mempool that is new may not know what waits. Node thread.
 */
public final class RoomEstimator {
  /** So many of the last blocks are looked at. */
  public static final int WINDOW = 6;

  private static final long BLOCK_WEIGHT = BlockChecks.MAX_WEIGHT;

  /** A block of at least so much has no room left. */
  private static final long FULL_WEIGHT = BLOCK_WEIGHT / 10 * 9;

  private final Deque<Filled> last = new ArrayDeque<>();

  /**
   * How full a block was.
   *
   * @param paid all fees for all weight, without the coinbase
   */
  private record Filled(int height, FeePerWeight paid) {
    boolean isFull() {
      return paid.weight() >= FULL_WEIGHT;
    }
  }

  /** Follows the chain: call it for every event, in order. */
  void chainChanged(ChainEvent event) {
    int height = event.node().height();
    last.removeIf(earlier -> earlier.height() >= height);
    if (event instanceof ChainEvent.Connected) {
      add(height, event.block(), event.undo());
    }
  }

  /** A block of the active chain, after those that were added before. */
  public void add(int height, Block block, BlockUndo undo) {
    long weight = 0;
    long feeSat = 0;
    for (int i = 1; i < block.transactions().size(); i++) {
      Transaction tx = block.transactions().get(i);
      weight += tx.weight();
      feeSat += TxChecks.fee(tx, undo.spent().get(i - 1));
    }
    add(height, new FeePerWeight(feeSat, weight));
  }

  /**
   * The same, of a block of which no more need be known.
   *
   * @param paid all fees for all weight, without the coinbase
   */
  public void add(int height, FeePerWeight paid) {
    last.addLast(new Filled(height, paid));
    if (last.size() > WINDOW) {
      last.removeFirst();
    }
  }

  /**
   * @param bestFirst the chunks of all that waits
   * @param target blocks, from 1
   * @param conservative leaves half of each block to those who come later and pay more; else a
   *     quarter
   * @param least what has to be paid at any rate
   */
  public FeeEstimate estimate(
      Iterable<FeePerWeight> bestFirst, int target, boolean conservative, FeeRate least) {
    long roomWeight = target * (conservative ? BLOCK_WEIGHT / 2 : BLOCK_WEIGHT / 4 * 3);
    Optional<FeeRate> first = firstBeyond(bestFirst, roomWeight);
    FeeRate rate = first.map(beyond -> beyond.plus(new FeeRate(1))).orElse(least).max(least);
    long full = last.stream().filter(Filled::isFull).count();
    if (full * 2 > last.size()) {
      rate = rate.max(meanOfFull());
    }
    String blocks =
        last.isEmpty()
            ? "no block was seen"
            : "%d of the last %d blocks had room left".formatted(last.size() - full, last.size());
    String waits =
        first.isPresent()
            ? "more waits than is expected to fit into %d".formatted(target)
            : "what waits is expected to fit into %d".formatted(target);
    return FeeEstimate.of(FeeSource.ROOM_IN_BLOCKS, rate, target).restingOn(blocks + ", " + waits);
  }

  private static Optional<FeeRate> firstBeyond(Iterable<FeePerWeight> bestFirst, long weight) {
    long sum = 0;
    for (FeePerWeight chunk : bestFirst) {
      sum += chunk.weight();
      if (sum > weight) {
        return Optional.of(chunk.rate());
      }
    }
    return Optional.empty();
  }

  private FeeRate meanOfFull() {
    return last.stream()
        .filter(Filled::isFull)
        .map(Filled::paid)
        .reduce(FeePerWeight::plus)
        .map(FeePerWeight::rate)
        .orElse(FeeRate.ZERO);
  }
}
