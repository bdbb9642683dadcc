package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts at most 64 related transactions into the chunks that no other order betters: whatever weight
 * a miner has room for, no order earns more. Sets of transactions are bits of a {@code long}.
 *
 * <p>A set is halved again and again. Against the feerate of the whole each transaction counts for
 * what it pays more or less than its weight would: what is more can be given to ancestors that pay
 * less, as a flow. If some givers cannot get rid of all they have, these and all that they need are
 * the part that pays better than the whole, and comes first (a closure of greatest value, by a
 * minimal cut). If all can, the whole is one chunk, but for parts that pay exactly the same and do
 * not need each other. So the work is bounded: two flows for each chunk at most, each through 64
 * transactions.
 */
final class ChunkSearch {
  /** Products of fees and weights stay below 2^62, so that sums of two do not overflow. */
  private static final int SAFE_BITS = 62;

  private final long[] fees;
  private final long[] weights;
  private final long[] ancestors;
  private final boolean exact;
  private final List<Long> chunks = new ArrayList<>();

  /** What a giver has left to give, or a taker could still take. */
  private final long[] left;

  /** By taker and giver. */
  private final long[][] flow;

  /** Those that a taker takes something from. */
  private final long[] feeders;

  /** On the way of a flow: where it came from. */
  private final int[] from;

  private long takers;

  /**
   * @param fees of each transaction
   * @param ancestors of each, itself included
   */
  ChunkSearch(FeePerWeight[] fees, long[] ancestors) {
    int count = fees.length;
    this.fees = new long[count];
    this.weights = new long[count];
    this.ancestors = ancestors;
    long feeSum = 0;
    long weightSum = 0;
    for (FeePerWeight each : fees) {
      feeSum += Math.abs(each.feeSat());
      weightSum += each.weight();
    }
    int excessBits = Math.max(0, bits(feeSum) + bits(weightSum) - SAFE_BITS);
    for (int i = 0; i < count; i++) {
      this.fees[i] = fees[i].feeSat() >> excessBits;
      this.weights[i] = fees[i].weight();
    }
    this.exact = excessBits == 0;
    this.left = new long[count];
    this.flow = new long[count][count];
    this.feeders = new long[count];
    this.from = new int[count];
  }

  private static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number);
  }

  /**
   * Whether the chunks are the best for certain. They may miss it by a hair where fees are more
   * than there are coins.
   */
  boolean isExact() {
    return exact;
  }

  /** The sets, in an order in which nothing comes before what it needs. */
  List<Long> chunks() {
    if (chunks.isEmpty()) {
      split(fees.length == Long.SIZE ? -1L : (1L << fees.length) - 1);
    }
    return chunks;
  }

  private void split(long set) {
    if (Long.bitCount(set) == 1) {
      chunks.add(set);
      return;
    }
    long better = better(set);
    if (better == 0) {
      cutEven(set);
    } else {
      split(better);
      split(set & ~better);
    }
  }

  /** The part that pays better than the whole; none if there is no such part. */
  private long better(long set) {
    weighUp(set);
    long better = 0;
    for (long rest = set & ~takers; rest != 0; rest &= rest - 1) {
      better |= give(Long.numberOfTrailingZeros(rest), set);
    }
    return better;
  }

  private void weighUp(long set) {
    long fee = 0;
    long weight = 0;
    for (long rest = set; rest != 0; rest &= rest - 1) {
      fee += fees[Long.numberOfTrailingZeros(rest)];
      weight += weights[Long.numberOfTrailingZeros(rest)];
    }
    takers = 0;
    for (long rest = set; rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      long value = fees[index] * weight - weights[index] * fee;
      left[index] = Math.abs(value);
      feeders[index] = 0;
      if (value < 0) {
        takers |= 1L << index;
        Arrays.fill(flow[index], 0);
      }
    }
  }

  /**
   * Lets a giver give what it can.
   *
   * @return all that it needs, and those who give to these, if something is left; none otherwise
   */
  private long give(int giver, long set) {
    while (left[giver] > 0) {
      long reached = reach(giver, set);
      int taker = Long.numberOfTrailingZeros(withRoom(reached));
      if (taker == Long.SIZE) {
        return closed(reached, set);
      }
      push(giver, taker);
    }
    return 0;
  }

  private long withRoom(long some) {
    long found = 0;
    for (long rest = some & takers; rest != 0; rest &= rest - 1) {
      if (left[Long.numberOfTrailingZeros(rest)] > 0) {
        found |= Long.lowestOneBit(rest);
      }
    }
    return found;
  }

  private long closed(long some, long set) {
    long closed = 0;
    for (long rest = some; rest != 0; rest &= rest - 1) {
      closed |= ancestors[Long.numberOfTrailingZeros(rest)] & set;
    }
    return closed;
  }

  /** Whom a giver can give to, directly or by taking over what others give; by the fewest steps. */
  private long reach(int giver, long set) {
    long seen = 1L << giver;
    long level = seen;
    while (level != 0) {
      long next = 0;
      for (long rest = level; rest != 0; rest &= rest - 1) {
        int index = Long.numberOfTrailingZeros(rest);
        boolean takes = (takers >>> index & 1) == 1;
        long steps = (takes ? feeders[index] : ancestors[index] & takers & set) & ~seen;
        for (long each = steps; each != 0; each &= each - 1) {
          from[Long.numberOfTrailingZeros(each)] = index;
        }
        seen |= steps;
        next |= steps;
      }
      if (withRoom(next) != 0) {
        return seen;
      }
      level = next;
    }
    return seen;
  }

  /** As much as there is, goes, and can be taken over on the way. */
  private void push(int giver, int taker) {
    long amount = Math.min(left[giver], left[taker]);
    for (int to = taker; from[to] != giver; to = from[from[to]]) {
      amount = Math.min(amount, flow[from[from[to]]][from[to]]);
    }
    left[giver] -= amount;
    left[taker] -= amount;
    int to = taker;
    while (true) {
      int by = from[to];
      flow[to][by] += amount;
      feeders[to] |= 1L << by;
      if (by == giver) {
        return;
      }
      to = from[by];
      flow[to][by] -= amount;
      if (flow[to][by] == 0) {
        feeders[to] &= ~(1L << by);
      }
    }
  }

  /**
   * Cuts a set that pays the same however it is cut: those who give, and those who take it, stay
   * together, and so do those who need each other through them.
   */
  private void cutEven(long set) {
    long[] needs = new long[fees.length];
    for (long rest = set; rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      needs[index] = (ancestors[index] & set) | feeders[index];
    }
    for (long over = set; over != 0; over &= over - 1) {
      int middle = Long.numberOfTrailingZeros(over);
      for (long rest = set; rest != 0; rest &= rest - 1) {
        int index = Long.numberOfTrailingZeros(rest);
        if ((needs[index] >>> middle & 1) == 1) {
          needs[index] |= needs[middle];
        }
      }
    }
    while (set != 0) {
      int first = fewest(needs, set);
      chunks.add(needs[first] & set);
      set &= ~needs[first];
    }
  }

  /** The one that needs the fewest of the set: nothing but those that need it too. */
  private static int fewest(long[] needs, long set) {
    int first = Long.numberOfTrailingZeros(set);
    for (long rest = set; rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      if (Long.bitCount(needs[index] & set) < Long.bitCount(needs[first] & set)) {
        first = index;
      }
    }
    return first;
  }
}
