package org.farthing.consensus.script;

import java.util.Arrays;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Witness;

/** Checks a witness against a witness program (BIP-0141, BIP-0341). */
final class WitnessVerifier {
  private static final int KEY_HASH_SIZE = 20;
  private static final int SCRIPT_HASH_SIZE = 32;

  private final SignatureChecker checker;
  private final ScriptFlags flags;

  WitnessVerifier(SignatureChecker checker, ScriptFlags flags) {
    this.checker = checker;
    this.flags = flags;
  }

  /**
   * Checks one input.
   *
   * @param nested whether the program comes out of a P2SH, where only version 0 has a meaning
   */
  ScriptError verify(Witness witness, Script programScript, boolean nested) {
    int version = ScriptPattern.witnessVersion(programScript);
    byte[] program = ScriptPattern.witnessProgram(programScript);
    if (version == 0) {
      return switch (program.length) {
        case KEY_HASH_SIZE -> verifyKeyHash(witness, program);
        case SCRIPT_HASH_SIZE -> verifyScriptHash(witness, program);
        default -> ScriptError.WITNESS_PROGRAM_WRONG_LENGTH;
      };
    }
    if (version == 1 && program.length == Secp256k1.KEY_SIZE && !nested) {
      return flags.has(ScriptFlag.TAPROOT) ? verifyTaproot(witness, program) : ScriptError.OK;
    }
    boolean anchor = !nested && ScriptPattern.isAnchor(programScript);
    return !anchor && flags.has(ScriptFlag.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM)
        ? ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM
        : ScriptError.OK;
  }

  /**
   * What the script of a P2PKH output does to a signature and a key, without an interpreter: most
   * inputs of a chain are of this kind.
   */
  private ScriptError verifyKeyHash(Witness witness, byte[] keyHash) {
    if (witness.size() != 2) {
      return ScriptError.WITNESS_PROGRAM_MISMATCH;
    }
    if (isTooLarge(witness, 0) || isTooLarge(witness, 1)) {
      return ScriptError.PUSH_SIZE;
    }
    byte[] key = witness.item(1);
    if (!Arrays.equals(Hash160.hash(key), keyHash)) {
      return ScriptError.EQUALVERIFY;
    }
    ScriptCode code = new ScriptCode(ScriptPattern.p2pkh(keyHash).toByteArray());
    SignatureOps signatures = new SignatureOps(checker, flags, SigVersion.WITNESS_V0, null);
    return signatures.mustBeValid(witness.item(0), key, code);
  }

  private static boolean isTooLarge(Witness witness, int index) {
    return witness.itemSize(index) > Interpreter.MAX_ELEMENT_SIZE;
  }

  private ScriptError verifyScriptHash(Witness witness, byte[] scriptHash) {
    if (witness.isEmpty()) {
      return ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY;
    }
    int last = witness.size() - 1;
    byte[] script = witness.item(last);
    if (!Arrays.equals(Sha256.hash(script), scriptHash)) {
      return ScriptError.WITNESS_PROGRAM_MISMATCH;
    }
    return execute(witness, last, script, rules(SigVersion.WITNESS_V0, null));
  }

  private ScriptError verifyTaproot(Witness witness, byte[] outputKey) {
    int size = witness.size();
    if (size == 0) {
      return ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY;
    }
    byte[] annexHash = null;
    if (size >= 2 && Taproot.isAnnex(witness.item(size - 1))) {
      size--;
      annexHash = annexHash(witness.item(size));
    }
    if (size == 1) {
      TaprootContext keyPath = TaprootContext.keyPath(annexHash);
      return checker.checkSchnorr(witness.item(0), outputKey, keyPath);
    }
    return verifyScriptPath(witness, size, outputKey, annexHash);
  }

  private static byte[] annexHash(byte[] annex) {
    return Sha256.hash(
        new ByteWriter(CompactSize.sizeOf(annex.length) + annex.length)
            .varBytes(annex)
            .toByteArray());
  }

  /**
   * {@code [argument1 … argumentN script control]}
   *
   * @param size the number of items without annex
   */
  private ScriptError verifyScriptPath(
      Witness witness, int size, byte[] outputKey, byte[] annexHash) {
    byte[] control = witness.item(size - 1);
    byte[] script = witness.item(size - 2);
    if (!Taproot.isControlSize(control.length)) {
      return ScriptError.TAPROOT_WRONG_CONTROL_SIZE;
    }
    int leafVersion = control[0] & Taproot.LEAF_MASK;
    byte[] leafHash = Taproot.leafHash(leafVersion, script);
    if (!Taproot.commits(outputKey, control, leafHash)) {
      return ScriptError.WITNESS_PROGRAM_MISMATCH;
    }
    if (leafVersion == Taproot.LEAF_TAPSCRIPT) {
      TaprootContext context =
          TaprootContext.scriptPath(annexHash, leafHash, witness.encodedSize());
      return executeTapscript(witness, size - 2, script, context);
    }
    return flags.has(ScriptFlag.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION)
        ? ScriptError.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION
        : ScriptError.OK;
  }

  private ScriptError executeTapscript(
      Witness witness, int arguments, byte[] script, TaprootContext context) {
    Instructions in = new Instructions(script);
    while (in.next()) {
      if (Opcode.isSuccess(in.opcode())) {
        // Before all limits, and whatever follows.
        return flags.has(ScriptFlag.DISCOURAGE_OP_SUCCESS)
            ? ScriptError.DISCOURAGE_OP_SUCCESS
            : ScriptError.OK;
      }
    }
    if (in.isMalformed()) {
      return ScriptError.BAD_OPCODE;
    }
    if (arguments > Interpreter.MAX_STACK_SIZE) {
      return ScriptError.STACK_SIZE;
    }
    return execute(witness, arguments, script, rules(SigVersion.TAPSCRIPT, context));
  }

  private Interpreter.Rules rules(SigVersion version, TaprootContext context) {
    return new Interpreter.Rules(checker, flags, version, context);
  }

  /** Runs a script on the lowest items of a witness; exactly one true item must be left over. */
  private static ScriptError execute(
      Witness witness, int arguments, byte[] script, Interpreter.Rules rules) {
    ScriptStack stack = new ScriptStack();
    for (int i = 0; i < arguments; i++) {
      if (isTooLarge(witness, i)) {
        return ScriptError.PUSH_SIZE;
      }
      stack.push(witness.item(i));
    }
    ScriptError error = Interpreter.run(stack, script, rules);
    if (error != ScriptError.OK) {
      return error;
    }
    if (stack.size() != 1) {
      return ScriptError.CLEANSTACK;
    }
    return ScriptNum.isTrue(stack.peek(0)) ? ScriptError.OK : ScriptError.EVAL_FALSE;
  }
}
