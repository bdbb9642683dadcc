package org.farthing.consensus.primitives;

/** The sequence number of an input: replacement (BIP-0125) and relative lock time (BIP-0068). */
public final class Sequence {
  /** Switches the transaction's lock time off for this input. */
  public static final int FINAL = 0xffffffff;

  /** The largest value that leaves the transaction's lock time in force. */
  public static final int MAX_NON_FINAL = 0xfffffffe;

  /** The largest value that signals replaceability (BIP-0125). */
  public static final int MAX_REPLACEABLE = 0xfffffffd;

  /** Set: no relative lock time. */
  public static final int DISABLE_FLAG = 1 << 31;

  /** Set: the relative lock time counts units of 512 seconds; clear: blocks. */
  public static final int TYPE_FLAG = 1 << 22;

  /** The bits that hold the relative lock time. */
  public static final int MASK = 0x0000ffff;

  /** A unit of relative lock time is 2^9 = 512 seconds. */
  public static final int GRANULARITY_SHIFT = 9;

  private Sequence() {}
}
