package org.farthing.bench;

import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.testing.TestKey;

/** A transaction of one input and two outputs, checked anew each time, hashes and all. */
record SignedInput(Transaction transaction, List<TxOut> spent) {
  private static final long AMOUNT_SAT = 100_000;

  static SignedInput unsigned(Script scriptPubKey) {
    OutPoint outPoint = new OutPoint(Txid.of(Sha256.hash(scriptPubKey.toByteArray())), 0);
    TxOut payment = new TxOut(60_000, TestKey.number(1).p2wpkh());
    TxOut change = new TxOut(39_000, TestKey.number(2).p2wpkh());
    TxIn input = new TxIn(outPoint, Script.EMPTY, Sequence.FINAL);
    Transaction tx = new Transaction(2, List.of(input), List.of(payment, change), 0);
    return new SignedInput(tx, List.of(new TxOut(AMOUNT_SAT, scriptPubKey)));
  }

  static SignedInput witnessKeyHash(TestKey key) {
    SignedInput unsigned = unsigned(key.p2wpkh());
    return new SignedInput(
        key.sign(unsigned.transaction(), 0, unsigned.spent()), unsigned.spent());
  }

  static SignedInput keyHash(TestKey key) {
    SignedInput unsigned = unsigned(key.p2pkh());
    byte[] hash = SigHash.legacy(unsigned.transaction(), 0, key.p2pkh(), SigHashType.ALL);
    byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsa(hash, key.privateKey()));
    byte[] signature = new ByteWriter().bytes(der).uint8(SigHashType.ALL).toByteArray();
    Script scriptSig = new ScriptBuilder().push(signature).push(key.publicKey()).build();
    return unsigned.with(unsigned.input().withScriptSig(scriptSig));
  }

  static SignedInput keyPath(TestKey internal) {
    TestKey key = internal.tweaked(new byte[0]);
    SignedInput unsigned = unsigned(ScriptPattern.p2tr(key.xOnly()));
    byte[] hash =
        SigHash.taproot(unsigned.precomputed(), 0, SigHashType.DEFAULT).orElseThrow();
    byte[] signature = Secp256k1.signSchnorr(hash, key.privateKey(), new byte[32]);
    return unsigned.with(unsigned.input().withWitness(Witness.of(signature)));
  }

  TxIn input() {
    return transaction.inputs().get(0);
  }

  SignedInput with(TxIn input) {
    Transaction changed =
        new Transaction(
            transaction.version(),
            List.of(input),
            transaction.outputs(),
            transaction.lockTime());
    return new SignedInput(changed, spent);
  }

  private PrecomputedTransaction precomputed() {
    return PrecomputedTransaction.of(transaction, spent);
  }

  boolean verify() {
    return ScriptVerifier.verify(precomputed(), 0, ScriptFlags.MANDATORY) == ScriptError.OK;
  }
}
