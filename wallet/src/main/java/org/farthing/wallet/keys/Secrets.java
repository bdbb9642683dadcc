package org.farthing.wallet.keys;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Secp256k1;

/**
 * What a wallet must not show: the seed that its recovery words stand for, if it has one, and
 * private keys that were imported. They stay in memory only while they are in use; {@link #wipe}
 * overwrites them. For one thread.
 */
public final class Secrets {
  /** The bytes of the seed of recovery words (BIP-0039). */
  private static final int SEED_SIZE = 64;

  private static final int LIST = 1;
  private static final int SEED = 1;
  private static final int EXTENDED_KEY = 2;
  private static final int PRIVATE_KEY = 3;

  private final Optional<Seed> seed;
  private final List<ExtendedKey> extendedKeys;
  private final List<PrivateKey> privateKeys;
  private final Map<String, PrivateKey> byPublicKey = new HashMap<>();

  /** The bytes that recovery words stand for, and the root key that they lead to. */
  private static final class Seed {
    private final byte[] bytes;
    private final ExtendedKey master;

    Seed(byte[] bytes) {
      this.bytes = bytes.clone();
      this.master = ExtendedKey.ofSeed(bytes);
    }
  }

  private Secrets(
      Optional<Seed> seed, List<ExtendedKey> extendedKeys, List<PrivateKey> privateKeys) {
    this.seed = seed;
    this.extendedKeys = List.copyOf(extendedKeys);
    this.privateKeys = List.copyOf(privateKeys);
  }

  /** None at all. */
  public static Secrets none() {
    return new Secrets(Optional.empty(), List.of(), List.of());
  }

  /** Those of recovery words; the seed is copied. */
  public static Secrets ofSeed(byte[] seed) {
    return new Secrets(Optional.of(new Seed(seed)), List.of(), List.of());
  }

  /** Imported keys. */
  public static Secrets of(List<ExtendedKey> extendedKeys, List<PrivateKey> privateKeys) {
    return none().with(new Secrets(Optional.empty(), extendedKeys, privateKeys));
  }

  /** These and the others, each once. The keys are shared, not copied. */
  public Secrets with(Secrets others) {
    if (seed.isPresent() && others.seed.isPresent()) {
      throw new IllegalArgumentException("a wallet has one seed");
    }
    Set<ExtendedKey> extended = new LinkedHashSet<>(extendedKeys);
    extended.addAll(others.extendedKeys);
    Set<PrivateKey> single = new LinkedHashSet<>(privateKeys);
    single.addAll(others.privateKeys);
    return new Secrets(seed.or(() -> others.seed), List.copyOf(extended), List.copyOf(single));
  }

  public boolean isEmpty() {
    return seed.isEmpty() && extendedKeys.isEmpty() && privateKeys.isEmpty();
  }

  /** The root key of the recovery words. */
  public Optional<ExtendedKey> master() {
    return seed.map(own -> own.master);
  }

  /** The private form of an extended key. */
  public Optional<ExtendedKey> extendedKey(ExtendedKey publicKey) {
    return roots().filter(key -> key.toPublic().equals(publicKey)).findFirst();
  }

  /** A private key that has this fingerprint and may be at the root of others. */
  public Optional<ExtendedKey> root(int fingerprint) {
    return roots().filter(key -> key.fingerprint() == fingerprint).findFirst();
  }

  /** All private extended keys, that of the recovery words first. */
  public List<ExtendedKey> extendedKeys() {
    return roots().toList();
  }

  private Stream<ExtendedKey> roots() {
    return Stream.concat(master().stream(), extendedKeys.stream());
  }

  /**
   * The imported private key of a public key.
   *
   * @param publicKey 33 or 65 bytes
   */
  public Optional<PrivateKey> privateKey(byte[] publicKey) {
    if (byPublicKey.isEmpty()) {
      privateKeys.forEach(key -> byPublicKey.put(Hex.encode(key.publicKey()), key));
    }
    return Optional.ofNullable(byPublicKey.get(Hex.encode(publicKey)));
  }

  /** To be wiped by the caller. A seed alone stands as it is; nothing else has its length. */
  public byte[] encode() {
    if (seed.isPresent() && extendedKeys.isEmpty() && privateKeys.isEmpty()) {
      return seed.get().bytes.clone();
    }
    ByteWriter out = new ByteWriter().uint8(LIST);
    out.compactSize(seed.stream().count() + extendedKeys.size() + privateKeys.size());
    seed.ifPresent(own -> out.uint8(SEED).bytes(own.bytes));
    extendedKeys.forEach(key -> key.writeTo(out.uint8(EXTENDED_KEY)));
    for (PrivateKey key : privateKeys) {
      byte[] secret = key.secret();
      out.uint8(PRIVATE_KEY).bytes(secret).uint8(key.isCompressed() ? 1 : 0);
      Arrays.fill(secret, (byte) 0);
    }
    return out.toByteArray();
  }

  /**
   * @throws DecodeException for anything that {@link #encode} doesn't write
   */
  public static Secrets decode(byte[] bytes) throws DecodeException {
    if (bytes.length == SEED_SIZE) {
      return ofSeed(bytes);
    }
    ByteReader in = new ByteReader(bytes);
    int format = in.uint8();
    if (format != LIST) {
      throw new DecodeException("unknown format of secrets: " + format);
    }
    Secrets all = none();
    int count = in.count(1 + Secp256k1.KEY_SIZE);
    for (int i = 0; i < count; i++) {
      Secrets next = one(in);
      if (next.seed.isPresent() && i > 0) {
        throw new DecodeException("the seed comes first");
      }
      all = all.with(next);
    }
    in.expectEnd();
    return all;
  }

  private static Secrets one(ByteReader in) throws DecodeException {
    int kind = in.uint8();
    return switch (kind) {
      case SEED -> {
        byte[] seed = in.bytes(SEED_SIZE);
        try {
          yield ofSeed(seed);
        } finally {
          Arrays.fill(seed, (byte) 0);
        }
      }
      case EXTENDED_KEY -> of(List.of(ExtendedKey.read(in)), List.of());
      case PRIVATE_KEY -> of(List.of(), List.of(privateKey(in)));
      default -> throw new DecodeException("unknown kind of secret: " + kind);
    };
  }

  private static PrivateKey privateKey(ByteReader in) throws DecodeException {
    byte[] secret = in.bytes(Secp256k1.KEY_SIZE);
    int compressed = in.uint8();
    if (compressed > 1 || !Secp256k1.isValidPrivateKey(secret)) {
      throw new DecodeException("no private key");
    }
    PrivateKey key = new PrivateKey(secret, compressed == 1);
    Arrays.fill(secret, (byte) 0);
    return key;
  }

  /** Overwrites all of them; they are of no use afterwards. */
  public void wipe() {
    seed.ifPresent(own -> Arrays.fill(own.bytes, (byte) 0));
    roots().forEach(ExtendedKey::wipe);
    privateKeys.forEach(PrivateKey::wipe);
  }

  /** How many there are, nothing of them. */
  @Override
  public String toString() {
    return roots().count() + privateKeys.size() + " secrets";
  }
}
