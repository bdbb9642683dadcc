package org.farthing.consensus.filter;

/**
 * MurmurHash3 for 32 bits, by Austin Appleby: quick, and of no use against anybody who means ill.
 */
final class Murmur3 {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Murmur3() {}

  static int hash(int seed, byte[] data) {
    int hash = seed;
    int whole = data.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      hash ^= scrambled(word(data, i, 4));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    hash ^= scrambled(word(data, whole, data.length - whole));
    hash ^= data.length;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  /** Up to four bytes, little-endian. */
  private static int word(byte[] data, int from, int count) {
    int word = 0;
    for (int i = 0; i < count; i++) {
      word |= (data[from + i] & 0xff) << (8 * i);
    }
    return word;
  }

  private static int scrambled(int word) {
    return Integer.rotateLeft(word * C1, 15) * C2;
  }
}
