package org.farthing.consensus.script;

import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxIn;

/**
 * Decides whether an input may spend its output. A pure function of its arguments, for any thread;
 * it throws nothing, whatever the transaction.
 */
public final class ScriptVerifier {

  private final SignatureChecker checker;
  private final ScriptFlags flags;
  private final Interpreter.Rules rules;
  private final TxIn input;
  private final Script scriptPubKey;
  private boolean witnessUsed;

  private ScriptVerifier(
      PrecomputedTransaction precomputed, int inputIndex, TxIn input, ScriptFlags flags) {
    this.checker = new SignatureChecker(precomputed, inputIndex);
    this.flags = flags;
    this.rules = new Interpreter.Rules(checker, flags, SigVersion.BASE, null);
    this.input = input;
    this.scriptPubKey = precomputed.spent(inputIndex).scriptPubKey();
  }

  /**
   * Checks one input.
   *
   * @param precomputed the transaction with the outputs that it spends
   * @param flags the rules; WITNESS without P2SH, and CLEANSTACK without both, have no meaning
   * @return {@link ScriptError#OK} if the input may spend the output
   * @throws IllegalArgumentException for a set of rules without meaning
   */
  public static ScriptError verify(
      PrecomputedTransaction precomputed, int inputIndex, ScriptFlags flags) {
    TxIn input = precomputed.transaction().inputs().get(inputIndex);
    return verify(precomputed, inputIndex, input, flags);
  }

  /**
   * Checks one input as it would be with other scripts; what signatures sign does not depend on
   * them.
   *
   * @param input the transaction's, but for scriptSig and witness
   */
  public static ScriptError verify(
      PrecomputedTransaction precomputed, int inputIndex, TxIn input, ScriptFlags flags) {
    if (!isConsistent(flags)) {
      throw new IllegalArgumentException("rules without meaning: " + flags);
    }
    return new ScriptVerifier(precomputed, inputIndex, input, flags).verify();
  }

  private static boolean isConsistent(ScriptFlags flags) {
    boolean witness = flags.has(ScriptFlag.WITNESS);
    return (flags.has(ScriptFlag.P2SH) || !witness)
        && (witness || !flags.has(ScriptFlag.CLEANSTACK));
  }

  private ScriptError verify() {
    if (flags.has(ScriptFlag.WITNESS)
        && input.scriptSig().isEmpty()
        && ScriptPattern.isWitnessProgram(scriptPubKey)) {
      return verifyPushedProgram();
    }
    return verifyScripts();
  }

  /** Such an output does nothing but push a version and a program, which need not run. */
  private ScriptError verifyPushedProgram() {
    return ScriptNum.isTrue(ScriptPattern.witnessProgram(scriptPubKey))
        ? new WitnessVerifier(checker, flags).verify(input.witness(), scriptPubKey, false)
        : ScriptError.EVAL_FALSE;
  }

  private ScriptError verifyScripts() {
    byte[] scriptSig = input.scriptSig().toByteArray();
    if (flags.has(ScriptFlag.SIGPUSHONLY) && !ScriptPattern.isPushOnly(scriptSig)) {
      return ScriptError.SIG_PUSHONLY;
    }
    // One after the other on one stack, never concatenated (CVE-2010-5141).
    ScriptStack stack = new ScriptStack();
    ScriptError error = Interpreter.run(stack, scriptSig, rules);
    if (error != ScriptError.OK) {
      return error;
    }
    boolean scriptHash = flags.has(ScriptFlag.P2SH) && ScriptPattern.isP2sh(scriptPubKey);
    ScriptStack before = scriptHash ? stack.copy() : null;
    error = runToTrue(stack, scriptPubKey.toByteArray());
    if (error == ScriptError.OK && scriptHash) {
      stack = before;
      error = verifyScriptHash(stack, scriptSig);
    } else if (error == ScriptError.OK) {
      error = verifyNoProgram();
    }
    if (error != ScriptError.OK) {
      return error;
    }
    // A witness program leaves a stack that is not clean, and has been held to one by itself.
    if (flags.has(ScriptFlag.CLEANSTACK) && !witnessUsed && stack.size() != 1) {
      return ScriptError.CLEANSTACK;
    }
    return flags.has(ScriptFlag.WITNESS) && !witnessUsed && !input.witness().isEmpty()
        ? ScriptError.WITNESS_UNEXPECTED
        : ScriptError.OK;
  }

  private ScriptError runToTrue(ScriptStack stack, byte[] script) {
    ScriptError error = Interpreter.run(stack, script, rules);
    if (error != ScriptError.OK) {
      return error;
    }
    return stack.size() != 0 && ScriptNum.isTrue(stack.peek(0))
        ? ScriptError.OK
        : ScriptError.EVAL_FALSE;
  }

  /** Before an output that is a witness program scriptSig must be empty (BIP-0141). */
  private ScriptError verifyNoProgram() {
    return flags.has(ScriptFlag.WITNESS) && ScriptPattern.isWitnessProgram(scriptPubKey)
        ? ScriptError.WITNESS_MALLEATED
        : ScriptError.OK;
  }

  /**
   * Runs the script behind the hash (BIP-0016): {@code [… script] -> [… bool]}. The stack is not
   * empty, since the hash of its top was right.
   */
  private ScriptError verifyScriptHash(ScriptStack stack, byte[] scriptSig) {
    if (!ScriptPattern.isPushOnly(scriptSig)) {
      return ScriptError.SIG_PUSHONLY;
    }
    byte[] redeemScript = stack.pop();
    ScriptError error = runToTrue(stack, redeemScript);
    if (error != ScriptError.OK || !flags.has(ScriptFlag.WITNESS)) {
      return error;
    }
    Script redeem = Script.of(redeemScript);
    if (!ScriptPattern.isWitnessProgram(redeem)) {
      return ScriptError.OK;
    }
    witnessUsed = true;
    // Nothing but the one push, or a third party could change the transaction's id.
    return input.scriptSig().equals(new ScriptBuilder().push(redeem).build())
        ? new WitnessVerifier(checker, flags).verify(input.witness(), redeem, true)
        : ScriptError.WITNESS_MALLEATED_P2SH;
  }
}
