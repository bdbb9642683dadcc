package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.miniscript.HashType;

/**
 * What is known of an input that is to be signed: scripts, keys and signatures. Signing adds to it,
 * and notes what is missing. For one thread.
 */
public final class SpendData {
  private static final int PREIMAGE_SIZE = 32;

  private final NavigableMap<ByteString, KeySignature> signatures = new TreeMap<>();
  private final NavigableMap<ByteString, KnownKey> keys = new TreeMap<>();
  private final Map<HashType, Map<ByteString, ByteString>> preimages =
      new EnumMap<>(HashType.class);
  private final TaprootData taproot = new TaprootData();
  private final MusigData musig = new MusigData();
  private Optional<Script> redeemScript = Optional.empty();
  private Optional<Script> witnessScript = Optional.empty();
  private final List<ByteString> missingKeys = new ArrayList<>();
  private final List<ByteString> missingSignatures = new ArrayList<>();
  private Optional<ByteString> missingRedeemScript = Optional.empty();
  private Optional<ByteString> missingWitnessScript = Optional.empty();

  /**
   * A signature with its hash type, and whose it is.
   *
   * @param publicKey 33 or 65 bytes
   */
  public record KeySignature(ByteString publicKey, ByteString signature) {}

  /**
   * A key that signs, and where it comes from.
   *
   * @param publicKey 33 or 65 bytes
   */
  public record KnownKey(ByteString publicKey, KeyOrigin origin) {}

  static ByteString hash(ByteString publicKey) {
    return ByteString.of(Hash160.hash(publicKey.toByteArray()));
  }

  /** Takes in a signature, unless there is one of this key. */
  public void addSignature(ByteString publicKey, ByteString signature) {
    signatures.putIfAbsent(hash(publicKey), new KeySignature(publicKey, signature));
  }

  /** Takes in a key, unless it is known. */
  public void addKey(ByteString publicKey, KeyOrigin origin) {
    keys.putIfAbsent(hash(publicKey), new KnownKey(publicKey, origin));
  }

  /** Takes in what hashes to a value. */
  public void addPreimage(HashType type, ByteString hash, ByteString preimage) {
    preimages.computeIfAbsent(type, t -> new HashMap<>()).put(hash, preimage);
  }

  public void setRedeemScript(Script script) {
    redeemScript = Optional.of(script);
  }

  public void setWitnessScript(Script script) {
    witnessScript = Optional.of(script);
  }

  /** By the hash of the key. */
  public NavigableMap<ByteString, KeySignature> signatures() {
    return Collections.unmodifiableNavigableMap(signatures);
  }

  /** By the hash of the key. */
  public NavigableMap<ByteString, KnownKey> keys() {
    return Collections.unmodifiableNavigableMap(keys);
  }

  public TaprootData taproot() {
    return taproot;
  }

  public MusigData musig() {
    return musig;
  }

  public Optional<Script> redeemScript() {
    return redeemScript;
  }

  public Optional<Script> witnessScript() {
    return witnessScript;
  }

  /** What hashes to a value, as it would stand in a witness: 32 bytes. */
  Optional<ByteString> preimage(HashType type, ByteString hash) {
    return Optional.ofNullable(preimages.getOrDefault(type, Map.of()).get(hash))
        .filter(preimage -> preimage.size() == PREIMAGE_SIZE);
  }

  /** The signature of a key. */
  Optional<ByteString> signature(ByteString publicKey) {
    return Optional.ofNullable(signatures.get(hash(publicKey))).map(KeySignature::signature);
  }

  /**
   * @param hash 20 bytes
   */
  Optional<ByteString> publicKeyOf(ByteString hash) {
    return Optional.ofNullable(signatures.get(hash))
        .map(KeySignature::publicKey)
        .or(() -> Optional.ofNullable(keys.get(hash)).map(KnownKey::publicKey));
  }

  /**
   * @param hash 20 or 32 bytes
   */
  Optional<Script> scriptOf(ByteString hash) {
    return redeemScript
        .filter(script -> hasHash(script, hash))
        .or(() -> witnessScript.filter(script -> hasHash(script, hash)));
  }

  private static boolean hasHash(Script script, ByteString hash) {
    byte[] bytes = script.toByteArray();
    byte[] own = hash.size() == Hash160.SIZE ? Hash160.hash(bytes) : Sha256.hash(bytes);
    return ByteString.of(own).equals(hash);
  }

  void missKey(ByteString hash) {
    missingKeys.add(hash);
  }

  void missSignature(ByteString publicKey) {
    missingSignatures.add(hash(publicKey));
  }

  void missRedeemScript(ByteString hash) {
    missingRedeemScript = Optional.of(hash);
  }

  void missWitnessScript(ByteString hash) {
    missingWitnessScript = Optional.of(hash);
  }

  /** Hashes (20 bytes) of keys that nobody knows. */
  public List<ByteString> missingKeys() {
    return List.copyOf(missingKeys);
  }

  /** Hashes (20 bytes) of keys whose signatures are missing. */
  public List<ByteString> missingSignatures() {
    return List.copyOf(missingSignatures);
  }

  /** The hash (20 bytes) of a script that nobody knows. */
  public Optional<ByteString> missingRedeemScript() {
    return missingRedeemScript;
  }

  /** The hash (32 bytes) of a script that nobody knows. */
  public Optional<ByteString> missingWitnessScript() {
    return missingWitnessScript;
  }
}
