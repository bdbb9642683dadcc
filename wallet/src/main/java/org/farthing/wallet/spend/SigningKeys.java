package org.farthing.wallet.spend;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.keys.PrivateKey;

/** Private keys and scripts, found by what outputs say of them. For one thread. */
public final class SigningKeys {
  private final Map<String, PrivateKey> byPublicKey = new HashMap<>();
  private final Map<String, byte[]> publicKeyByHash = new HashMap<>();
  private final Map<String, PrivateKey> byXOnlyKey = new HashMap<>();
  private final Map<String, Script> scriptByHash = new HashMap<>();

  public void add(PrivateKey key) {
    byte[] publicKey = key.publicKey();
    byPublicKey.put(Hex.encode(publicKey), key);
    publicKeyByHash.put(Hex.encode(Hash160.hash(publicKey)), publicKey);
    byte[] xOnly = Arrays.copyOfRange(publicKey, 1, Secp256k1.COMPRESSED_SIZE);
    byXOnlyKey.put(Hex.encode(xOnly), key);
  }

  /** A script that an output may name by its hash, in P2SH or in P2WSH. */
  public void add(Script script) {
    byte[] bytes = script.toByteArray();
    scriptByHash.put(Hex.encode(Hash160.hash(bytes)), script);
    scriptByHash.put(Hex.encode(Sha256.hash(bytes)), script);
  }

  Optional<PrivateKey> ofPublicKey(byte[] publicKey) {
    return Optional.ofNullable(byPublicKey.get(Hex.encode(publicKey)));
  }

  /** The private key of a taproot output's key, which is not tweaked any more. */
  Optional<PrivateKey> ofXOnlyKey(byte[] xOnlyKey) {
    return Optional.ofNullable(byXOnlyKey.get(Hex.encode(xOnlyKey)));
  }

  /**
   * @param hash 20 bytes
   */
  Optional<byte[]> publicKeyOf(byte[] hash) {
    return Optional.ofNullable(publicKeyByHash.get(Hex.encode(hash)));
  }

  /**
   * @param hash 20 or 32 bytes
   */
  Optional<Script> scriptOf(byte[] hash) {
    return Optional.ofNullable(scriptByHash.get(Hex.encode(hash)));
  }
}
