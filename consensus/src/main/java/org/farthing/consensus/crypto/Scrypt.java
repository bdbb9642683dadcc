package org.farthing.consensus.crypto;

import org.bouncycastle.crypto.generators.SCrypt;

/** The memory-hard key derivation scrypt (RFC 7914). */
public final class Scrypt {
  private Scrypt() {}

  /**
   * What one derivation costs: about {@code 128 · r · 2^logN} bytes of memory, {@code p} times that
   * in work.
   *
   * @param logN the binary logarithm of the number of blocks: 1 to 24
   * @param r the block size: 1 to 64
   * @param p how many times: 1 to 64
   */
  public record Cost(int logN, int r, int p) {
    /** 32 MiB, three times: about a quarter of a second on a laptop. */
    public static final Cost INTERACTIVE = new Cost(15, 8, 3);

    /** The largest memory that a stored cost may ask for (bytes). */
    private static final long MAX_MEMORY = 1L << 30;

    public Cost {
      if (logN < 1 || logN > 24 || r < 1 || r > 64 || p < 1 || p > 64) {
        throw new IllegalArgumentException("scrypt cost out of range: " + logN + " " + r + " " + p);
      }
      if (((128L * r) << logN) > MAX_MEMORY) {
        throw new IllegalArgumentException("scrypt cost needs more than 1 GiB");
      }
    }
  }

  /**
   * @param length of the result in bytes
   */
  public static byte[] derive(byte[] password, byte[] salt, Cost cost, int length) {
    return SCrypt.generate(password, salt, 1 << cost.logN(), cost.r(), cost.p(), length);
  }
}
