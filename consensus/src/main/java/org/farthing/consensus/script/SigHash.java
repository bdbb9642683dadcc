package org.farthing.consensus.script;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.crypto.TaggedHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;

/** The 32 bytes that a signature signs, in the three ways that there have been. */
public final class SigHash {
  private static final TaggedHash TAP_SIGHASH = new TaggedHash("TapSighash");
  private static final byte[] ZERO = new byte[Sha256.SIZE];

  /** The version of the public keys that tapscript knows. */
  private static final int KEY_VERSION = 0;

  /** What an output looks like that SINGLE leaves open: amount -1, no script. */
  private static final TxOut BLANK = new TxOut(-1, Script.EMPTY);

  private SigHash() {}

  /**
   * The first way, of bare scripts and P2SH.
   *
   * @param scriptCode the script that runs, from its last code separator on; code separators in it
   *     are left out here
   * @param type all 32 bits are hashed; in a transaction it is the signature's last byte
   */
  public static byte[] legacy(
      Transaction transaction, int inputIndex, Script scriptCode, int type) {
    return legacy(transaction, inputIndex, scriptCode.toByteArray(), type);
  }

  static byte[] legacy(Transaction transaction, int inputIndex, byte[] scriptCode, int type) {
    if (isBeyondOutputs(transaction, inputIndex, type)) {
      return ofNoOutput();
    }
    ByteWriter message = legacyMessage(transaction, inputIndex, scriptCode, type);
    return Sha256.doubleHash(message.int32(type));
  }

  /** Whether there is no output that SINGLE could cover. */
  static boolean isBeyondOutputs(Transaction transaction, int inputIndex, int type) {
    return SigHashType.isSingle(type) && inputIndex >= transaction.outputs().size();
  }

  /** What is signed then: since the first version it is the number 1. */
  static byte[] ofNoOutput() {
    byte[] one = new byte[Sha256.SIZE];
    one[0] = 1;
    return one;
  }

  /** All that is hashed before the type. */
  static ByteWriter legacyMessage(
      Transaction transaction, int inputIndex, byte[] scriptCode, int type) {
    ByteWriter out = new ByteWriter(transaction.baseSize() + scriptCode.length + 4);
    out.int32(transaction.version());
    writeInputs(out, transaction, inputIndex, scriptCode, type);
    writeOutputs(out, transaction, inputIndex, type);
    return out.int32(transaction.lockTime());
  }

  private static void writeInputs(
      ByteWriter out, Transaction transaction, int inputIndex, byte[] scriptCode, int type) {
    List<TxIn> inputs = transaction.inputs();
    if (SigHashType.isAnyoneCanPay(type)) {
      out.compactSize(1);
      writeInput(out, inputs.get(inputIndex), scriptCode);
      return;
    }
    boolean blankSequences = SigHashType.isNone(type) || SigHashType.isSingle(type);
    out.compactSize(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      TxIn input = inputs.get(i);
      if (i == inputIndex) {
        writeInput(out, input, scriptCode);
      } else {
        input.outPoint().writeTo(out);
        out.compactSize(0).int32(blankSequences ? 0 : input.sequence());
      }
    }
  }

  private static void writeInput(ByteWriter out, TxIn input, byte[] scriptCode) {
    input.outPoint().writeTo(out);
    writeScriptCode(out, scriptCode);
    out.int32(input.sequence());
  }

  private static void writeOutputs(
      ByteWriter out, Transaction transaction, int inputIndex, int type) {
    List<TxOut> outputs = transaction.outputs();
    if (SigHashType.isNone(type)) {
      out.compactSize(0);
    } else if (SigHashType.isSingle(type)) {
      out.compactSize(inputIndex + 1L);
      for (int i = 0; i < inputIndex; i++) {
        BLANK.writeTo(out);
      }
      outputs.get(inputIndex).writeTo(out);
    } else {
      out.compactSize(outputs.size());
      outputs.forEach(output -> output.writeTo(out));
    }
  }

  /**
   * The script without its code separators. Where a push is cut off, the bytes after its length are
   * counted but not hashed, as they always were; such a script fails anyway.
   */
  private static void writeScriptCode(ByteWriter out, byte[] script) {
    ByteWriter hashed = new ByteWriter(script.length);
    int separators = 0;
    int copied = 0;
    Instructions in = new Instructions(script);
    while (in.next()) {
      if (in.opcode() == Opcode.OP_CODESEPARATOR) {
        hashed.bytes(script, copied, in.position() - 1 - copied);
        copied = in.position();
        separators++;
      }
    }
    hashed.bytes(script, copied, in.position() - copied);
    out.compactSize(script.length - separators).bytes(hashed.toByteArray());
  }

