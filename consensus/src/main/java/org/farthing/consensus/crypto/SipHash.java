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
    SipHash state = new SipHash(key0, key1);
    int whole = data.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      state.mix((long) LONG.get(data, i));
    }
    long last = 0;
    for (int i = whole; i < data.length; i++) {
      last |= (data[i] & 0xffL) << (8 * (i - whole));
    }
    return state.finish(last, data.length);
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

  private void mix(long word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }

  private long finish(long last, int length) {
    mix(last | ((long) length << 56));
    v2 ^= 0xff;
    round();
    round();
    round();
    round();
    return folded();
  }
}
