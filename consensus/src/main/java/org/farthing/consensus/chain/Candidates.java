package org.farthing.consensus.chain;

import java.math.BigInteger;
import java.util.TreeSet;

/**
 * The blocks among which the tip is chosen: linked, not known to be invalid, and with at least the
 * work of the tip. The one with most work is the best. Of several with the same work it is, in this
 * order,
 *
 * <ul>
 *   <li>the one that the operator preferred last ({@code preciousblock}), as long as the chain has
 *       not grown since: ranks below zero;
 *   <li>the one that was in the active chain when the node started: rank zero;
 *   <li>the one that was linked first: ranks above zero.
 * </ul>
 *
 * No block is left for another one with the same work otherwise, so that nobody gains by
 * withholding a block.
 */
final class Candidates {
  private static final long ACTIVE_AT_START = 0;

  private final TreeSet<HeaderEntry> entries = new TreeSet<>(Candidates::bestFirst);
  private final Rewind rewind;
  private long lastLinked = ACTIVE_AT_START;
  private long lastPreferred = ACTIVE_AT_START;
  private BigInteger workAtLastPreference = BigInteger.ZERO;

  /**
   * @param rewind takes back what happens here
   */
  Candidates(Rewind rewind) {
    this.rewind = rewind;
  }

  private static int bestFirst(HeaderEntry one, HeaderEntry other) {
    int byWork = other.node.chainWork().compareTo(one.node.chainWork());
    int byRank = byWork != 0 ? byWork : Long.compare(one.rank, other.rank);
    // A preference for a block that is not linked can outlive the growth of the chain, and then
    // share its rank with a later one.
    return byRank != 0
        ? byRank
        : one.node.hash().toString().compareTo(other.node.hash().toString());
  }

  /**
   * To be called once, before there are candidates.
   *
   * @param tip wins, with all before it, against other branches of the same work
   * @param highestRank of all that are linked
   */
  void start(HeaderEntry tip, long highestRank) {
    for (HeaderEntry entry = tip; entry != null; entry = entry.parent) {
      entry.rank = ACTIVE_AT_START;
    }
    lastLinked = highestRank;
  }

  /** A block that is linked from now on. */
  void linked(HeaderEntry entry) {
    remove(entry);
    entry.markLinked();
    rewind.changed(
        () -> {
          entry.markUnlinked();
          lastLinked--;
        });
    rank(entry, ++lastLinked);
    offer(entry);
  }

  /** Only for an entry that is no candidate now. */
  private void rank(HeaderEntry entry, long rank) {
    long before = entry.rank;
    entry.rank = rank;
    rewind.changed(() -> entry.rank = before);
  }

  /** Takes in a block if it may be the tip. */
  void offer(HeaderEntry entry) {
    if (entry.isEligible() && entries.add(entry)) {
      rewind.changed(() -> entries.remove(entry));
    }
  }

  void remove(HeaderEntry entry) {
    if (entries.remove(entry)) {
      rewind.changed(() -> entries.add(entry));
    }
  }

  /** Null if there is none, which only happens while the tip is being replaced. */
  HeaderEntry best() {
    return entries.isEmpty() ? null : entries.first();
  }

  /** Forgets the candidates that are worse than {@code tip}. */
  void dropWorseThan(HeaderEntry tip) {
    while (!entries.isEmpty() && bestFirst(entries.last(), tip) > 0) {
      HeaderEntry worst = entries.pollLast();
      rewind.changed(() -> entries.add(worst));
    }
  }

  /** Lets a block win against others of the same work until the chain grows. */
  void prefer(HeaderEntry entry, HeaderEntry tip) {
    long preferredBefore = lastPreferred;
    BigInteger workBefore = workAtLastPreference;
    rewind.changed(
        () -> {
          lastPreferred = preferredBefore;
          workAtLastPreference = workBefore;
        });
    if (tip.node.chainWork().compareTo(workAtLastPreference) > 0) {
      lastPreferred = ACTIVE_AT_START;
    }
    workAtLastPreference = tip.node.chainWork();
    remove(entry);
    rank(entry, --lastPreferred);
    offer(entry);
  }
}
