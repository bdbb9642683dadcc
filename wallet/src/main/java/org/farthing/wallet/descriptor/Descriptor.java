package org.farthing.wallet.descriptor;

import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.error.WalletException;

/**
 * A language for sets of scripts with the keys that can spend them (BIP-0380 and following). What
 * this wallet speaks of it so far: {@code pkh}, {@code wpkh} and {@code sh(wpkh)}.
 */
public sealed interface Descriptor {
  /** The key of single-key scripts. */
  KeyExpression key();

  /** The scriptPubKey that the public key leads to. */
  Script scriptOf(byte[] publicKey);

  /** The function with its argument, without checksum. */
  String body();

  static Descriptor parse(String text, Network network) throws WalletException {
    return new DescriptorParser(network).parse(text);
  }

  default Network network() {
    return key().network();
  }

  /** Whether there is a script for each index, or only one. */
  default boolean isRanged() {
    return key().ranged();
  }

  /**
   * @param index from 0; without a range any index gives the one script
   */
  default Script scriptAt(int index) {
    return scriptOf(key().publicKey(index));
  }

  /** The canonical text with checksum. */
  default String text() {
    return body() + "#" + DescriptorChecksum.of(body());
  }

  /** The descriptor of the one script at an index, as {@code listunspent} shows it. */
  default String textAt(int index) {
    KeyOrigin origin = key().originOf(index);
    String publicKey = Hex.encode(key().publicKey(index));
    String single = body().replace(key().toString(), "[" + origin + "]" + publicKey);
    return single + "#" + DescriptorChecksum.of(single);
  }

  /** Pays to the hash of a public key (BIP-0381, BIP-0044). */
  record Pkh(KeyExpression key) implements Descriptor {
    @Override
    public Script scriptOf(byte[] publicKey) {
      return ScriptPattern.p2pkh(Hash160.hash(publicKey));
    }

    @Override
    public String body() {
      return "pkh(" + key + ")";
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** Pays to the witness program of a public key (BIP-0382, BIP-0084). */
  record Wpkh(KeyExpression key) implements Descriptor {
    @Override
    public Script scriptOf(byte[] publicKey) {
      return ScriptPattern.p2wpkh(Hash160.hash(publicKey));
    }

    @Override
    public String body() {
      return "wpkh(" + key + ")";
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** Pays to the hash of the script that {@code wpkh} would be (BIP-0382, BIP-0049). */
  record ShWpkh(KeyExpression key) implements Descriptor {
    /** What the input reveals: the witness program. */
    public Script redeemScript(byte[] publicKey) {
      return ScriptPattern.p2wpkh(Hash160.hash(publicKey));
    }

    @Override
    public Script scriptOf(byte[] publicKey) {
      return ScriptPattern.p2sh(Hash160.hash(redeemScript(publicKey).toByteArray()));
    }

    @Override
    public String body() {
      return "sh(wpkh(" + key + "))";
    }

    @Override
    public String toString() {
      return text();
    }
  }
}
