package org.farthing.wallet.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.keys.PrivateKey;

/**
 * Signatures of texts that can be checked with an address alone, since the public key is recovered
 * from them (BIP-0137, of which Bitcoin Core knows P2PKH only). They have 65 bytes: a header that
 * tells which key it is and how the address was made of it, then the compact signature.
 */
public final class SignedMessage {
  private static final byte[] MAGIC =
      "Bitcoin Signed Message:\n".getBytes(StandardCharsets.US_ASCII);

  private static final int SIGNATURE_SIZE = 1 + Secp256k1.SIGNATURE_SIZE;
  private static final int FIRST_HEADER = 27;
  private static final int COMPRESSED = 4;
  private static final int RECOVERY_IDS = 4;

  private SignedMessage() {}

  /** What is signed: 32 bytes. The magic keeps anybody from signing a transaction by accident. */
  public static byte[] hash(String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    ByteWriter out = new ByteWriter(MAGIC.length + text.length + 10);
    return Sha256.doubleHash(out.varBytes(MAGIC).varBytes(text).toByteArray());
  }

  /** The signature of a text, for the P2PKH address of the key. */
  public static byte[] sign(PrivateKey key, String message) {
    byte[] hash = hash(message);
    byte[] publicKey = Secp256k1.uncompressed(key.publicKey());
    byte[] secret = key.secret();
    try {
      byte[] compact = Secp256k1.signEcdsa(hash, secret);
      int id = recoveryId(compact, hash, publicKey);
      int header = FIRST_HEADER + id + (key.isCompressed() ? COMPRESSED : 0);
      return new ByteWriter(SIGNATURE_SIZE).uint8(header).bytes(compact).toByteArray();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static int recoveryId(byte[] compact, byte[] hash, byte[] publicKey) {
    for (int id = 0; id < RECOVERY_IDS; id++) {
      Optional<byte[]> recovered = Secp256k1.recover(compact, hash, id);
      if (recovered.isPresent() && Arrays.equals(recovered.get(), publicKey)) {
        return id;
      }
    }
    throw new AssertionError("own signature does not lead to its key");
  }

  /**
   * Whether the owner of an address signed a text.
   *
   * @param signature of any length; not valid unless of 65 bytes
   */
  public static boolean verify(Address.P2pkh address, byte[] signature, String message) {
    return publicKey(signature, hash(message))
        .filter(key -> Arrays.equals(Hash160.hash(key), address.payload()))
        .isPresent();
  }

  /** Of the header no more than three bits count, as in Bitcoin Core. */
  private static Optional<byte[]> publicKey(byte[] signature, byte[] hash) {
    if (signature.length != SIGNATURE_SIZE) {
      return Optional.empty();
    }
    int header = (signature[0] & 0xff) - FIRST_HEADER;
    byte[] compact = Arrays.copyOfRange(signature, 1, SIGNATURE_SIZE);
    Optional<byte[]> key = Secp256k1.recover(compact, hash, header & (RECOVERY_IDS - 1));
    return (header & COMPRESSED) == 0 ? key : key.map(Secp256k1::compressed);
  }
}
