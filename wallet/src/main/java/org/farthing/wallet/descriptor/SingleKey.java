package org.farthing.wallet.descriptor;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.keys.Secrets;

/** One key, written in hexadecimal digits or as a private key in its import format. */
public final class SingleKey implements KeyExpression {
  /** How a public key is written. */
  public enum Form {
    /** With its prefix: 33 or 65 bytes. */
    FULL,
    /** Without: 32 bytes, for taproot (BIP-0386). */
    X_ONLY
  }

  private final Optional<KeyOrigin> origin;
  private final byte[] publicKey;
  private final Form form;
  private final Optional<Secret> secret;

  /** A private key, and the network that its text is of. */
  private record Secret(PrivateKey key, Network network) {}

  private SingleKey(
      Optional<KeyOrigin> origin, byte[] publicKey, Form form, Optional<Secret> secret) {
    this.origin = origin;
    this.publicKey = publicKey;
    this.form = form;
    this.secret = secret;
  }

  /**
   * @param publicKey a valid one of 33 or 65 bytes, copied
   */
  public static SingleKey of(Optional<KeyOrigin> origin, byte[] publicKey, Form form) {
    return new SingleKey(origin, publicKey.clone(), form, Optional.empty());
  }

  public static SingleKey of(
      Optional<KeyOrigin> origin, PrivateKey key, Network network, Form form) {
    return new SingleKey(origin, key.publicKey(), form, Optional.of(new Secret(key, network)));
  }

  @Override
  public boolean isRanged() {
    return false;
  }

  @Override
  public boolean isPrivate() {
    return secret.isPresent();
  }

  @Override
  public boolean canDerive() {
    return true;
  }

  @Override
  public byte[] publicKey(int index) {
    return publicKey.clone();
  }

  @Override
  public Optional<PrivateKey> privateKey(int index) {
    return secret.map(Secret::key);
  }

  /** Without a given origin the key is its own root. */
  @Override
  public KeyOrigin originOf(int index) {
    return origin.orElseGet(() -> KeyOrigin.ofRoot(publicKey));
  }

  @Override
  public SingleKey at(int index) {
    return of(Optional.of(originOf(index)), publicKey, form);
  }

  @Override
  public SingleKey shortened() {
    return this;
  }

  @Override
  public SingleKey withoutSecret() {
    return new SingleKey(origin, publicKey, form, Optional.empty());
  }

  /** A key without its first byte may be the other one with the same 32 bytes. */
  @Override
  public SingleKey withSecret(Secrets secrets, Network network) {
    Optional<PrivateKey> found = secrets.privateKey(publicKey);
    if (found.isEmpty() && form == Form.X_ONLY) {
      byte[] odd = publicKey.clone();
      odd[0] ^= 1;
      found = secrets.privateKey(odd);
    }
    return found.map(key -> of(origin, key, network, form)).orElse(this);
  }

  @Override
  public Secrets secret() {
    return Secrets.of(List.of(), secret.map(Secret::key).stream().toList());
  }

  @Override
  public SingleKey normalized() {
    return withoutSecret();
  }

  /** The 32 bytes of a compressed public key behind its prefix. */
  static byte[] xOnly(byte[] publicKey) {
    return Arrays.copyOfRange(publicKey, 1, Secp256k1.COMPRESSED_SIZE);
  }

  /** The same key written without its prefix. */
  SingleKey xOnly() {
    return new SingleKey(origin, publicKey, Form.X_ONLY, secret);
  }

  @Override
  public String toString() {
    String hex = Hex.encode(publicKey);
    return withOrigin(form == Form.FULL ? hex : hex.substring(2));
  }

  @Override
  public String privateText() {
    return secret.map(own -> withOrigin(own.key().toWif(own.network()))).orElseGet(this::toString);
  }

  private String withOrigin(String key) {
    return origin.map(from -> "[" + from + "]").orElse("") + key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SingleKey that
        && Arrays.equals(publicKey, that.publicKey)
        && form == that.form
        && origin.equals(that.origin)
        && secret.map(Secret::key).equals(that.secret.map(Secret::key));
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(publicKey), form, origin);
  }
}
