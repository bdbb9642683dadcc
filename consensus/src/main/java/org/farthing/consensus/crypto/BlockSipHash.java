package org.farthing.consensus.crypto;

/**
 * Bitcoin Core's SipHash-1-3-UJ, a faster and weaker relative of {@link SipHash} for hash tables
 * with a secret key: one round for each block, three at the end, no padding, and blocks of 8 or of
 * 32 bytes. The larger ones must be hashes, which nobody can choose.
 */
public final class BlockSipHash {
  /** "unpadded", where SipHash has 0xff. */
  private static final long FINALIZER = 0x6465646461706e75L;

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  public BlockSipHash(long key0, long key1) {
    v0 = 0x736f6d6570736575L ^ key0;
    v1 = 0x646f72616e646f6dL ^ key1;
    v2 = 0x6c7967656e657261L ^ key0;
    v3 = 0x7465646279746573L ^ key1;
  }

  /** Takes in a block of 8 bytes. */
  public BlockSipHash add(long word) {
    return add(word, 0, 0, 0);
  }

  /** Takes in a block of 32 bytes, four little-endian words. */
  public BlockSipHash add(long word0, long word1, long word2, long word3) {
    v3 ^= word0;
    v0 ^= word1;
    v1 ^= word2;
    v2 ^= word3;
    round();
    v0 ^= word0;
    v1 ^= word1;
    v2 ^= word2;
    v3 ^= word3;
    return this;
  }

  /** The hash of all blocks; the object is used up. */
  public long hash() {
    v2 ^= FINALIZER;
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
