package org.farthing.consensus.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** SipHash-2-4: a short hash with a secret key of 128 bits, which nobody can provoke to collide. */
public final class SipHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  private SipHash(long key0, long key1) {
    v0 = 0x736f6d6570736575L ^ key0;
    v1 = 0x646f72616e646f6dL ^ key1;
    v2 = 0x6c7967656e657261L ^ key0;
    v3 = 0x7465646279746573L ^ key1;
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
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
  }
}
