package org.farthing.wallet.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.TaggedHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;

/**
 * Signatures of texts for any script that is spent by a witness (BIP-0322, the simple form): a
 * transaction that can never be in a block spends an output with the script, and says the text. The
 * signature is the witness of that spend.
 */
public final class SimpleSignature {
  private static final TaggedHash HASH = new TaggedHash("BIP0322-signed-message");

  private SimpleSignature() {}

  /** The transaction that has the script, and commits to the text. */
  public static Transaction toSpend(Script script, String message) {
    byte[] hash = HASH.hash(message.getBytes(StandardCharsets.UTF_8));
    Script scriptSig = new ScriptBuilder().op(Opcode.OP_0).push(hash).build();
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, -1), scriptSig, 0);
    return new Transaction(0, List.of(input), List.of(new TxOut(0, script)), 0);
  }

  /** The transaction that spends it; its witness is the signature. */
  public static Transaction toSign(Transaction toSpend) {
    Script nothing = new ScriptBuilder().op(Opcode.OP_RETURN).build();
    TxIn input = new TxIn(toSpend.outPoint(0), Script.EMPTY, 0);
    return new Transaction(0, List.of(input), List.of(new TxOut(0, nothing)), 0);
  }

  /** The bytes of a signature. */
  public static byte[] encode(Witness witness) {
    ByteWriter out = new ByteWriter();
    witness.writeTo(out);
    return out.toByteArray();
  }

  /**
   * Whether the owner of a script signed a text. Time locks are not looked at: a script that needs
   * some is not satisfied.
   */
  public static boolean verify(Script script, byte[] signature, String message) {
    Witness witness;
    try {
      ByteReader in = new ByteReader(signature);
      witness = Witness.read(in);
      in.expectEnd();
    } catch (DecodeException e) {
      return false;
    }
    Transaction toSpend = toSpend(script, message);
    Transaction unsigned = toSign(toSpend);
    TxIn input = unsigned.inputs().get(0).withWitness(witness);
    Transaction signed = new Transaction(0, List.of(input), unsigned.outputs(), 0);
    List<TxOut> spent = toSpend.outputs();
    return ScriptVerifier.verify(PrecomputedTransaction.of(signed, spent), 0, ScriptFlags.STANDARD)
        == ScriptError.OK;
  }
}
