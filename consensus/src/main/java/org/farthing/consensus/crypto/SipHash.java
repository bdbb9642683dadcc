package org.farthing.consensus.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** SipHash-2-4: a short hash with a secret key of 128 bits, which nobody can provoke to collide. */
public final class SipHash extends SipState {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private SipHash(long key0, long key1) {
    super(key0, key1);
  }

  public static long hash(long key0, long key1, byte[] data) {
    long[] words = words(data);
    return hash(key0, key1, words, 0, words.length);
  }

  /** The words that are mixed for some data: whole ones, and a last one with the length. */
  public static long[] words(byte[] data) {
    long[] words = new long[data.length / Long.BYTES + 1];
    int whole = data.length & ~7;
    for (int i = 0; i < whole; i += Long.BYTES) {
      words[i / Long.BYTES] = (long) LONG.get(data, i);
    }
    long last = (long) data.length << 56;
    for (int i = whole; i < data.length; i++) {
      last |= (data[i] & 0xffL) << (8 * (i - whole));
    }
    words[words.length - 1] = last;
    return words;
  }

  /** The same of data whose {@link #words} stand from one place to before another. */
  public static long hash(long key0, long key1, long[] words, int from, int to) {
    SipHash state = new SipHash(key0, key1);
    for (int i = from; i < to; i++) {
      state.mix(words[i]);
    }
    return state.finish();
  }

  /** The same of 32 bytes that are held as four little-endian longs. */
  public static long hash(long key0, long key1, long[] words) {
    return mixed(key0, key1, words).finish(0, 8 * words.length);
  }

  /** The same of 36 bytes: four little-endian longs and an int. */
  public static long hash(long key0, long key1, long[] words, int extra) {
    return mixed(key0, key1, words).finish(extra & 0xffffffffL, 8 * words.length + 4);
  }

  private static SipHash mixed(long key0, long key1, long[] words) {
    SipHash state = new SipHash(key0, key1);
    for (long word : words) {
      state.mix(word);
    }
    return state;
  }

  private long finish(long last, int length) {
    mix(last | ((long) length << 56));
    return finish();
  }

  private void mix(long word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }

  private long finish() {
    v2 ^= 0xff;
    round();
    round();
    round();
    round();
    return folded();
  }
}
