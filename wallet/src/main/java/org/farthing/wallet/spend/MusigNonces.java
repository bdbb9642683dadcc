package org.farthing.wallet.spend;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Musig2.SecretNonce;

/**
 * The secret nonces of signatures that are being made, in memory only: one that came back from a
 * disk or a backup could be used twice, which would tell the private key. For one thread.
 */
public final class MusigNonces {
  /** So many signatures may be begun and not finished; of more the oldest are forgotten. */
  private static final int MOST = 10_000;

  private final Map<ByteString, SecretNonce> nonces = new LinkedHashMap<>();
  private final SecureRandom random;

  public MusigNonces(SecureRandom random) {
    this.random = random;
  }

  SecureRandom random() {
    return random;
  }

  /**
   * @param signature tells it apart from all others
   */
  void put(ByteString signature, SecretNonce nonce) {
    nonces.put(signature, nonce);
    if (nonces.size() > MOST) {
      ByteString oldest = nonces.keySet().iterator().next();
      nonces.remove(oldest).wipe();
    }
  }

  /** A nonce is taken once. */
  Optional<SecretNonce> take(ByteString signature) {
    return Optional.ofNullable(nonces.remove(signature));
  }

  /** Forgets all: signatures that were begun cannot be finished. */
  public void wipe() {
    nonces.values().forEach(SecretNonce::wipe);
    nonces.clear();
  }
}
