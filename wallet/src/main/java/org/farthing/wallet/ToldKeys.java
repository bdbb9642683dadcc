package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.wallet.descriptor.DerivedKey;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.keys.Secrets;
import org.farthing.wallet.spend.SigningKeys;

/**
 * Finds the private keys of public keys that others name with their origins: a signer knows its
 * keys also in scripts that it has never seen.
 */
final class ToldKeys {
  /** Longer paths are nobody's. */
  private static final int MAX_STEPS = 32;

  private static final ByteString EVEN = ByteString.of(new byte[] {2});
  private static final ByteString ODD = ByteString.of(new byte[] {3});

  private final Secrets secrets;
  private final List<Root> roots = new ArrayList<>();

  /** A private extended key, and where it stands in the tree of its root. */
  private record Root(KeyOrigin origin, ExtendedKey key) {}

  ToldKeys(WalletState state, Secrets secrets) {
    this.secrets = secrets;
    secrets.extendedKeys().forEach(key -> roots.add(new Root(ownOrigin(key), key)));
    for (Keychain keychain : state.keychains().all()) {
      for (KeyExpression key : keychain.source().leafKeys()) {
        if (key instanceof DerivedKey derived && derived.origin().isPresent()) {
          DerivedKey known = derived.withSecret(secrets, state.network());
          if (known.isPrivate()) {
            roots.add(new Root(derived.origin().get(), known.key()));
          }
        }
      }
    }
  }

  private static KeyOrigin ownOrigin(ExtendedKey key) {
    return new KeyOrigin(key.fingerprint(), DerivationPath.EMPTY);
  }

  /**
   * @param told by public key of 33 or 65 bytes, or of 32 if it is x-only
   */
  void add(Map<ByteString, KeyOrigin> told, SigningKeys keys) {
    told.forEach((publicKey, origin) -> find(publicKey, origin).ifPresent(keys::add));
  }

  private Optional<PrivateKey> find(ByteString publicKey, KeyOrigin origin) {
    if (publicKey.size() == Secp256k1.KEY_SIZE) {
      return single(EVEN.then(publicKey))
          .or(() -> single(ODD.then(publicKey)))
          .or(() -> derive(publicKey, origin));
    }
    return single(publicKey).or(() -> derive(publicKey, origin));
  }

  /** A copy, since keys that are lent to who signs are wiped. */
  private Optional<PrivateKey> single(ByteString publicKey) {
    return secrets.privateKey(publicKey.toByteArray()).map(PrivateKey::copy);
  }

  private Optional<PrivateKey> derive(ByteString publicKey, KeyOrigin origin) {
    List<Integer> steps = origin.path().steps();
    for (Root root : roots) {
      List<Integer> walked = root.origin().path().steps();
      boolean above =
          root.origin().fingerprint() == origin.fingerprint()
              && steps.size() <= MAX_STEPS
              && walked.size() <= steps.size()
              && steps.subList(0, walked.size()).equals(walked);
      if (above) {
        Optional<PrivateKey> found =
            derive(root.key(), steps.subList(walked.size(), steps.size()), publicKey);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<PrivateKey> derive(
      ExtendedKey root, List<Integer> steps, ByteString wanted) {
    ExtendedKey key = root.derive(new DerivationPath(steps));
    ByteString publicKey = ByteString.of(key.publicKey());
    boolean same =
        publicKey.equals(wanted)
            || (wanted.size() == Secp256k1.KEY_SIZE && publicKey.slice(1).equals(wanted));
    Optional<PrivateKey> found = same ? Optional.of(key.toPrivateKey()) : Optional.empty();
    if (!steps.isEmpty()) {
      key.wipe();
    }
    return found;
  }
}
