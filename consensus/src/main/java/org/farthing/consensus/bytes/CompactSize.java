package org.farthing.consensus.bytes;

/**
 * Bitcoin's variable-length count: one byte up to 252, else a marker and two, four or eight bytes,
 * little-endian. Only the shortest form is valid.
 */
public final class CompactSize {
  /** The largest count that may announce data to follow (32 MiB), as in Bitcoin Core. */
  public static final long MAX_COUNT = 0x02000000L;

  static final int MARKER_16 = 0xfd;
  static final int MARKER_32 = 0xfe;
  static final int MARKER_64 = 0xff;

  private CompactSize() {}

  /** The encoded length of {@code value} in bytes: 1, 3, 5 or 9. */
  public static int sizeOf(long value) {
    if (value < 0 || value > 0xffffffffL) {
      return 9;
    }
    if (value > 0xffff) {
      return 5;
    }
    return value < MARKER_16 ? 1 : 3;
  }
}
