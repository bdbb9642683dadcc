package org.farthing.wallet.spend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.descriptor.TaprootOutput;
import org.farthing.wallet.keys.PrivateKey;

/**
 * Keys, with or without their secrets, and scripts, found by what outputs say of them. For one
 * thread.
 */
public final class SigningKeys {
  private static final ByteString EVEN = ByteString.of(new byte[] {2});
  private static final ByteString ODD = ByteString.of(new byte[] {3});

  private final Map<ByteString, PrivateKey> privateKeys = new HashMap<>();
  private final Map<ByteString, ByteString> publicKeyByHash = new HashMap<>();
  private final Map<ByteString, ByteString> xOnlyKeyByHash = new HashMap<>();
  private final Map<ByteString, KeyOrigin> origins = new HashMap<>();
  private final Map<ByteString, Script> scriptByHash = new HashMap<>();
  private final Map<ByteString, TaprootOutput> taprootByOutputKey = new HashMap<>();
  private final Map<ByteString, MusigKey> musigByXOnlyKey = new HashMap<>();
  private Optional<MusigNonces> nonces = Optional.empty();

  /** A key that can sign. */
  public void add(PrivateKey key) {
    ByteString publicKey = ByteString.of(key.publicKey());
    privateKeys.put(publicKey, key);
    add(publicKey);
  }

  /** A public key of 33 or 65 bytes. */
  public void add(ByteString publicKey) {
    publicKeyByHash.putIfAbsent(hash(publicKey), publicKey);
    if (publicKey.size() == Secp256k1.COMPRESSED_SIZE) {
      ByteString xOnly = xOnly(publicKey);
      xOnlyKeyByHash.putIfAbsent(hash(xOnly), xOnly);
    }
  }

  /** A public key of 33 or 65 bytes, and where it comes from. */
  public void add(ByteString publicKey, KeyOrigin origin) {
    add(publicKey);
    origins.putIfAbsent(publicKey, origin);
  }

  /** A script that an output may name by its hash, in P2SH or in P2WSH. */
  public void add(Script script) {
    byte[] bytes = script.toByteArray();
    scriptByHash.put(ByteString.of(Hash160.hash(bytes)), script);
    scriptByHash.put(ByteString.of(Sha256.hash(bytes)), script);
  }

  /** A key of several participants. */
  void add(MusigKey key) {
    musigByXOnlyKey.put(xOnly(key.key()), key);
  }

  /** Where the nonces are kept of signatures that several make together. */
  public void keepNoncesIn(MusigNonces kept) {
    nonces = Optional.of(kept);
  }

  /** What a taproot output commits to. */
  public void add(TaprootOutput output) {
    taprootByOutputKey.put(xOnly(ByteString.of(output.outputKey())), output);
  }

  /** All scripts that an output of this descriptor names by their hashes, or commits to. */
  public void addScriptsOf(ScriptExpression descriptor, int index) {
    if (descriptor instanceof ScriptExpression.Sh sh) {
      add(sh.redeemScriptAt(index));
      addScriptsOf(sh.inner(), index);
    } else if (descriptor instanceof ScriptExpression.Wsh wsh) {
      add(wsh.witnessScriptAt(index));
    } else if (descriptor instanceof ScriptExpression.Tr tr) {
      add(TaprootOutput.of(tr, index));
    }
  }

  /** Overwrites the private keys; they are of no use afterwards. */
  public void wipe() {
    privateKeys.values().forEach(PrivateKey::wipe);
  }

  private static ByteString hash(ByteString publicKey) {
    return ByteString.of(Hash160.hash(publicKey.toByteArray()));
  }

  Optional<PrivateKey> privateKey(ByteString publicKey) {
    return Optional.ofNullable(privateKeys.get(publicKey));
  }

  /** The private key of an address of one key's hash. */
  public Optional<PrivateKey> privateKeyOf(Address address) {
    return publicKeyOf(ByteString.of(address.payload())).flatMap(this::privateKey);
  }

  /** The private key of an x-only key: of that with an even, or with an odd y coordinate. */
  Optional<PrivateKey> privateKeyOfXOnly(ByteString xOnlyKey) {
    return privateKey(EVEN.then(xOnlyKey)).or(() -> privateKey(ODD.then(xOnlyKey)));
  }

  Optional<KeyOrigin> origin(ByteString publicKey) {
    return Optional.ofNullable(origins.get(publicKey));
  }

  Optional<KeyOrigin> originOfXOnly(ByteString xOnlyKey) {
    return origin(EVEN.then(xOnlyKey)).or(() -> origin(ODD.then(xOnlyKey)));
  }

  /**
   * @param hash 20 bytes
   */
  public Optional<ByteString> publicKeyOf(ByteString hash) {
    return Optional.ofNullable(publicKeyByHash.get(hash));
  }

  /**
   * @param hash 20 bytes, of a key of 32 bytes
   */
  Optional<ByteString> xOnlyKeyOf(ByteString hash) {
    return Optional.ofNullable(xOnlyKeyByHash.get(hash));
  }

  /**
   * @param hash 20 or 32 bytes
   */
  public Optional<Script> scriptOf(ByteString hash) {
    return Optional.ofNullable(scriptByHash.get(hash));
  }

  /** Whether an output is spent with a witness, as far as the script behind its hash is known. */
  public boolean isSegwit(Script output) {
    return ScriptPattern.isWitnessProgram(output)
        || (ScriptPattern.isP2sh(output)
            && scriptOf(ByteString.of(ScriptPattern.payload(output).orElseThrow()))
                .filter(ScriptPattern::isWitnessProgram)
                .isPresent());
  }

  Optional<TaprootOutput> taproot(ByteString outputKey) {
    return Optional.ofNullable(taprootByOutputKey.get(outputKey));
  }

  Optional<MusigKey> musigOf(ByteString xOnlyKey) {
    return Optional.ofNullable(musigByXOnlyKey.get(xOnlyKey));
  }

  /** Empty where nonces could not be kept until all are there. */
  Optional<MusigNonces> nonces() {
    return nonces;
  }

  /** The x-only form of a public key of 33 bytes. */
  static ByteString xOnly(ByteString publicKey) {
    return publicKey.slice(1, Secp256k1.COMPRESSED_SIZE);
  }
}
