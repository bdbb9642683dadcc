package org.farthing.consensus.crypto;

/**
 * Bitcoin Core's SipHash-1-3-UJ, a faster and weaker relative of {@link SipHash} for hash tables
 * with a secret key: one round for each block, three at the end, no padding, and blocks of 8 or of
 * 32 bytes. The larger ones must be hashes, which nobody can choose.
 */
public final class BlockSipHash extends SipState {
  /** "unpadded", where SipHash has 0xff. */
  private static final long FINALIZER = 0x6465646461706e75L;

  public BlockSipHash(long key0, long key1) {
    super(key0, key1);
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
    return folded();
  }
}
