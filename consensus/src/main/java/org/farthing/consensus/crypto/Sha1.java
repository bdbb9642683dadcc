package org.farthing.consensus.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-1, which only the script language still wants. */
public final class Sha1 {
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha1::newDigest);

  private Sha1() {}

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }

  /** 20 bytes. */
  public static byte[] hash(byte[] data) {
    return DIGEST.get().digest(data);
  }
}
