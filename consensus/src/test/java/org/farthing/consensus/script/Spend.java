package org.farthing.consensus.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;

/** A transaction, the outputs that it spends, and the rules to judge it by. */
record Spend(Transaction transaction, List<TxOut> spent, ScriptFlags flags) {
  /** The kind of an input that spends by a leaf of a tree. */
  static final String SCRIPT_PATH = "P2TR script path";

  Spend with(ScriptFlags other) {
    return new Spend(transaction, spent, other);
  }

  /** The first error of any input. */
  ScriptError verdict() {
    PrecomputedTransaction precomputed = PrecomputedTransaction.of(transaction, spent);
    for (int i = 0; i < spent.size(); i++) {
      ScriptError error = ScriptVerifier.verify(precomputed, i, flags);
      if (error != ScriptError.OK) {
        return error;
      }
    }
    return ScriptError.OK;
  }

  /** What one input is, for statistics: the kind of its output, and of what is inside or used. */
  String kind(int inputIndex) {
    Script output = spent.get(inputIndex).scriptPubKey();
    return switch (ScriptPattern.classify(output)) {
      case P2SH -> {
        Script redeem = redeemScript(inputIndex);
        yield ScriptPattern.isWitnessProgram(redeem)
            ? "P2SH-" + ScriptPattern.classify(redeem)
            : "P2SH";
      }
      case P2TR -> leaf(inputIndex).isPresent() ? SCRIPT_PATH : "P2TR key path";
      case NONSTANDARD -> "bare";
      default -> ScriptPattern.classify(output).name();
    };
  }

  /** The scripts that one input runs, as far as it is well-formed. */
  List<Script> scripts(int inputIndex) {
    List<Script> scripts = new ArrayList<>();
    Script output = spent.get(inputIndex).scriptPubKey();
    scripts.add(output);
    if (ScriptPattern.isP2sh(output)) {
      output = redeemScript(inputIndex);
      scripts.add(output);
    }
    Witness witness = transaction.inputs().get(inputIndex).witness();
    OutputType type = ScriptPattern.classify(output);
    if (type == OutputType.P2WSH && !witness.isEmpty()) {
      scripts.add(Script.of(witness.item(witness.size() - 1)));
    } else if (type == OutputType.P2TR) {
      leaf(inputIndex).ifPresent(scripts::add);
    }
    return scripts;
  }

  /** What is behind a P2SH output, if it is well-formed. */
  Script redeemScript(int inputIndex) {
    return Script.of(lastPush(transaction.inputs().get(inputIndex).scriptSig()));
  }

  /** The script of a script path. */
  private Optional<Script> leaf(int inputIndex) {
    Witness witness = transaction.inputs().get(inputIndex).witness();
    int last = witness.size() - 1;
    if (last > 0 && witness.itemSize(last) > 0 && witness.item(last)[0] == Taproot.ANNEX_TAG) {
      last--;
    }
    return last > 0 ? Optional.of(Script.of(witness.item(last - 1))) : Optional.empty();
  }

  private static byte[] lastPush(Script script) {
    Instructions in = new Instructions(script);
    byte[] last = {};
    while (in.next()) {
      last = in.data();
    }
    return last;
  }

  @Override
  public String toString() {
    return flags + " " + Hex.encode(transaction.serialize()) + " " + spent;
  }
}
