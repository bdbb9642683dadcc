package org.farthing.node.cli.bench;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;

/** A key that everybody knows: it signs what benchmarks spend. */
final class KnownKey {
  private static final byte[] KEY = key(1);
  private static final byte[] PUBLIC_KEY = publicKey(1);
  private static final byte[] HASH = Hash160.hash(PUBLIC_KEY);

  /** Pays to the key, as P2WPKH. */
  static final Script LOCK = ScriptPattern.p2wpkh(HASH);

  private KnownKey() {}

  private static byte[] key(int number) {
    byte[] key = new byte[Secp256k1.KEY_SIZE];
    Arrays.fill(key, (byte) number);
    return key;
  }

  /**
   * @param number 1 for this key, more for others
   */
  static byte[] publicKey(int number) {
    return Secp256k1.publicKey(key(number));
  }

  /**
   * Signs all of a transaction (BIP-0143).
   *
   * @param code of the input
   * @return with the type, as it stands in a witness
   */
  static byte[] sign(PrecomputedTransaction unsigned, int index, Script code) {
    byte[] hash = SigHash.segwit(unsigned, index, code, SigHashType.ALL);
    byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsaLowR(hash, KEY));
    return SigHashType.append(der, SigHashType.ALL);
  }

  /**
   * Signs a transaction with one input.
   *
   * @param spent what that spends; it pays to {@link #LOCK}
   */
  static Transaction signed(Transaction unsigned, TxOut spent) {
    byte[] signature =
        sign(PrecomputedTransaction.of(unsigned, List.of(spent)), 0, ScriptPattern.p2pkh(HASH));
    Witness witness = Witness.of(signature, PUBLIC_KEY);
    return new Transaction(
        unsigned.version(),
        List.of(unsigned.inputs().get(0).withWitness(witness)),
        unsigned.outputs(),
        unsigned.lockTime());
  }
}
