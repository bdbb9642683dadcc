package org.farthing.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.consensus.script.Taproot;

/** A key pair for tests, mostly with a small number as private key: the same in each run. */
public final class TestKey {
  private final byte[] privateKey;
  private final byte[] publicKey;

  private TestKey(byte[] privateKey) {
    this.privateKey = privateKey;
    this.publicKey = Secp256k1.publicKey(privateKey);
  }

  /** The key pair of {@code number}, at least 1. */
  public static TestKey number(int number) {
    byte[] key = new byte[Secp256k1.KEY_SIZE];
    key[28] = (byte) (number >>> 24);
    key[29] = (byte) (number >>> 16);
    key[30] = (byte) (number >>> 8);
    key[31] = (byte) number;
    return new TestKey(key);
  }

  /** The key pair of a private key of 32 bytes. */
  public static TestKey of(byte[] privateKey) {
    return new TestKey(privateKey.clone());
  }

  /** 32 bytes. */
  public byte[] privateKey() {
    return privateKey.clone();
  }

  /** 33 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** 32 bytes (BIP-0340). */
  public byte[] xOnly() {
    return Arrays.copyOfRange(publicKey, 1, publicKey.length);
  }

  /**
   * The key pair of a taproot output with this internal key (BIP-0341).
   *
   * @param merkleRoot 32 bytes, or empty where there is no tree
   */
  public TestKey tweaked(byte[] merkleRoot) {
    return new TestKey(Taproot.outputPrivateKey(privateKey, merkleRoot));
  }

  /** Pays to this key, with the signature in the witness (BIP-0141). */
  public Script p2wpkh() {
    return ScriptPattern.p2wpkh(Hash160.hash(publicKey));
  }

  /** Pays to this key in the old way. */
  public Script p2pkh() {
    return ScriptPattern.p2pkh(Hash160.hash(publicKey));
  }

  /**
   * The transaction with the witness of one input that spends a {@link #p2wpkh} output.
   *
   * @param spent the outputs that all inputs spend, in their order
   */
  public Transaction sign(Transaction tx, int inputIndex, List<TxOut> spent) {
    byte[] hash =
        SigHash.segwit(PrecomputedTransaction.of(tx, spent), inputIndex, p2pkh(), SigHashType.ALL);
    byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsa(hash, privateKey));
    byte[] signature = new ByteWriter().bytes(der).uint8(SigHashType.ALL).toByteArray();
    List<TxIn> inputs = new ArrayList<>(tx.inputs());
    inputs.set(inputIndex, inputs.get(inputIndex).withWitness(Witness.of(signature, publicKey)));
    return new Transaction(tx.version(), inputs, tx.outputs(), tx.lockTime());
  }
}
