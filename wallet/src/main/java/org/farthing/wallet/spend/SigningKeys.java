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
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.descriptor.TaprootOutput;
import org.farthing.wallet.keys.PrivateKey;

/**
 * Private keys, and what outputs hide behind hashes and tweaked keys, found by what the outputs say
 * of them. For one thread.
 */
public final class SigningKeys {
  private final Map<String, PrivateKey> byPublicKey = new HashMap<>();
  private final Map<String, byte[]> publicKeyByHash = new HashMap<>();
  private final Map<String, PrivateKey> byXOnlyKey = new HashMap<>();
  private final Map<String, Script> scriptByHash = new HashMap<>();
  private final Map<String, TaprootOutput> taprootByOutputKey = new HashMap<>();

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

  /** What a taproot output commits to. */
  public void add(TaprootOutput output) {
    byte[] outputKey = output.outputKey();
    byte[] xOnly = Arrays.copyOfRange(outputKey, 1, outputKey.length);
    taprootByOutputKey.put(Hex.encode(xOnly), output);
  }

  /** All scripts that an output of this descriptor names by their hashes. */
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

  Optional<PrivateKey> ofPublicKey(byte[] publicKey) {
    return Optional.ofNullable(byPublicKey.get(Hex.encode(publicKey)));
  }

  /** The private key of an internal key, of a leaf's, or of a taproot output's as it is. */
  Optional<PrivateKey> ofXOnlyKey(byte[] xOnlyKey) {
    return Optional.ofNullable(byXOnlyKey.get(Hex.encode(xOnlyKey)));
  }

  /**
   * @param outputKey 32 bytes, x-only
   */
  Optional<TaprootOutput> taprootOf(byte[] outputKey) {
    return Optional.ofNullable(taprootByOutputKey.get(Hex.encode(outputKey)));
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
