package org.farthing.consensus.chain;

import java.util.Arrays;
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

  /** So many are remembered even if there should be no room at all. */
  private static final int LEAST_ENTRIES = 2 * WAYS;

  private static final int MOST_ENTRIES = 1 << 24;

  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private static final long[] NONE = new long[WORDS];

  private final Owner owner;
  private final int mostEntries;

  /** Four words for each entry; zero where there is none. */
  private long[] table;

  private int entries;
  private int nextVictim;
  private long runs;

  /**
   * @param bytes of heap that it may take, in the end: it grows as it is used
   */
  VerifiedScripts(long bytes, Owner owner) {
    this.owner = owner;
    long entries = Math.min(bytes / (WORDS * Long.BYTES), MOST_ENTRIES);
    this.mostEntries = Math.max(LEAST_ENTRIES, Integer.highestOneBit((int) entries));
    this.table = new long[Math.min(FIRST_ENTRIES, mostEntries) * WORDS];
  }

  /** Whether all scripts of the transaction are known to be valid under these rules. */
  public boolean contains(Wtxid wtxid, ScriptFlags flags) {
    owner.check();
    long[] key = key(wtxid, flags);
    return find(table, bucket(table, key), key) >= 0;
  }

  /** All scripts of the transaction were found valid under these rules. */
  public void add(Wtxid wtxid, ScriptFlags flags) {
    if (!contains(wtxid, flags)) {
      if (entries >= table.length / WORDS / SPARE && table.length < mostEntries * WORDS) {
        grow();
      }
      put(table, key(wtxid, flags));
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
  private static long[] key(Wtxid wtxid, ScriptFlags flags) {
    long[] key = wtxid.words();
    key[WORDS - 1] ^= flags.hashCode() * SPREAD;
    return key;
  }

  /** Where the places begin that an entry may have. */
  private static int bucket(long[] table, long[] key) {
    long mixed = (key[0] ^ Long.rotateLeft(key[WORDS - 1], 32)) * SPREAD;
    int buckets = table.length / WORDS / WAYS;
    return (int) (mixed >>> (Long.SIZE - Integer.numberOfTrailingZeros(buckets))) * WAYS * WORDS;
  }

  private static int find(long[] table, int bucket, long[] entry) {
    for (int at = bucket; at < bucket + WAYS * WORDS; at += WORDS) {
      if (Arrays.equals(table, at, at + WORDS, entry, 0, WORDS)) {
        return at;
      }
    }
    return -1;
  }

  private void put(long[] target, long[] key) {
    int bucket = bucket(target, key);
    int at = find(target, bucket, NONE);
    if (at < 0) {
      nextVictim = (nextVictim + 1) % WAYS;
      at = bucket + nextVictim * WORDS;
      entries--;
    }
    System.arraycopy(key, 0, target, at, WORDS);
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (int at = 0; at < table.length; at += WORDS) {
      long[] key = Arrays.copyOfRange(table, at, at + WORDS);
      if (!Arrays.equals(key, NONE)) {
        put(larger, key);
      }
    }
    table = larger;
  }
}
