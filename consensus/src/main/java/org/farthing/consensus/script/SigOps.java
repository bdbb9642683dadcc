package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.OP_CHECKMULTISIG;
import static org.farthing.consensus.script.Opcode.OP_CHECKMULTISIGVERIFY;
import static org.farthing.consensus.script.Opcode.OP_CHECKSIG;
import static org.farthing.consensus.script.Opcode.OP_CHECKSIGVERIFY;

import java.util.List;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;

/** Counts the signature checks that scripts ask for, without running them: blocks have a limit. */
public final class SigOps {
  /** The cost of a signature check outside the witness (BIP-0141). */
  public static final int WITNESS_SCALE_FACTOR = Transaction.WITNESS_SCALE_FACTOR;

  private static final int KEY_HASH_SIZE = 20;
  private static final int SCRIPT_HASH_SIZE = 32;

  private SigOps() {}

  /**
   * The signature checks in one script, up to its first malformed push.
   *
   * @param accurate whether a multisig counts for the number of keys just before it; else, and
   *     where there is no such number, for 20
   */
  public static int count(Script script, boolean accurate) {
    // A witness program is a number and a push.
    return script.isEmpty() || ScriptPattern.isWitnessProgram(script)
        ? 0
        : count(script.toByteArray(), accurate);
  }

  private static int count(byte[] script, boolean accurate) {
    int count = 0;
    int previous = Opcode.OP_INVALIDOPCODE;
    Instructions in = new Instructions(script);
    while (in.next()) {
      int opcode = in.opcode();
      if (opcode == OP_CHECKSIG || opcode == OP_CHECKSIGVERIFY) {
        count++;
      } else if (opcode == OP_CHECKMULTISIG || opcode == OP_CHECKMULTISIGVERIFY) {
        count +=
            accurate && Opcode.isSmallNumber(previous)
                ? Opcode.smallNumber(previous)
                : ScriptPattern.MAX_MULTISIG_KEYS;
      }
      previous = opcode;
    }
    return count;
  }

  /** All signature checks in the inputs' and outputs' own scripts. */
  public static int legacy(Transaction transaction) {
    int count = 0;
    for (TxIn input : transaction.inputs()) {
      count += count(input.scriptSig(), false);
    }
    for (TxOut output : transaction.outputs()) {
      count += count(output.scriptPubKey(), false);
    }
    return count;
  }

  /** The signature checks in the script behind a P2SH output (BIP-0016), 0 for any other. */
  public static int p2sh(Script scriptSig, Script scriptPubKey) {
    return ScriptPattern.isP2sh(scriptPubKey) ? count(lastPush(scriptSig), true) : 0;
  }

  /** What scriptSig pushes last; empty where it does more than push, or is malformed. */
  private static byte[] lastPush(Script scriptSig) {
    Instructions in = new Instructions(scriptSig);
    byte[] last = {};
    while (in.next()) {
      if (in.opcode() > Opcode.OP_16) {
        return new byte[0];
      }
      last = in.data();
    }
    return in.isMalformed() ? new byte[0] : last;
  }

  /** The signature checks that a witness asks for (BIP-0141), bare or in P2SH. */
  public static int witness(Script scriptSig, Script scriptPubKey, Witness witness) {
    if (ScriptPattern.isWitnessProgram(scriptPubKey)) {
      return ofProgram(scriptPubKey, witness);
    }
    if (ScriptPattern.isP2sh(scriptPubKey)) {
      Script redeem = Script.of(lastPush(scriptSig));
      return ScriptPattern.isWitnessProgram(redeem) ? ofProgram(redeem, witness) : 0;
    }
    return 0;
  }

  private static int ofProgram(Script program, Witness witness) {
    if (ScriptPattern.witnessVersion(program) != 0) {
      return 0;
    }
    return switch (program.size() - 2) {
      case KEY_HASH_SIZE -> 1;
      case SCRIPT_HASH_SIZE ->
          witness.isEmpty() ? 0 : count(witness.item(witness.size() - 1), true);
      default -> 0;
    };
  }

  /**
   * The cost of a transaction's signature checks, of which a block may have 80,000: four for each
   * in a script, one for each in a witness.
   *
   * @param spent one output for each input, in their order; empty for a coinbase
   */
  public static int cost(Transaction transaction, List<TxOut> spent, ScriptFlags flags) {
    int cost = legacy(transaction) * WITNESS_SCALE_FACTOR;
    if (transaction.isCoinbase()) {
      return cost;
    }
    for (int i = 0; i < spent.size(); i++) {
      TxIn input = transaction.inputs().get(i);
      Script scriptPubKey = spent.get(i).scriptPubKey();
      if (flags.has(ScriptFlag.P2SH)) {
        cost += p2sh(input.scriptSig(), scriptPubKey) * WITNESS_SCALE_FACTOR;
      }
      if (flags.has(ScriptFlag.WITNESS)) {
        cost += witness(input.scriptSig(), scriptPubKey, input.witness());
      }
    }
    return cost;
  }
}
