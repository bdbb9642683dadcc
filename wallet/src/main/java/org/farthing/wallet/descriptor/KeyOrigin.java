package org.farthing.wallet.descriptor;

import java.util.HexFormat;
import org.farthing.wallet.keys.DerivationPath;

/**
 * Where a key comes from (BIP-0380).
 *
 * @param fingerprint of the root key, as a big-endian number
 * @param path from the root key to it
 */
public record KeyOrigin(int fingerprint, DerivationPath path) {
  /** {@code 73c5da0a/84h/1h/0h}, without brackets. */
  @Override
  public String toString() {
    String root = HexFormat.of().toHexDigits(fingerprint);
    return path.steps().isEmpty() ? root : root + "/" + path;
  }
}
