package org.farthing.wallet.descriptor;

import java.util.Optional;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;

/**
 * A public extended key with its origin, and the path from it to the keys of the scripts
 * (BIP-0380).
 *
 * @param ranged whether the path ends in {@code *}, one key for each index
 */
public record KeyExpression(
    Network network,
    Optional<KeyOrigin> origin,
    ExtendedKey key,
    DerivationPath path,
    boolean ranged) {

  public KeyExpression {
    if (key.isPrivate()) {
      throw new IllegalArgumentException("a descriptor of a wallet holds public keys");
    }
    if (path.steps().stream().anyMatch(DerivationPath::isHardened)) {
      throw new IllegalArgumentException("a public key has no hardened children");
    }
  }

  /** The compressed public key of the script at an index; without a range the same for each. */
  public byte[] publicKey(int index) {
    ExtendedKey parent = key.derive(path);
    return (ranged ? parent.child(index) : parent).publicKey();
  }

  /** The key before the range, to derive many children of it. */
  ExtendedKey parent() {
    return key.derive(path);
  }

  /** From which root key, and on which path, the private key of the script at an index comes. */
  public KeyOrigin originOf(int index) {
    KeyOrigin base = origin.orElseGet(() -> new KeyOrigin(key.fingerprint(), DerivationPath.EMPTY));
    DerivationPath full = base.path().then(path);
    return new KeyOrigin(base.fingerprint(), ranged ? full.child(index) : full);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    origin.ifPresent(from -> text.append('[').append(from).append(']'));
    text.append(key.toPublicString(network));
    if (!path.steps().isEmpty()) {
      text.append('/').append(path);
    }
    return text.append(ranged ? "/*" : "").toString();
  }
}
