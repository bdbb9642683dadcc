package org.farthing.wallet.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Hmac;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.encoding.EncodingException;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * A key with a chain code, from which a tree of keys is derived (BIP-0032). A private one derives
 * every child, a public one those that are not hardened.
 */
public final class ExtendedKey {
  /** The length of the serialized form in bytes, without checksum. */
  public static final int SIZE = 78;

  private static final byte[] MASTER_LABEL = {
    'B', 'i', 't', 'c', 'o', 'i', 'n', ' ', 's', 'e', 'e', 'd'
  };

  /** The same for everybody, so that all signers derive the same keys. */
  private static final byte[] MUSIG_CHAIN_CODE =
      HexFormat.of().parseHex("868087ca02a6f974c4598924c36b57762d32cb45717167e300622c7167e38965");

  private static final int MAX_DEPTH = 255;
  private static final int CHAIN_CODE_SIZE = 32;
  private static final int SEED_SIZE = 32;

  private final int depth;
  private final int parentFingerprint;
  private final int childNumber;
  private final byte[] chainCode;
  private final byte[] publicKey;
  private final byte[] privateKey;

  private ExtendedKey(Position position, byte[] chainCode, byte[] publicKey, byte[] privateKey) {
    this.depth = position.depth;
    this.parentFingerprint = position.parentFingerprint;
    this.childNumber = position.childNumber;
    this.chainCode = chainCode;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  private record Position(int depth, int parentFingerprint, int childNumber) {
    static final Position MASTER = new Position(0, 0, 0);
  }

  /** The root of the tree of a seed of 16 to 64 bytes. */
  public static ExtendedKey ofSeed(byte[] seed) {
    byte[] hash = Hmac.sha512(MASTER_LABEL, seed);
    byte[] key = Arrays.copyOf(hash, 32);
    byte[] chainCode = Arrays.copyOfRange(hash, 32, 64);
    Arrays.fill(hash, (byte) 0);
    if (!Secp256k1.isValidPrivateKey(key)) {
      throw new IllegalArgumentException("a seed without a key: one in 2^127");
    }
    return new ExtendedKey(Position.MASTER, chainCode, Secp256k1.publicKey(key), key);
  }

  /** The public root of the tree of a key of several signers (BIP-0328). */
  public static ExtendedKey ofMusig(byte[] publicKey) {
    return new ExtendedKey(Position.MASTER, MUSIG_CHAIN_CODE, publicKey.clone(), null);
  }

  /**
   * What a public key is tweaked with on the way to its child: 32 bytes.
   *
   * @throws IllegalStateException for a hardened child of a public key
   */
  public byte[] tweak(int number) {
    return Arrays.copyOf(Hmac.sha512(chainCode, childData(number)), Secp256k1.KEY_SIZE);
  }

  /** The root of a new tree, from the system's randomness. */
  public static ExtendedKey generate(SecureRandom random) {
    byte[] seed = new byte[SEED_SIZE];
    random.nextBytes(seed);
    try {
      return ofSeed(seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The number of derivations from the root. */
  public int depth() {
    return depth;
  }

  /** The fingerprint of the parent; 0 at the root. */
  public int parentFingerprint() {
    return parentFingerprint;
  }

  /** As in {@link DerivationPath}; 0 at the root. */
  public int childNumber() {
    return childNumber;
  }

  public boolean isPrivate() {
    return privateKey != null;
  }

  /** A copy of the compressed public key, 33 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** A copy of the private key, 32 bytes, to be wiped by the caller. */
  public byte[] privateKey() {
    requirePrivate();
    return privateKey.clone();
  }

  /** The same as a key that signs for the public key, to be wiped by the caller. */
  public PrivateKey toPrivateKey() {
    requirePrivate();
    return new PrivateKey(privateKey, true);
  }

  /** The first four bytes of the public key's hash, as a big-endian number. */
  public int fingerprint() {
    return ByteBuffer.wrap(Hash160.hash(publicKey)).getInt();
  }

  /** The same key without its secret. */
  public ExtendedKey toPublic() {
    return new ExtendedKey(
        new Position(depth, parentFingerprint, childNumber), chainCode, publicKey, null);
  }

  /** Overwrites the secret; the key is of no use afterwards. */
  public void wipe() {
    if (privateKey != null) {
      Arrays.fill(privateKey, (byte) 0);
    }
  }

  /**
   * The child of this number.
   *
   * @throws IllegalStateException for a hardened child of a public key
   * @throws IllegalArgumentException below depth 255, and for the one child in 2^127 that has none
   */
  public ExtendedKey child(int number) {
    if (depth == MAX_DEPTH) {
      throw new IllegalArgumentException("a key tree has at most 255 levels");
    }
    byte[] data = childData(number);
    byte[] hash = Hmac.sha512(chainCode, data);
    Arrays.fill(data, (byte) 0);
    byte[] tweak = Arrays.copyOf(hash, 32);
    byte[] childCode = Arrays.copyOfRange(hash, 32, 64);
    Position position = new Position(depth + 1, fingerprint(), number);
    try {
      if (privateKey == null) {
        return new ExtendedKey(
            position, childCode, Secp256k1.tweakAddPublic(publicKey, tweak), null);
      }
      byte[] key = Secp256k1.tweakAddPrivate(privateKey, tweak);
      return new ExtendedKey(position, childCode, Secp256k1.publicKey(key), key);
    } finally {
      Arrays.fill(hash, (byte) 0);
      Arrays.fill(tweak, (byte) 0);
    }
  }

  private byte[] childData(int number) {
    ByteBuffer data = ByteBuffer.allocate(37);
    if (DerivationPath.isHardened(number)) {
      requirePrivate();
      data.put((byte) 0).put(privateKey);
    } else {
      data.put(publicKey);
    }
    return data.putInt(number).array();
  }

  /** The descendant at the end of the path; keys on the way are wiped. */
  public ExtendedKey derive(DerivationPath path) {
    ExtendedKey key = this;
    for (int i = 0; i < path.steps().size(); i++) {
      ExtendedKey next = key.child(path.steps().get(i));
      if (i > 0) {
        key.wipe();
      }
      key = next;
    }
    return key;
  }

  private void requirePrivate() {
    if (privateKey == null) {
      throw new IllegalStateException("a public key has no secret");
    }
  }

  /** The public form: {@code tpub…} or whatever the network's version bytes make of it. */
  public String toPublicString(Network network) {
    return serialize(network.base58().extendedPublicKey(), publicKey);
  }

  /** The private form: {@code tprv…}. It is a secret. */
  public String toPrivateString(Network network) {
    requirePrivate();
    byte[] padded = new byte[33];
    System.arraycopy(privateKey, 0, padded, 1, 32);
    try {
      return serialize(network.base58().extendedPrivateKey(), padded);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private String serialize(int version, byte[] keyData) {
    byte[] bytes =
        ByteBuffer.allocate(SIZE)
            .putInt(version)
            .put((byte) depth)
            .putInt(parentFingerprint)
            .putInt(childNumber)
            .put(chainCode)
            .put(keyData)
            .array();
    try {
      return Base58Check.encode(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The private form, without the version bytes of a network. */
  void writeTo(ByteWriter out) {
    requirePrivate();
    out.uint8(depth).int32(parentFingerprint).int32(childNumber).bytes(chainCode).bytes(privateKey);
  }

  /** Reads what {@link #writeTo} wrote. */
  static ExtendedKey read(ByteReader in) throws DecodeException {
    Position position = new Position(in.uint8(), in.int32(), in.int32());
    byte[] chainCode = in.bytes(CHAIN_CODE_SIZE);
    byte[] key = in.bytes(Secp256k1.KEY_SIZE);
    if (!Secp256k1.isValidPrivateKey(key)) {
      throw new DecodeException("no extended private key");
    }
    return new ExtendedKey(position, chainCode, Secp256k1.publicKey(key), key);
  }

  /**
   * Reads either form.
   *
   * @throws WalletException INVALID_KEY for wrong characters, checksum, version, or content
   */
  public static ExtendedKey parse(String text, Network network) throws WalletException {
    byte[] bytes;
    try {
      bytes = Base58Check.decode(text);
    } catch (EncodingException e) {
      throw invalid("this is not an extended key: " + e.getMessage());
    }
    if (bytes.length != SIZE) {
      throw invalid("an extended key has 78 bytes, not " + bytes.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.getInt();
    Position position = new Position(in.get() & 0xff, in.getInt(), in.getInt());
    if (position.depth == 0 && !position.equals(Position.MASTER)) {
      throw invalid("an extended key of depth 0 has no parent and no number");
    }
    byte[] chainCode = new byte[CHAIN_CODE_SIZE];
    byte[] keyData = new byte[33];
    in.get(chainCode).get(keyData);
    if (version == network.base58().extendedPublicKey()) {
      return parsePublic(position, chainCode, keyData);
    }
    if (version == network.base58().extendedPrivateKey()) {
      return parsePrivate(position, chainCode, keyData);
    }
    throw invalid("this extended key belongs to another network than " + network.name());
  }

  private static ExtendedKey parsePublic(Position position, byte[] chainCode, byte[] keyData)
      throws WalletException {
    if (!Secp256k1.isValidPublicKey(keyData)) {
      throw invalid("the extended key holds no valid public key");
    }
    return new ExtendedKey(position, chainCode, keyData, null);
  }

  private static ExtendedKey parsePrivate(Position position, byte[] chainCode, byte[] keyData)
      throws WalletException {
    byte[] key = Arrays.copyOfRange(keyData, 1, keyData.length);
    if (keyData[0] != 0 || !Secp256k1.isValidPrivateKey(key)) {
      throw invalid("the extended key holds no valid private key");
    }
    return new ExtendedKey(position, chainCode, Secp256k1.publicKey(key), key);
  }

  private static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_KEY, message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExtendedKey that
        && depth == that.depth
        && parentFingerprint == that.parentFingerprint
        && childNumber == that.childNumber
        && isPrivate() == that.isPrivate()
        && Arrays.equals(chainCode, that.chainCode)
        && Arrays.equals(publicKey, that.publicKey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(publicKey);
  }

  /** The fingerprint, never the key. */
  @Override
  public String toString() {
    return (isPrivate() ? "private" : "public")
        + " extended key "
        + Hex.encode(ByteBuffer.allocate(4).putInt(fingerprint()).array());
  }
}
