package org.farthing.wallet.miniscript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.consensus.script.Taproot;
import org.farthing.testing.TestKey;

/** A transaction that spends a coin of a script; our interpreter says with which witness it may. */
final class TrialSpend {
  private static final TestKey INTERNAL = TestKey.number(1000);

  private final ScriptContext context;
  private final Script script;
  private final PrecomputedTransaction transaction;
  private final Map<TestKey, ByteString> signatures = new HashMap<>();

  /**
   * @param older whether the input is locked relatively for one block
   * @param after whether the transaction is locked until block one
   */
  TrialSpend(ScriptContext context, Script script, boolean older, boolean after) {
    this.context = context;
    this.script = script;
    // Not final in any case, for the lock of the transaction to be in force.
    int sequence = older ? 1 : Sequence.MAX_NON_FINAL;
    TxIn input = new TxIn(new OutPoint(Txid.of(new byte[32]), 0), Script.EMPTY, sequence);
    List<TxOut> outputs = List.of(new TxOut(1, Script.EMPTY));
    this.transaction =
        PrecomputedTransaction.of(
            new Transaction(2, List.of(input), outputs, after ? 1 : 0),
            List.of(new TxOut(2, output())));
  }

  private byte[] leafHash() {
    return Taproot.leafHash(Taproot.LEAF_TAPSCRIPT, script);
  }

  private Script output() {
    if (context == ScriptContext.P2WSH) {
      return ScriptPattern.p2wsh(script);
    }
    byte[] key = Taproot.outputKey(INTERNAL.xOnly(), leafHash());
    return ScriptPattern.p2tr(Arrays.copyOfRange(key, 1, key.length));
  }

  private byte[] controlBlock() {
    int parity = Taproot.outputKey(INTERNAL.xOnly(), leafHash())[0] & 1;
    return new ByteWriter()
        .uint8(Taproot.LEAF_TAPSCRIPT | parity)
        .bytes(INTERNAL.xOnly())
        .toByteArray();
  }

  /** By the rules of relay. */
  boolean accepts(List<ByteString> items) {
    List<byte[]> witness = new ArrayList<>();
    items.forEach(item -> witness.add(item.toByteArray()));
    witness.add(script.toByteArray());
    if (context == ScriptContext.TAPSCRIPT) {
      witness.add(controlBlock());
    }
    TxIn input = transaction.transaction().inputs().get(0).withWitness(Witness.of(witness));
    return ScriptVerifier.verify(transaction, 0, input, ScriptFlags.STANDARD) == ScriptError.OK;
  }

  ByteString signature(TestKey key) {
    return signatures.computeIfAbsent(key, this::sign);
  }

  private ByteString sign(TestKey key) {
    if (context == ScriptContext.TAPSCRIPT) {
      byte[] hash =
          SigHash.tapscript(transaction, 0, SigHashType.DEFAULT, leafHash(), -1).orElseThrow();
      return ByteString.of(Secp256k1.signSchnorr(hash, key.privateKey(), new byte[32]));
    }
    byte[] hash = SigHash.segwit(transaction, 0, script, SigHashType.ALL);
    byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsaLowR(hash, key.privateKey()));
    return ByteString.of(new ByteWriter().bytes(der).uint8(SigHashType.ALL).toByteArray());
  }
}
