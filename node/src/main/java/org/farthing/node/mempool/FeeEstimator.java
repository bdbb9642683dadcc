package org.farthing.node.mempool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.consensus.validation.TxChecks;
import org.farthing.node.mempool.FeeEstimate.Basis;

/**
 * What a payment should pay to be confirmed soon: more than what already waits for the room of the
 * blocks until then, and, while blocks come nearly full, as much as got transactions into the last
 * ones; else the minimum. It forecasts nothing. Node thread.
 */
public final class FeeEstimator {
  /** Blocks that are looked back on. */
  private static final int WINDOW = 12;

  /** From this weight on, room in a block is scarce. */
  private static final int NEARLY_FULL_WEIGHT = BlockChecks.MAX_WEIGHT / 10 * 9;

  /** The part of a full block's transactions that paid less than what is thought needed. */
  private static final int PERCENTILE = 25;

  private final Mempool mempool;
  private final int blockWeight;
  private final Deque<Seen> last = new ArrayDeque<>();

  /**
   * A connected block.
   *
   * @param rate the feerate at the percentile
   */
  private record Seen(int weight, FeeRate rate) {}

  /**
   * @param blockWeight the room for transactions in a block
   */
  public FeeEstimator(Mempool mempool, int blockWeight) {
    this.mempool = mempool;
    this.blockWeight = blockWeight;
  }

  /** Follows the chain: call it for every event, in order. */
  public void chainEvent(ChainEvent event) {
    if (event instanceof ChainEvent.Disconnected) {
      last.pollLast();
      return;
    }
    last.addLast(new Seen(event.block().weight(), ratePaid(event)));
    if (last.size() > WINDOW) {
      last.removeFirst();
    }
  }

  private static FeeRate ratePaid(ChainEvent event) {
    List<FeeRate> rates = new ArrayList<>();
    List<Transaction> transactions = event.block().transactions();
    for (int i = 1; i < transactions.size(); i++) {
      Transaction tx = transactions.get(i);
      List<Coin> spent = event.undo().spent().get(i - 1);
      rates.add(FeeRate.of(TxChecks.fee(tx, spent), tx.virtualSize()));
    }
    Collections.sort(rates);
    return rates.isEmpty() ? FeeRate.ZERO : rates.get(rates.size() * PERCENTILE / 100);
  }

  /**
   * @param targetBlocks in how many blocks the payment should be confirmed, at least 1
   */
  public FeeEstimate estimate(int targetBlocks, long nowMillis) {
    FeeRate minimum = mempool.snapshot().minimumFee(nowMillis);
    FeeRate waiting = rateBeyond((long) blockWeight * targetBlocks, mempool.chunks());
    FeeRate paid = paidInFullBlocks();
    if (waiting.compareTo(minimum) > 0 && waiting.compareTo(paid) >= 0) {
      return new FeeEstimate(waiting, Basis.MEMPOOL, targetBlocks);
    }
    return paid.compareTo(minimum) > 0
        ? new FeeEstimate(paid, Basis.BLOCKS, targetBlocks)
        : new FeeEstimate(minimum, Basis.MINIMUM, targetBlocks);
  }

  /** A little more than the best of what finds no room; zero if all does. */
  private static FeeRate rateBeyond(long room, Collection<Chunk> bestFirst) {
    long left = room;
    for (Chunk chunk : bestFirst) {
      left -= chunk.fees().weight();
      if (left < 0) {
        return chunk.fees().rate().plus(new FeeRate(1));
      }
    }
    return FeeRate.ZERO;
  }

  /** The median over the last blocks if most of them were nearly full; else zero. */
  private FeeRate paidInFullBlocks() {
    List<FeeRate> rates =
        last.stream()
            .filter(seen -> seen.weight() >= NEARLY_FULL_WEIGHT)
            .map(Seen::rate)
            .sorted()
            .toList();
    return rates.size() * 2 > last.size() ? rates.get(rates.size() / 2) : FeeRate.ZERO;
  }
}
