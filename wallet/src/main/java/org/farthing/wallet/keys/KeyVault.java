package org.farthing.wallet.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
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

  /** As below, with a mistake: bytes of zero at the end of a passphrase do not count. */
  private static final int OLD_SCRYPT_CHACHA = 1;

  private static final int SCRYPT_CHACHA = 2;

  /** Stands behind a passphrase: HMAC, and so scrypt, does not see zeros at the end (RFC 2104). */
  private static final byte END = 1;

  private static final int SALT_AT = 4;
  private static final int SALT_SIZE = 16;

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

  /**
   * @param passphrase not empty; the caller wipes it
   * @throws WalletException INVALID_REQUEST for an empty passphrase
   */
  public static KeyVault encrypt(
      byte[] secret, char[] passphrase, Scrypt.Cost cost, SecureRandom random)
      throws WalletException {
    if (passphrase.length == 0) {
      throw new WalletException(
          WalletError.INVALID_REQUEST, "the passphrase is empty: choose one of several words");
    }
    byte[] salt = new byte[SALT_SIZE];
    random.nextBytes(salt);
    byte[] key = stretch(SCRYPT_CHACHA, passphrase, salt, cost);
    try {
      return seal(SCRYPT_CHACHA, secret, key, salt, cost, random);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static KeyVault seal(
      int format, byte[] secret, byte[] key, byte[] salt, Scrypt.Cost cost, SecureRandom random) {
    byte[] nonce = new byte[AuthenticatedCipher.NONCE_SIZE];
    random.nextBytes(nonce);
    byte[] header =
        new ByteWriter()
            .uint8(format)
            .uint8(cost.logN())
            .uint8(cost.r())
            .uint8(cost.p())
            .bytes(salt)
            .bytes(nonce)
            .toByteArray();
    return new KeyVault(header, cost, AuthenticatedCipher.encrypt(key, nonce, secret, header));
  }

  /**
   * Another secret under the same passphrase.
   *
   * @param key of this vault, see {@link #key}; not looked at where the vault is in clear
   */
  KeyVault replace(byte[] secret, byte[] key, SecureRandom random) {
    return isEncrypted() ? seal(header[0], secret, key, salt(), cost, random) : unencrypted(secret);
  }

  public boolean isEncrypted() {
    return cost != null;
  }

  /**
   * The secret, to be wiped by the caller.
   *
   * @param passphrase ignored where the secret is in clear; the caller wipes it
   * @throws WalletException WRONG_PASSPHRASE
   */
  public byte[] open(char[] passphrase) throws WalletException {
    if (!isEncrypted()) {
      return body.clone();
    }
    byte[] key = key(passphrase);
    try {
      return open(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The key that the passphrase stands for, right or wrong; to be wiped by the caller. */
  byte[] key(char[] passphrase) {
    return stretch(header[0], passphrase, salt(), cost);
  }

  /**
   * The secret of an encrypted vault, to be wiped by the caller.
   *
   * @throws WalletException WRONG_PASSPHRASE if the key is not the right one
   */
  byte[] open(byte[] key) throws WalletException {
    byte[] nonce = Arrays.copyOfRange(header, SALT_AT + SALT_SIZE, header.length);
    return AuthenticatedCipher.decrypt(key, nonce, body, header)
        .orElseThrow(
            () ->
                new WalletException(
                    WalletError.WRONG_PASSPHRASE,
                    "the passphrase is wrong: try again, or restore the wallet from its words"));
  }

  private byte[] salt() {
    return Arrays.copyOfRange(header, SALT_AT, SALT_AT + SALT_SIZE);
  }

  private static byte[] stretch(int format, char[] passphrase, byte[] salt, Scrypt.Cost cost) {
    byte[] buffer = new byte[3 * passphrase.length + 1];
    ByteBuffer encoded = ByteBuffer.wrap(buffer);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(passphrase), encoded, true);
    if (format != OLD_SCRYPT_CHACHA) {
      encoded.put(END);
    }
    byte[] password = Arrays.copyOf(buffer, encoded.position());
    Arrays.fill(buffer, (byte) 0);
    try {
      return Scrypt.derive(password, salt, cost, AuthenticatedCipher.KEY_SIZE);
    } finally {
      Arrays.fill(password, (byte) 0);
    }
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
    if (format != SCRYPT_CHACHA && format != OLD_SCRYPT_CHACHA) {
      throw new DecodeException("unknown encryption " + format);
    }
    Scrypt.Cost cost;
    try {
      cost = new Scrypt.Cost(in.uint8(), in.uint8(), in.uint8());
    } catch (IllegalArgumentException e) {
      throw new DecodeException(e.getMessage());
    }
    in.skip(SALT_SIZE + AuthenticatedCipher.NONCE_SIZE);
    return new KeyVault(in.since(start), cost, in.varBytes());
  }

  /** Whether it is encrypted, nothing of the secret. */
  @Override
  public String toString() {
    return isEncrypted() ? "encrypted vault" : "unencrypted vault";
  }
}
