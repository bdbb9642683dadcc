package org.farthing.wallet.descriptor;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.wallet.keys.DerivationPath;

/**
 * Where a key comes from (BIP-0380).
 *
 * @param fingerprint of the root key, as a big-endian number
 * @param path from the root key to it
 */
public record KeyOrigin(int fingerprint, DerivationPath path) {
  /** A key that is its own root. */
  static KeyOrigin ofRoot(byte[] publicKey) {
    return new KeyOrigin(ByteBuffer.wrap(Hash160.hash(publicKey)).getInt(), DerivationPath.EMPTY);
  }

  /** {@code 73c5da0a/84h/1h/0h}, without brackets. */
  @Override
  public String toString() {
    String root = HexFormat.of().toHexDigits(fingerprint);
    return path.steps().isEmpty() ? root : root + "/" + path;
  }
}
