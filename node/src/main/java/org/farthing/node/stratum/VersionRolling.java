package org.farthing.node.stratum;

/** The bits of a block's version that a miner may use as a further nonce (BIP-0310, BIP-0320). */
final class VersionRolling {
  /** The bits that have no other meaning (BIP-0320). */
  static final int ALLOWED = 0x1fffe000;

  private int mask;

  /** What of the bits that a miner wants it gets. */
  int agreeOn(int wanted) {
    mask = wanted & ALLOWED;
    return mask;
  }

  int apply(int version, int bits) throws StratumException {
    if ((bits & ~mask) != 0) {
      throw StratumException.other("Version bits outside of the mask");
    }
    return (version & ~mask) | bits;
  }
}
