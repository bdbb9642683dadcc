package org.farthing.consensus.filter;

import java.util.Arrays;
import java.util.Collection;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.consensus.primitives.Script;

/**
 * Scripts that are looked for in many filters: laid out as the words that SipHash mixes, one script
 * after the other, so that for each filter nothing is left to do but the mixing. Immutable.
 */
public final class FilterQuery {
  private final long[] words;

  /** Where the words of each script end, and those of the next one begin. */
  private final int[] ends;

  private FilterQuery(long[] words, int[] ends) {
    this.words = words;
    this.ends = ends;
  }

  public static FilterQuery of(Collection<Script> scripts) {
    Builder builder = new Builder();
    scripts.forEach(builder::add);
    return builder.build();
  }

  /** Takes scripts one by one. */
  public static final class Builder {
    private long[] words = new long[16];
    private int[] ends = new int[4];
    private int length;
    private int size;

    public void add(Script script) {
      long[] more = SipHash.words(script.toByteArray());
      if (length + more.length > words.length) {
        words = Arrays.copyOf(words, Math.max(length + more.length, 2 * words.length));
      }
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, 2 * size);
      }
      System.arraycopy(more, 0, words, length, more.length);
      length += more.length;
      ends[size++] = length;
    }

    public FilterQuery build() {
      return new FilterQuery(Arrays.copyOf(words, length), Arrays.copyOf(ends, size));
    }
  }

  /** Whether a set has one of the scripts, or seems to. */
  boolean meets(GolombCodedSet.Numbers set) {
    int from = 0;
    for (int end : ends) {
      if (set.has(SipHash.hash(set.key0(), set.key1(), words, from, end))) {
        return true;
      }
      from = end;
    }
    return false;
  }
}
