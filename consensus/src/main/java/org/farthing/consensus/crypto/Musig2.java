package org.farthing.consensus.crypto;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;

/**
 * Schnorr signatures that several make together under one key (BIP-0327), by libsecp256k1; where
 * that cannot be loaded there are none.
 *
 * <p>Public keys are 33 bytes, secrets, tweaks and partial signatures 32, public nonces 66.
 */
public final class Musig2 {
  /** The length of a public nonce in bytes. */
  public static final int NONCE_SIZE = fr.acinq.secp256k1.Secp256k1.MUSIG2_PUBLIC_NONCE_SIZE;

  private static final int SECRET_NONCE_SIZE =
      fr.acinq.secp256k1.Secp256k1.MUSIG2_SECRET_NONCE_SIZE;
  private static final int CACHE_SIZE =
      fr.acinq.secp256k1.Secp256k1.MUSIG2_PUBLIC_KEYAGG_CACHE_SIZE;
  private static final int VALID = 1;
  private static final byte[] ZERO = new byte[Secp256k1.KEY_SIZE];

  private Musig2() {}

  private static fr.acinq.secp256k1.Secp256k1 library() {
    if (!isAvailable()) {
      throw new IllegalStateException("MuSig2 needs libsecp256k1, which could not be loaded");
    }
    return fr.acinq.secp256k1.Secp256k1.get();
  }

  /** Whether this machine can do it. */
  public static boolean isAvailable() {
    return Secp256k1.engineName().equals(NativeCurve.NAME);
  }

  /**
   * What the key of all together is tweaked with before they sign.
   *
   * @param bytes 32
   * @param xOnly as in a taproot output (BIP-0341); else as in a key tree (BIP-0032)
   */
  public record Tweak(ByteString bytes, boolean xOnly) {}

  /**
   * The key of all together, before tweaks: 33 bytes.
   *
   * @param keys in the order in which they count
   * @throws IllegalArgumentException if one of them is no key
   */
  public static byte[] aggregate(List<byte[]> keys) {
    byte[] cache = cache(keys);
    // The binding tells the parity only of tweaked keys, and zero changes nothing.
    return Secp256k1.compressed(library().musigPubkeyTweakAdd(cache, ZERO));
  }

  private static byte[] cache(List<byte[]> keys) {
    byte[] cache = new byte[CACHE_SIZE];
    try {
      library().musigPubkeyAgg(keys.toArray(byte[][]::new), cache);
    } catch (Secp256k1Exception e) {
      throw new IllegalArgumentException("no keys", e);
    }
    return cache;
  }

  /**
   * The nonce of all together: 66 bytes, with zeros for a point at infinity.
   *
   * @throws Secp256k1Exception if one of them is none
   */
  static byte[] aggregateNonces(List<byte[]> nonces) {
    return library().musigNonceAgg(nonces.toArray(byte[][]::new));
  }

  /** One signature to be made: who takes part, under which key, of what. */
  public static final class Session {
    private final List<byte[]> keys;
    private final byte[] untweaked;
    private final byte[] tweaked;
    private final byte[] message;

    /**
     * @param keys of all who take part, in the order in which they count
     * @param message 32 bytes
     * @throws IllegalArgumentException if one of the keys is none, or a tweak leads nowhere
     */
    public Session(List<byte[]> keys, List<Tweak> tweaks, byte[] message) {
      this.keys = List.copyOf(keys);
      this.message = message.clone();
      untweaked = cache(keys);
      tweaked = untweaked.clone();
      for (Tweak tweak : tweaks) {
        apply(tweak);
      }
    }

    private void apply(Tweak tweak) {
      byte[] bytes = tweak.bytes().toByteArray();
      try {
        if (tweak.xOnly()) {
          library().musigPubkeyXonlyTweakAdd(tweaked, bytes);
        } else {
          library().musigPubkeyTweakAdd(tweaked, bytes);
        }
      } catch (Secp256k1Exception e) {
        throw new IllegalArgumentException("a tweak that leads nowhere", e);
      }
    }

    /** A new nonce for one of the keys. */
    public SecretNonce nonce(byte[] privateKey, SecureRandom random) {
      byte[] session = new byte[Secp256k1.KEY_SIZE];
      random.nextBytes(session);
      byte[] made =
          library()
              .musigNonceGen(
                  session, privateKey, Secp256k1.publicKey(privateKey), message, untweaked, null);
      Arrays.fill(session, (byte) 0);
      SecretNonce nonce =
          new SecretNonce(
              Arrays.copyOf(made, SECRET_NONCE_SIZE),
              Arrays.copyOfRange(made, SECRET_NONCE_SIZE, made.length));
      Arrays.fill(made, (byte) 0);
      return nonce;
    }

    /**
     * One's own part of the signature, checked. The nonce is of no use afterwards: a second part
     * with it would tell the private key.
     *
     * @param nonces of all keys, in their order
     * @param position of one's own key
     * @return empty where the nonces are no nonces, or this one was used
     */
    public Optional<byte[]> sign(
        SecretNonce nonce, byte[] privateKey, List<byte[]> nonces, int position) {
      if (nonce.used) {
        return Optional.empty();
      }
      byte[] secret = nonce.take();
      try {
        byte[] session = process(nonces);
        byte[] part = library().musigPartialSign(secret, privateKey, tweaked, session);
        return isPart(part, nonces, position, session) ? Optional.of(part) : Optional.empty();
      } catch (Secp256k1Exception | IllegalArgumentException e) {
        return Optional.empty();
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }

    /**
     * The signature, 64 bytes; empty unless every part is one of its key.
     *
     * @param nonces of all keys, in their order
     * @param parts of all keys, in their order
     */
    public Optional<byte[]> combine(List<byte[]> nonces, List<byte[]> parts) {
      try {
        byte[] session = process(nonces);
        for (int i = 0; i < keys.size(); i++) {
          if (!isPart(parts.get(i), nonces, i, session)) {
            return Optional.empty();
          }
        }
        return Optional.of(library().musigPartialSigAgg(session, parts.toArray(byte[][]::new)));
      } catch (Secp256k1Exception | IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    /**
     * Whether it is the part of the key at this position.
     *
     * @param nonces of all keys, in their order
     */
    boolean isPart(byte[] part, List<byte[]> nonces, int position) {
      try {
        return isPart(part, nonces, position, process(nonces));
      } catch (Secp256k1Exception | IllegalArgumentException e) {
        return false;
      }
    }

    private byte[] process(List<byte[]> nonces) {
      return library().musigNonceProcess(aggregateNonces(nonces), message, tweaked);
    }

    private boolean isPart(byte[] part, List<byte[]> nonces, int position, byte[] session) {
      return library()
              .musigPartialSigVerify(
                  part, nonces.get(position), keys.get(position), tweaked, session)
          == VALID;
    }
  }

  /** A nonce that only who made it knows; good for one signature. */
  public static final class SecretNonce {
    private final byte[] secret;
    private final byte[] publicNonce;
    private boolean used;

    SecretNonce(byte[] secret, byte[] publicNonce) {
      this.secret = secret;
      this.publicNonce = publicNonce;
    }

    /** What the others are told: 66 bytes. */
    public byte[] publicNonce() {
      return publicNonce.clone();
    }

    private byte[] take() {
      byte[] copy = secret.clone();
      wipe();
      return copy;
    }

    /** Overwrites the secret; the nonce is of no use afterwards. */
    public void wipe() {
      used = true;
      Arrays.fill(secret, (byte) 0);
    }

    /** Nothing of the secret. */
    @Override
    public String toString() {
      return used ? "used nonce" : "nonce";
    }
  }
}
