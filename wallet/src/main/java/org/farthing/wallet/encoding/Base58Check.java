package org.farthing.wallet.encoding;

import java.util.Arrays;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.wallet.encoding.EncodingException.Reason;

/** Base 58 with the first four bytes of the double SHA-256 behind the data. */
public final class Base58Check {
  private static final int CHECKSUM_SIZE = 4;

  private Base58Check() {}

  public static String encode(byte[] payload) {
    byte[] checked = Arrays.copyOf(payload, payload.length + CHECKSUM_SIZE);
    System.arraycopy(Sha256.doubleHash(payload), 0, checked, payload.length, CHECKSUM_SIZE);
    return Base58.encode(checked);
  }

  /**
   * @return what stood before the checksum
   */
  public static byte[] decode(String text) throws EncodingException {
    byte[] checked = Base58.decode(text);
    int length = checked.length - CHECKSUM_SIZE;
    if (length < 0) {
      throw new EncodingException(Reason.LENGTH, "too short");
    }
    byte[] hash = Sha256.doubleHash(checked, 0, length);
    if (!Arrays.equals(hash, 0, CHECKSUM_SIZE, checked, length, checked.length)) {
      throw new EncodingException(Reason.CHECKSUM, "checksum is wrong");
    }
    return Arrays.copyOf(checked, length);
  }
}
