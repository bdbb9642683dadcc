package org.farthing.wallet.keys;

import java.security.SecureRandom;
import java.util.Arrays;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.AuthenticatedCipher;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * A secret as it lies on disk: encrypted with ChaCha20-Poly1305 under a key that scrypt makes from
 * a passphrase, or, only where the owner asked for it, in clear. Each passphrase has a salt of its
 * own; a secret that is replaced under the same one gets another nonce, of 96 random bits.
 * Immutable.
 */
public final class KeyVault {
  private static final int CLEAR = 0;

  private static final int SALT_AT = 4;

  /** Format, cost, salt and nonce: authenticated together with the secret. Empty when in clear. */
  private final byte[] header;

  private final Scrypt.Cost cost;

  /** The ciphertext with its tag, or the secret itself. */
  private final byte[] body;

  private KeyVault(byte[] header, Scrypt.Cost cost, byte[] body) {
    this.header = header;
    this.cost = cost;
    this.body = body;
  }

  /** The secret in clear: whoever reads the file has it. */
  public static KeyVault unencrypted(byte[] secret) {
    return new KeyVault(new byte[0], null, secret.clone());
  }

  public static KeyVault encrypt(byte[] secret, VaultKey key, SecureRandom random) {
    byte[] nonce = new byte[AuthenticatedCipher.NONCE_SIZE];
    random.nextBytes(nonce);
    byte[] header =
        new ByteWriter()
            .uint8(key.format)
            .uint8(key.cost.logN())
            .uint8(key.cost.r())
            .uint8(key.cost.p())
            .bytes(key.salt)
            .bytes(nonce)
            .toByteArray();
    return new KeyVault(
        header, key.cost, AuthenticatedCipher.encrypt(key.bytes, nonce, secret, header));
  }

  public boolean isEncrypted() {
    return cost != null;
  }

  /** The secret of a vault in clear, to be wiped by the caller. */
  byte[] content() {
    if (isEncrypted()) {
      throw new IllegalStateException("an encrypted vault is opened with a key");
    }
    return body.clone();
  }

  /**
   * The key that a passphrase stands for, right or wrong; takes long, on any thread.
   *
   * @param passphrase the caller wipes it
   * @throws WalletException WRONG_ENCRYPTION_STATE where the secret is in clear
   */
  public VaultKey key(char[] passphrase) throws WalletException {
    if (!isEncrypted()) {
      throw new WalletException(
          WalletError.WRONG_ENCRYPTION_STATE,
          "the wallet is not encrypted: encrypt it with a passphrase first");
    }
    byte[] salt = Arrays.copyOfRange(header, SALT_AT, SALT_AT + VaultKey.SALT_SIZE);
    return VaultKey.stretch(header[0], passphrase, salt, cost);
  }

  /**
   * The secret of an encrypted vault, to be wiped by the caller.
   *
   * @throws WalletException WRONG_PASSPHRASE if the key is not the right one
   */
  byte[] open(VaultKey key) throws WalletException {
    byte[] nonce = Arrays.copyOfRange(header, SALT_AT + VaultKey.SALT_SIZE, header.length);
    return AuthenticatedCipher.decrypt(key.bytes, nonce, body, header)
        .orElseThrow(
            () ->
                new WalletException(
                    WalletError.WRONG_PASSPHRASE,
                    "the passphrase is wrong: try again, or restore the wallet from its words"));
  }

  /** One byte of format, the rest of the header, then the body with its length. */
  public void writeTo(ByteWriter out) {
    if (isEncrypted()) {
      out.bytes(header);
    } else {
      out.uint8(CLEAR);
    }
    out.varBytes(body);
  }

  public static KeyVault read(ByteReader in) throws DecodeException {
    int start = in.position();
    int format = in.uint8();
    if (format == CLEAR) {
      return new KeyVault(new byte[0], null, in.varBytes());
    }
    if (format != VaultKey.SCRYPT_CHACHA && format != VaultKey.OLD_SCRYPT_CHACHA) {
      throw new DecodeException("unknown encryption " + format);
    }
    Scrypt.Cost cost;
    try {
      cost = new Scrypt.Cost(in.uint8(), in.uint8(), in.uint8());
    } catch (IllegalArgumentException e) {
      throw new DecodeException(e.getMessage());
    }
    in.skip(VaultKey.SALT_SIZE + AuthenticatedCipher.NONCE_SIZE);
    return new KeyVault(in.since(start), cost, in.varBytes());
  }

  /** Whether it is encrypted, nothing of the secret. */
  @Override
  public String toString() {
    return isEncrypted() ? "encrypted vault" : "unencrypted vault";
  }
}
