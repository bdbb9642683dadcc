package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Random;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.consensus.primitives.Hash256;

/**
 * Remembers at least the last {@code capacity} hashes that were added, at most twice as many, and
 * takes one that was not added for a remembered one in about one of a million cases. Bloom filters
 * with a secret of their own, so that nobody can look for such a case; a new one is begun when the
 * youngest is full, and the oldest dropped. It starts small and grows as it is used.
 */
public final class RollingFilter {
  private static final int FIRST_SIZE = 512;

  /** With as many bits for each hash as these take, three filters err once in a million. */
  private static final int PROBES = 21;

  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private static final double BITS_FOR_EACH = PROBES / StrictMath.log(2);

  private final int capacity;
  private final Random random;
  private final Deque<Generation> youngestFirst = new ArrayDeque<>();
  private long key0;
  private long key1;

  private static final class Generation {
    final int size;
    final long[] bits;
    int count;

    Generation(int size) {
      this.size = size;
      this.bits = new long[(int) Math.ceil(size * BITS_FOR_EACH / Long.SIZE)];
    }

    /** The upper half of the hash as a share of all bits, which takes no division. */
    private long bit(long one, long other, int probe) {
      return (((one + probe * other) >>> Integer.SIZE) * bits.length * Long.SIZE) >>> Integer.SIZE;
    }

    boolean has(long one, long other) {
      for (int probe = 0; probe < PROBES; probe++) {
        long bit = bit(one, other, probe);
        if ((bits[(int) (bit / Long.SIZE)] >>> bit & 1) == 0) {
          return false;
        }
      }
      return true;
    }

    void add(long one, long other) {
      for (int probe = 0; probe < PROBES; probe++) {
        long bit = bit(one, other, probe);
        bits[(int) (bit / Long.SIZE)] |= 1L << bit;
      }
      count++;
    }
  }

  public RollingFilter(int capacity, Random random) {
    this.capacity = capacity;
    this.random = random;
    rekey();
  }

  private void rekey() {
    key0 = random.nextLong();
    key1 = random.nextLong();
  }

  /** Remembers the hash; true where it was not remembered. */
  public boolean add(Hash256 hash) {
    long one = one(hash);
    long other = other(one);
    if (has(one, other)) {
      return false;
    }
    Generation youngest = youngestFirst.peekFirst();
    if (youngest == null || youngest.count == youngest.size) {
      youngest = begin(youngest);
    }
    youngest.add(one, other);
    return true;
  }

  private Generation begin(Generation last) {
    int size = Math.max(1, Math.min(last == null ? FIRST_SIZE : 2 * last.size, capacity / 2));
    dropSurplus();
    Generation begun = new Generation(size);
    youngestFirst.addFirst(begun);
    return begun;
  }

  /** What the younger ones make dispensable; all of them are full. */
  private void dropSurplus() {
    int kept = 0;
    for (Iterator<Generation> each = youngestFirst.iterator(); each.hasNext(); ) {
      Generation generation = each.next();
      if (kept >= capacity) {
        each.remove();
      }
      kept += generation.count;
    }
  }

  public boolean contains(Hash256 hash) {
    if (youngestFirst.isEmpty()) {
      return false;
    }
    long one = one(hash);
    return has(one, other(one));
  }

  private boolean has(long one, long other) {
    for (Generation generation : youngestFirst) {
      if (generation.has(one, other)) {
        return true;
      }
    }
    return false;
  }

  private long one(Hash256 hash) {
    return SipHash.hash(key0, key1, hash.words());
  }

  /** Odd, so that the probes differ; mixed, so that it has nothing to do with the first. */
  private static long other(long one) {
    long mixed = (one ^ (one >>> 29)) * SPREAD;
    return (mixed ^ (mixed >>> 32)) * SPREAD | 1;
  }

  /** Forgets everything, and takes another secret. */
  public void clear() {
    youngestFirst.clear();
    rekey();
  }
}
