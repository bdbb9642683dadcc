package org.farthing.node.mempool;

import java.util.List;

/**
 * Finds of at most 64 transactions those that together pay better than all of them, whatever pays
 * less than that left out as far as nobody needs it. If each transaction is worth its fee minus its
 * weight at the feerate of all, that is the set without missing parents that is worth most, and one
 * side of a minimum cut (J.-C. Picard, "Maximal Closure of a Graph", 1976): what is worth something
 * gives it away to ancestors that are worth less than nothing, and those who keep some are the set.
 *
 * <p>Sets of transactions are bits of a {@code long}.
 */
final class MaxClosure {
  private final long[] fees;
  private final long[] weights;
  private final long[] parents;

  /** What each has left to give, or still lacks. */
  private final long[] worth;

  /** What each child has given to each parent. */
  private final long[][] given;

  /** Who has been given something by which children. */
  private final long[] givers;

  /** From whom a transaction was reached last. */
  private final int[] reachedFrom;

  MaxClosure(List<MempoolEntry> members, long[] parents) {
    int count = members.size();
    this.parents = parents;
    this.fees = members.stream().mapToLong(entry -> entry.feePerWeight().feeSat()).toArray();
    this.weights = members.stream().mapToLong(MempoolEntry::policyWeight).toArray();
    this.worth = new long[count];
    this.given = new long[count][count];
    this.givers = new long[count];
    this.reachedFrom = new int[count];
    makeRoom();
  }

  /** Fees of more than there are coins, as an operator may add them, are taken less exactly. */
  private void makeRoom() {
    long weight = 0;
    double fee = 0;
    for (int i = 0; i < fees.length; i++) {
      weight += weights[i];
      fee += Math.abs((double) fees[i]);
    }
    int shift = Math.max(0, Math.getExponent(fee * weight) + 1 - (Long.SIZE - 3));
    for (int i = 0; i < fees.length; i++) {
      fees[i] >>= shift;
    }
  }

  /** The members of a set that pay more than all of it; none if nobody does. */
  long above(long set) {
    long feeSat = 0;
    long weight = 0;
    for (long rest = set; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      feeSat += fees[i];
      weight += weights[i];
      givers[i] = 0;
    }
    for (long rest = set; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      worth[i] = fees[i] * weight - feeSat * weights[i];
    }
    long found = 0;
    for (long rest = set; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      if (worth[i] > 0) {
        found |= giveAway(i, set & ~found);
      }
    }
    return found;
  }

  /**
   * Gives what one is worth to those who lack something, and who can be reached.
   *
   * @return who was reached in vain, if something is left; else nobody
   */
  private long giveAway(int giver, long set) {
    while (worth[giver] > 0) {
      long seen = 1L << giver;
      long open = seen;
      int needy = -1;
      while (open != 0 && needy < 0) {
        int at = Long.numberOfTrailingZeros(open);
        open &= open - 1;
        long next = (parents[at] | givers[at]) & set & ~seen;
        seen |= next;
        open |= next;
        for (long rest = next; rest != 0; rest &= rest - 1) {
          int reached = Long.numberOfTrailingZeros(rest);
          reachedFrom[reached] = at;
          needy = worth[reached] < 0 ? reached : needy;
        }
      }
      if (needy < 0) {
        return seen;
      }
      give(giver, needy);
    }
    return 0;
  }

  private void give(int giver, int needy) {
    long amount = Math.min(worth[giver], -worth[needy]);
    for (int to = needy; to != giver; to = reachedFrom[to]) {
      int from = reachedFrom[to];
      if (!isParent(to, from)) {
        amount = Math.min(amount, given[to][from]);
      }
    }
    for (int to = needy; to != giver; to = reachedFrom[to]) {
      int from = reachedFrom[to];
      if (isParent(to, from)) {
        given[from][to] = (givers[to] >>> from & 1) == 0 ? amount : given[from][to] + amount;
        givers[to] |= 1L << from;
      } else {
        given[to][from] -= amount;
        givers[from] &= given[to][from] == 0 ? ~(1L << to) : -1;
      }
    }
    worth[giver] -= amount;
    worth[needy] += amount;
  }

  private boolean isParent(int one, int of) {
    return (parents[of] >>> one & 1) != 0;
  }
}
