package org.farthing.node.mempool;

import static org.farthing.node.mempool.PolicyReason.NONSTANDARD_INPUTS;
import static org.farthing.node.mempool.PolicyReason.WITNESS_NONSTANDARD;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigOps;
import org.farthing.consensus.script.Taproot;

/**
 * Whether a transaction spends outputs of usual forms, in usual ways: without the bulk and the
 * number of signature operations that would be valid but is of no use. Its input scripts are known
 * to push only.
 */
final class SpendingStandardness {
  private static final int MAX_PUSH_SIZE = 520;
  private static final int MAX_P2SH_SIGOPS = 15;
  private static final int MAX_LEGACY_SIGOPS = 2500;
  private static final int MAX_P2WSH_SCRIPT_SIZE = 3600;
  private static final int MAX_P2WSH_ITEMS = 100;
  private static final int MAX_WITNESS_ITEM_SIZE = 80;
  private static final int LEAF_MASK = 0xfe;
  private static final int TAPSCRIPT_LEAF = 0xc0;

  private SpendingStandardness() {}

  /**
   * @param spent the outputs that the inputs spend, in their order
   */
  static Optional<MempoolResult> check(Transaction tx, List<Coin> spent) {
    if (legacySigOps(tx, spent) > MAX_LEGACY_SIGOPS) {
      return nonstandard("non-witness sigops exceed bip54 limit");
    }
    for (int i = 0; i < spent.size(); i++) {
      Optional<MempoolResult> fault =
          input(i, tx.inputs().get(i), spent.get(i).output().scriptPubKey());
      if (fault.isPresent()) {
        return fault;
      }
    }
    for (int i = 0; i < spent.size(); i++) {
      TxIn input = tx.inputs().get(i);
      if (!input.witness().isEmpty()
          && !isWitnessStandard(input, spent.get(i).output().scriptPubKey())) {
        return Optional.of(MempoolResult.refused(WITNESS_NONSTANDARD));
      }
    }
    return Optional.empty();
  }

  private static Optional<MempoolResult> nonstandard(String detail) {
    return Optional.of(MempoolResult.refused(NONSTANDARD_INPUTS, detail));
  }

  /** Those that are executed outside of witnesses, wherever they are written (BIP-0054). */
  private static long legacySigOps(Transaction tx, List<Coin> spent) {
    long count = 0;
    for (int i = 0; i < spent.size(); i++) {
      Script script = spent.get(i).output().scriptPubKey();
      Script scriptSig = tx.inputs().get(i).scriptSig();
      count += sigOps(scriptSig) + sigOps(script);
      if (ScriptPattern.isP2sh(script)) {
        count += lastPush(scriptSig).map(SpendingStandardness::sigOps).orElse(0);
      }
    }
    return count;
  }

  private static int sigOps(Script script) {
    return SigOps.count(script, true);
  }

  private static Optional<MempoolResult> input(int index, TxIn input, Script script) {
    OutputType type = ScriptPattern.classify(script);
    return switch (type) {
      case NONSTANDARD -> nonstandard("input " + index + " script unknown");
      case WITNESS_UNKNOWN -> nonstandard("input " + index + " witness program is undefined");
      case P2SH -> redeemScript(index, input);
      default -> Optional.empty();
    };
  }

  private static Optional<MempoolResult> redeemScript(int index, TxIn input) {
    if (input.scriptSig().isEmpty()) {
      return nonstandard("input " + index + " P2SH redeemscript missing");
    }
    Optional<Script> redeemScript = lastPush(input.scriptSig());
    if (redeemScript.isEmpty()) {
      return nonstandard("p2sh scriptsig malformed (input " + index + ")");
    }
    int sigOps = sigOps(redeemScript.get());
    return sigOps > MAX_P2SH_SIGOPS
        ? nonstandard(
            "p2sh redeemscript sigops exceed limit (input %d: %d > %d)"
                .formatted(index, sigOps, MAX_P2SH_SIGOPS))
        : Optional.empty();
  }

  /** What would be on top of the stack; empty where nothing is, or the script would fail. */
  static Optional<Script> lastPush(Script scriptSig) {
    Instructions instructions = new Instructions(scriptSig);
    Optional<Script> last = Optional.empty();
    while (instructions.next()) {
      int opcode = instructions.opcode();
      if (opcode > Opcode.OP_16
          || opcode == Opcode.OP_RESERVED
          || instructions.dataSize() > MAX_PUSH_SIZE) {
        return Optional.empty();
      }
      last = Optional.of(Script.of(pushed(instructions)));
    }
    return instructions.isMalformed() ? Optional.empty() : last;
  }

  private static byte[] pushed(Instructions instructions) {
    int opcode = instructions.opcode();
    if (opcode == Opcode.OP_1NEGATE) {
      return new byte[] {(byte) 0x81};
    }
    return opcode >= Opcode.OP_1
        ? new byte[] {(byte) (opcode - Opcode.OP_1 + 1)}
        : instructions.data();
  }

  private static boolean isWitnessStandard(TxIn input, Script script) {
    boolean p2sh = ScriptPattern.isP2sh(script);
    Optional<Script> program = p2sh ? lastPush(input.scriptSig()) : Optional.of(script);
    if (program.isEmpty()
        || ScriptPattern.isAnchor(script)
        || !ScriptPattern.isWitnessProgram(program.get())) {
      return false;
    }
    return switch (ScriptPattern.classify(program.get())) {
      case P2WSH -> isP2wshStandard(input.witness());
      case P2TR -> p2sh || isTaprootStandard(input.witness());
      default -> true;
    };
  }

  private static boolean isP2wshStandard(Witness witness) {
    int items = witness.size() - 1;
    return witness.itemSize(items) <= MAX_P2WSH_SCRIPT_SIZE
        && items <= MAX_P2WSH_ITEMS
        && areSmall(witness, items);
  }

  private static boolean areSmall(Witness witness, int count) {
    for (int i = 0; i < count; i++) {
      if (witness.itemSize(i) > MAX_WITNESS_ITEM_SIZE) {
        return false;
      }
    }
    return true;
  }

  /** No annex, whose meaning is still to be found; small items for a tapscript (BIP-0341). */
  private static boolean isTaprootStandard(Witness witness) {
    int last = witness.size() - 1;
    if (last == 0) {
      return true;
    }
    if (witness.itemSize(last) == 0) {
      return false;
    }
    byte[] item = witness.item(last);
    return !Taproot.isAnnex(item)
        && ((item[0] & LEAF_MASK) != TAPSCRIPT_LEAF || areSmall(witness, last - 1));
  }
}
