package org.farthing.consensus.crypto;

import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** RIPEMD-160, alone and of SHA-256: the hash in addresses. */
public final class Hash160 {
  /** The length of a hash in bytes. */
  public static final int SIZE = 20;

  private static final ThreadLocal<RIPEMD160Digest> DIGEST =
      ThreadLocal.withInitial(RIPEMD160Digest::new);

  private Hash160() {}

  /** RIPEMD-160 of SHA-256. */
  public static byte[] hash(byte[] data) {
    return ripemd160(Sha256.hash(data));
  }

  public static byte[] ripemd160(byte[] data) {
    RIPEMD160Digest digest = DIGEST.get();
    digest.update(data, 0, data.length);
    byte[] hash = new byte[SIZE];
    digest.doFinal(hash, 0);
    return hash;
  }
}