  /**
   * The second way, of witness programs of version 0 (BIP-0143).
   *
   * @param scriptCode for P2WPKH the script of a P2PKH output; for P2WSH the script that runs, from
   *     its last code separator on
   * @param type all 32 bits are hashed; in a transaction it is the signature's last byte
   */
  public static byte[] segwit(
      PrecomputedTransaction precomputed, int inputIndex, Script scriptCode, int type) {
    ByteWriter message = segwitMessage(precomputed, inputIndex, scriptCode.toByteArray(), type);
    return Sha256.doubleHash(message.int32(type));
  }

  /** All that is hashed before the type. */
  static ByteWriter segwitMessage(
      PrecomputedTransaction precomputed, int inputIndex, byte[] scriptCode, int type) {
    Transaction transaction = precomputed.transaction();
    boolean anyoneCanPay = SigHashType.isAnyoneCanPay(type);
    boolean allOutputs = !SigHashType.isNone(type) && !SigHashType.isSingle(type);
    TxIn input = transaction.inputs().get(inputIndex);

    ByteWriter out = new ByteWriter(160 + scriptCode.length);
    out.int32(transaction.version());
    out.bytes(anyoneCanPay ? ZERO : precomputed.prevoutsDoubleHash());
    out.bytes(anyoneCanPay || !allOutputs ? ZERO : precomputed.sequencesDoubleHash());
    input.outPoint().writeTo(out);
    out.varBytes(scriptCode);
    out.int64(precomputed.spent(inputIndex).valueSat());
    out.int32(input.sequence());
    if (allOutputs) {
      out.bytes(precomputed.outputsDoubleHash());
    } else if (SigHashType.isSingle(type) && inputIndex < transaction.outputs().size()) {
      out.bytes(Sha256.doubleHash(encoded(transaction.outputs().get(inputIndex))));
    } else {
      out.bytes(ZERO);
    }
    return out.int32(transaction.lockTime());
  }

  /**
   * The third way, of taproot's key path (BIP-0341), without annex.
   *
   * @param type see {@link SigHashType}
   * @return empty where the type is not defined, or is SINGLE without an output to sign
   */
  public static Optional<byte[]> taproot(
      PrecomputedTransaction precomputed, int inputIndex, int type) {
    return Optional.ofNullable(
        taproot(precomputed, inputIndex, type, TaprootContext.keyPath(null)));
  }

  /**
   * The third way, of taproot's script path (BIP-0342), without annex.
   *
   * @param leafHash see {@link Taproot#leafHash}
   * @param codeSeparatorPosition the index among the script's instructions of the last code
   *     separator that was executed, or -1
   */
  public static Optional<byte[]> tapscript(
      PrecomputedTransaction precomputed,
      int inputIndex,
      int type,
      byte[] leafHash,
      int codeSeparatorPosition) {
    TaprootContext context = TaprootContext.scriptPath(null, leafHash, 0);
    context.setCodeSeparatorPosition(codeSeparatorPosition);
    return Optional.ofNullable(taproot(precomputed, inputIndex, type, context));
  }

  /** The third way; null where the type is not defined, or is SINGLE without an output to sign. */
  static byte[] taproot(
      PrecomputedTransaction precomputed, int inputIndex, int type, TaprootContext context) {
    Transaction transaction = precomputed.transaction();
    boolean single = (type & 3) == SigHashType.SINGLE;
    if (!SigHashType.isDefinedInTaproot(type)
        || (single && inputIndex >= transaction.outputs().size())) {
      return null;
    }
    ByteWriter out = new ByteWriter(256);
    out.uint8(0).uint8(type).int32(transaction.version()).int32(transaction.lockTime());
    boolean anyoneCanPay = SigHashType.isAnyoneCanPay(type);
    if (!anyoneCanPay) {
      out.bytes(precomputed.prevoutsHash()).bytes(precomputed.amountsHash());
      out.bytes(precomputed.scriptsHash()).bytes(precomputed.sequencesHash());
    }
    if (!single && (type & 3) != SigHashType.NONE) {
      out.bytes(precomputed.outputsHash());
    }
    out.uint8(context.spendType());
    if (anyoneCanPay) {
      writeSpent(out, precomputed, inputIndex);
    } else {
      out.int32(inputIndex);
    }
    if (context.annexHash() != null) {
      out.bytes(context.annexHash());
    }
    if (single) {
      out.bytes(Sha256.hash(encoded(transaction.outputs().get(inputIndex))));
    }
    if (context.leafHash() != null) {
      out.bytes(context.leafHash()).uint8(KEY_VERSION).int32(context.codeSeparatorPosition());
    }
    return TAP_SIGHASH.hash(out);
  }

  private static void writeSpent(
      ByteWriter out, PrecomputedTransaction precomputed, int inputIndex) {
    TxIn input = precomputed.transaction().inputs().get(inputIndex);
    input.outPoint().writeTo(out);
    precomputed.spent(inputIndex).writeTo(out);
    out.int32(input.sequence());
  }

  private static ByteWriter encoded(TxOut output) {
    ByteWriter out = new ByteWriter(output.encodedSize());
    output.writeTo(out);
    return out;
  }
}
