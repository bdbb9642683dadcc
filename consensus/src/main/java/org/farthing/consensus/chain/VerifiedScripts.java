package org.farthing.consensus.chain;

import org.farthing.consensus.primitives.Wtxid;
import org.farthing.consensus.script.ScriptFlags;

/**
 * Remembers which transactions had valid scripts under which rules: whoever waited for a block need
 * not be verified again when it comes. The identifier commits to all that scripts depend on, to
 * what is spent too. It is bounded; of many some are forgotten, and only verified again.
 */
public final class VerifiedScripts {
  private static final int WORDS = 4;

  /** Entries that compete for a place. */
  private static final int WAYS = 8;

  /** So much more room than entries is there for as long as the table may grow. */
  private static final int SPARE = 4;

  private static final int FIRST_ENTRIES = 1 << 10;

  /** 8 MiB; four full blocks of the smallest transactions. */
  private static final int MOST_ENTRIES = 1 << 18;

  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private final Owner owner;

  /** Four words for each entry; zero where there is none. */
  private long[] table = new long[FIRST_ENTRIES * WORDS];

  private int entries;
  private int nextVictim;
  private long runs;

  VerifiedScripts(Owner owner) {
    this.owner = owner;
  }

  /** Whether all scripts of the transaction are known to be valid under these rules. */
  public boolean contains(Wtxid wtxid, ScriptFlags flags) {
    owner.check();
    return find(table, wtxid.word(0), wtxid.word(1), wtxid.word(2), word(wtxid, flags)) >= 0;
  }

  /** All scripts of the transaction were found valid under these rules. */
  public void add(Wtxid wtxid, ScriptFlags flags) {
    if (!contains(wtxid, flags)) {
      if (entries >= table.length / WORDS / SPARE && table.length < MOST_ENTRIES * WORDS) {
        grow();
      }
      put(table, wtxid.word(0), wtxid.word(1), wtxid.word(2), word(wtxid, flags));
      entries++;
    }
  }

  /** How many scripts of inputs were run for blocks since the chain was opened. */
  public long runsForBlocks() {
    owner.check();
    return runs;
  }

  void ran(int scripts) {
    runs += scripts;
  }

  /** Two sets of rules for one transaction stand apart. */
  private static long word(Wtxid wtxid, ScriptFlags flags) {
    return wtxid.word(3) ^ flags.hashCode() * SPREAD;
  }

  private static int bucket(long[] table, long word, long last) {
    long mixed = (word ^ Long.rotateLeft(last, 32)) * SPREAD;
    int buckets = table.length / WORDS / WAYS;
    return (int) (mixed >>> (Long.SIZE - Integer.numberOfTrailingZeros(buckets))) * WAYS * WORDS;
  }

  private static int find(long[] table, long a, long b, long c, long d) {
    return find(table, bucket(table, a, d), a, b, c, d);
  }

  private static int find(long[] table, int start, long a, long b, long c, long d) {
    for (int at = start; at < start + WAYS * WORDS; at += WORDS) {
      if (table[at] == a && table[at + 1] == b && table[at + 2] == c && table[at + 3] == d) {
        return at;
      }
    }
    return -1;
  }

  private void put(long[] target, long a, long b, long c, long d) {
    int at = find(target, bucket(target, a, d), 0, 0, 0, 0);
    if (at < 0) {
      nextVictim = (nextVictim + 1) % WAYS;
      at = bucket(target, a, d) + nextVictim * WORDS;
      entries--;
    }
    target[at] = a;
    target[at + 1] = b;
    target[at + 2] = c;
    target[at + 3] = d;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (int at = 0; at < table.length; at += WORDS) {
      if ((table[at] | table[at + 1] | table[at + 2] | table[at + 3]) != 0) {
        put(larger, table[at], table[at + 1], table[at + 2], table[at + 3]);
      }
    }
    table = larger;
  }
}
