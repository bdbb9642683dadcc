package org.farthing.consensus.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC (RFC 2104) with SHA-256 and SHA-512. Keys may have any length, also none. */
public final class Hmac {
  private Hmac() {}

  /** The code of 32 bytes. */
  public static byte[] sha256(byte[] key, byte[] data) {
    return finish(new HMac(new SHA256Digest()), key, data);
  }

  /** The code of 64 bytes. */
  public static byte[] sha512(byte[] key, byte[] data) {
    return finish(new HMac(new SHA512Digest()), key, data);
  }

  private static byte[] finish(HMac mac, byte[] key, byte[] data) {
    mac.init(new KeyParameter(key));
    mac.update(data, 0, data.length);
    byte[] code = new byte[mac.getMacSize()];
    mac.doFinal(code, 0);
    return code;
  }
}
