package org.farthing.node.sync;

import java.util.Arrays;

/** Single bits, first in, first out: what comes late in a long chain costs no more than a bit. */
final class BitQueue {
  private static final int FIRST_WORDS = 4;

  private long[] words = new long[FIRST_WORDS];
  private long first;
  private long end;

  long size() {
    return end - first;
  }

  void add(boolean bit) {
    int word = Math.toIntExact(end / Long.SIZE);
    if (word == words.length) {
      words = Arrays.copyOf(words, words.length * 2);
    }
    if (bit) {
      words[word] |= 1L << (end % Long.SIZE);
    }
    end++;
  }

  /**
   * Takes the oldest bit out.
   *
   * @throws IllegalStateException if there is none
   */
  boolean poll() {
    if (first == end) {
      throw new IllegalStateException("no bit is left");
    }
    boolean bit = (words[Math.toIntExact(first / Long.SIZE)] >>> (first % Long.SIZE) & 1) != 0;
    first++;
    return bit;
  }
}
