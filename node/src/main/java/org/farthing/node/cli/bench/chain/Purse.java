package org.farthing.node.cli.bench.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.consensus.script.Taproot;
import org.farthing.wallet.keys.PrivateKey;

/** Keys that own the coins of a made chain. Immutable. */
final class Purse {
  /** As many as make it likely that scripts of one block differ. */
  private static final int KEYS = 4_096;

  private static final int NEEDED = 2;
  private static final int COSIGNERS = 3;
  private static final byte[] NO_ROOT = {};
  private static final byte[] NO_AUXILIARY = new byte[Secp256k1.KEY_SIZE];

  private final List<PrivateKey> privateKeys = new ArrayList<>();
  private final List<byte[]> publicKeys = new ArrayList<>();

  Purse(SplittableRandom random) {
    while (privateKeys.size() < KEYS) {
      byte[] secret = new byte[Secp256k1.KEY_SIZE];
      random.nextBytes(secret);
      if (Secp256k1.isValidPrivateKey(secret)) {
        privateKeys.add(new PrivateKey(secret, true));
        publicKeys.add(Secp256k1.publicKey(secret));
      }
    }
  }

  int keys() {
    return KEYS;
  }

  private byte[] secret(int key) {
    return privateKeys.get(key % KEYS).secret();
  }

  private byte[] publicKey(int key) {
    return publicKeys.get(key % KEYS);
  }

  private byte[] xOnly(int key) {
    return Arrays.copyOfRange(publicKey(key), 1, Secp256k1.COMPRESSED_SIZE);
  }

  /** What pays to a key in some form. */
  Script lock(OutputForm form, int key) {
    return switch (form) {
      case P2PKH -> ScriptPattern.p2pkh(hash(key));
      case P2WPKH -> ScriptPattern.p2wpkh(hash(key));
      case P2WSH_MULTISIG -> ScriptPattern.p2wsh(multisig(key));
      case P2TR_KEY -> taproot(key, NO_ROOT);
      case P2TR_SCRIPT -> taproot(key, leaf(key));
    };
  }

  private Script taproot(int key, byte[] root) {
    byte[] output = Taproot.outputKey(xOnly(key), root);
    return ScriptPattern.p2tr(Arrays.copyOfRange(output, 1, output.length));
  }

  private byte[] hash(int key) {
    return Hash160.hash(publicKey(key));
  }

  private Script multisig(int key) {
    List<byte[]> cosigners = new ArrayList<>();
    for (int i = 0; i < COSIGNERS; i++) {
      cosigners.add(publicKey(key + i));
    }
    return ScriptPattern.multisig(NEEDED, cosigners);
  }

  /** The script of a leaf: the next key's signature. */
  private Script tapscript(int key) {
    return new ScriptBuilder().push(xOnly(key + 1)).op(Opcode.OP_CHECKSIG).build();
  }

  private byte[] leaf(int key) {
    return Taproot.leafHash(Taproot.LEAF_TAPSCRIPT, tapscript(key));
  }

  /** An input with all that it needs. */
  TxIn signed(PrecomputedTransaction unsigned, int index, OutputForm form, int key) {
    TxIn input = unsigned.transaction().inputs().get(index);
    return switch (form) {
      case P2PKH -> {
        Script code = unsigned.spent(index).scriptPubKey();
        byte[] hash = SigHash.legacy(unsigned.transaction(), index, code, SigHashType.ALL);
        yield input.withScriptSig(
            new ScriptBuilder().push(ecdsa(hash, key)).push(publicKey(key)).build());
      }
      case P2WPKH -> {
        byte[] hash = segwit(unsigned, index, ScriptPattern.p2pkh(hash(key)));
        yield input.withWitness(Witness.of(ecdsa(hash, key), publicKey(key)));
      }
      case P2WSH_MULTISIG -> {
        Script script = multisig(key);
        byte[] hash = segwit(unsigned, index, script);
        yield input.withWitness(
            Witness.of(new byte[0], ecdsa(hash, key), ecdsa(hash, key + 1), script.toByteArray()));
      }
      case P2TR_KEY -> {
        byte[] hash = SigHash.taproot(unsigned, index, SigHashType.DEFAULT).orElseThrow();
        byte[] secret = Taproot.outputPrivateKey(secret(key), NO_ROOT);
        yield input.withWitness(Witness.of(schnorr(hash, secret)));
      }
      case P2TR_SCRIPT -> {
        byte[] hash =
            SigHash.tapscript(unsigned, index, SigHashType.DEFAULT, leaf(key), -1).orElseThrow();
        yield input.withWitness(
            Witness.of(
                schnorr(hash, secret(key + 1)), tapscript(key).toByteArray(), controlBlock(key)));
      }
    };
  }

  private static byte[] segwit(PrecomputedTransaction unsigned, int index, Script code) {
    return SigHash.segwit(unsigned, index, code, SigHashType.ALL);
  }

  private byte[] ecdsa(byte[] hash, int key) {
    byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsaLowR(hash, secret(key)));
    return SigHashType.append(der, SigHashType.ALL);
  }

  private static byte[] schnorr(byte[] hash, byte[] secret) {
    return Secp256k1.signSchnorr(hash, secret, NO_AUXILIARY);
  }

  /** The version of the leaf with the parity of the output's key, and the internal key. */
  private byte[] controlBlock(int key) {
    byte[] block = publicKey(key).clone();
    int parity = Taproot.outputKey(xOnly(key), leaf(key))[0] & 1;
    block[0] = (byte) (Taproot.LEAF_TAPSCRIPT | parity);
    return block;
  }
}
