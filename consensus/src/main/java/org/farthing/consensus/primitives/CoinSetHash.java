package org.farthing.consensus.primitives;

/** The hash of a whole set of unspent outputs, by whatever function it was made. */
public final class CoinSetHash extends Hash256 {
  private CoinSetHash(byte[] wire) {
    super(wire);
  }

  /** Takes 32 bytes in wire order. */
  public static CoinSetHash of(byte[] wire) {
    return new CoinSetHash(wire);
  }
}
