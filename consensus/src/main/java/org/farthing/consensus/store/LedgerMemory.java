package org.farthing.consensus.store;

/**
 * How the memory of a ledger is parted, in bytes. All of it is outside of the heap.
 *
 * @param coins for those that were read, made and spent last
 * @param blockCache of the database, for what was read last, and for filters and indexes of files
 * @param writeBuffers of the database, for what is not in its files yet
 */
public record LedgerMemory(long coins, long blockCache, long writeBuffers) {
  /** With less nothing works well. */
  public static final long LEAST_BYTES = 4L << 20;

  /** What suits whoever has no opinion: a node in a test, or one that keeps headers alone. */
  static final LedgerMemory SMALL = of(64L << 20);

  private static final long MIB = 1 << 20;
  private static final int DATABASE_PART = 8;
  private static final long MAX_BLOCK_CACHE = 256 * MIB;
  private static final long MAX_WRITE_BUFFERS = 32 * MIB;

  /**
   * Parts a sum.
   *
   * @param bytes at least {@link #LEAST_BYTES}
   */
  public static LedgerMemory of(long bytes) {
    if (bytes < LEAST_BYTES) {
      throw new IllegalArgumentException("a ledger needs " + LEAST_BYTES + " bytes, not " + bytes);
    }
    long part = Math.max(MIB, bytes / DATABASE_PART);
    long blockCache = Math.min(MAX_BLOCK_CACHE, part);
    long writeBuffers = Math.min(MAX_WRITE_BUFFERS, part);
    return new LedgerMemory(bytes - blockCache - writeBuffers, blockCache, writeBuffers);
  }
}
