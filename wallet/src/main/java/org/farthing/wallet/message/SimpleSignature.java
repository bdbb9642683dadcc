package org.farthing.wallet.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.EcdsaSignature;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.TaggedHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigHashType;
import org.farthing.consensus.script.Taproot;
import org.farthing.wallet.encoding.Base64Text;
import org.farthing.wallet.encoding.EncodingException;
import org.farthing.wallet.encoding.EncodingException.Reason;

/**
 * Signatures of texts for any script that is spent by a witness (BIP-0322, the simple form): a
 * transaction that can never be in a block spends an output with the script, and says the text. The
 * signature is the witness of that spend.
 */
public final class SimpleSignature {
  private static final TaggedHash HASH = new TaggedHash("BIP0322-signed-message");

  private static final String FORM = "smp";

  /** With a whole transaction, and with a proof of funds. */
  private static final List<String> OTHER_FORMS = List.of("ful", "pof");

  /** Without a type at its end it covers everything. */
  private static final int TYPED_SCHNORR_SIZE = Secp256k1.SIGNATURE_SIZE + 1;

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

  /** A signature as text: the name of its form, and base64. */
  public static String format(Witness witness) {
    ByteWriter out = new ByteWriter();
    witness.writeTo(out);
    return FORM + Base64Text.encode(out.toByteArray());
  }

  /**
   * The bytes of a signature.
   *
   * @param text without the name of its form in the way of the standard's drafts, or with it
   */
  public static byte[] parse(String text) throws EncodingException {
    for (String other : OTHER_FORMS) {
      if (text.startsWith(other)) {
        throw new EncodingException(
            Reason.CONTENT, "of the forms of BIP322 only the simple one is known, not " + other);
      }
    }
    return Base64Text.decode(text.startsWith(FORM) ? text.substring(FORM.length()) : text);
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
    if (!coversEverything(script, witness)) {
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

  /**
   * No signature may leave out a part of the transaction, and no script a part of itself. What has
   * the form of a signature counts as one.
   */
  private static boolean coversEverything(Script script, Witness witness) {
    List<byte[]> items = new ArrayList<>(witness.toList());
    OutputType type = ScriptPattern.classify(script);
    if (type == OutputType.P2TR) {
      if (items.size() > 1 && Taproot.isAnnex(items.get(items.size() - 1))) {
        items.remove(items.size() - 1);
      }
      if (items.size() > 1) {
        items.remove(items.size() - 1);
        return !separatesCode(items.remove(items.size() - 1)) && allWhole(items, true);
      }
      return allWhole(items, true);
    }
    boolean hasScript = type == OutputType.P2WSH && !items.isEmpty();
    return !(hasScript && separatesCode(items.remove(items.size() - 1))) && allWhole(items, false);
  }

  private static boolean separatesCode(byte[] script) {
    Instructions instructions = new Instructions(Script.of(script));
    while (instructions.next()) {
      if (instructions.opcode() == Opcode.OP_CODESEPARATOR) {
        return true;
      }
    }
    return false;
  }

  private static boolean allWhole(List<byte[]> items, boolean schnorr) {
    return items.stream()
        .filter(
            item ->
                schnorr
                    ? item.length == TYPED_SCHNORR_SIZE
                    : EcdsaSignature.isStrictDerWithType(item))
        .allMatch(signature -> signature[signature.length - 1] == SigHashType.ALL);
  }
}
