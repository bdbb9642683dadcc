package org.farthing.wallet.keys;

import java.util.Arrays;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.encoding.EncodingException;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** One private key, and its text form ("wallet import format"). */
public final class PrivateKey {
  private static final int COMPRESSED_MARKER = 1;

  private final byte[] secret;
  private final boolean compressed;

  /**
   * @param secret 32 bytes, copied
   * @param compressed whether the public key is used in its form of 33 bytes
   */
  public PrivateKey(byte[] secret, boolean compressed) {
    if (!Secp256k1.isValidPrivateKey(secret)) {
      throw new IllegalArgumentException("not a private key");
    }
    this.secret = secret.clone();
    this.compressed = compressed;
  }

  /**
   * @throws WalletException INVALID_KEY for anything that is not a private key of this network
   */
  public static PrivateKey parse(String text, Network network) throws WalletException {
    byte[] payload;
    try {
      payload = Base58Check.decode(text);
    } catch (EncodingException e) {
      throw invalid("this is not a private key: " + e.getMessage());
    }
    boolean compressed = payload.length == 34 && payload[33] == COMPRESSED_MARKER;
    if (payload.length != 33 && !compressed) {
      throw invalid("this is not a private key: it has the wrong length");
    }
    if ((payload[0] & 0xff) != network.base58().wif()) {
      throw invalid("this private key belongs to another network than " + network.name());
    }
    byte[] secret = Arrays.copyOfRange(payload, 1, 33);
    Arrays.fill(payload, (byte) 0);
    if (!Secp256k1.isValidPrivateKey(secret)) {
      throw invalid("this is not a private key: the number is out of range");
    }
    return new PrivateKey(secret, compressed);
  }

  public String toWif(Network network) {
    ByteWriter out = new ByteWriter(34).uint8(network.base58().wif()).bytes(secret);
    if (compressed) {
      out.uint8(COMPRESSED_MARKER);
    }
    return Base58Check.encode(out.toByteArray());
  }

  /** A copy of the 32 bytes, to be wiped by the caller. */
  public byte[] secret() {
    return secret.clone();
  }

  /** The same key, which outlives the wiping of this one. */
  public PrivateKey copy() {
    return new PrivateKey(secret, compressed);
  }

  public boolean isCompressed() {
    return compressed;
  }

  /** 33 or 65 bytes. */
  public byte[] publicKey() {
    byte[] key = Secp256k1.publicKey(secret);
    return compressed ? key : Secp256k1.uncompressed(key);
  }

  /** Overwrites the secret; the key is of no use afterwards. */
  public void wipe() {
    Arrays.fill(secret, (byte) 0);
  }

  private static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_KEY, message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PrivateKey that
        && compressed == that.compressed
        && Arrays.equals(secret, that.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret);
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "private key";
  }
}
