package org.farthing.consensus.script;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.farthing.consensus.primitives.Script;

/** What a differential run has seen. */
final class DifferentialReport {
  private final Map<ScriptError, Integer> verdicts = new EnumMap<>(ScriptError.class);

  /** By the kind of each input: accepted, refused. */
  private final Map<String, int[]> inputs = new TreeMap<>();

  private final BitSet acceptedOpcodes = new BitSet();
  private final Map<KnownDifference, Integer> knownDifferences =
      new EnumMap<>(KnownDifference.class);
  private final List<String> differences = new ArrayList<>();

  void add(long seed, Spend spend) {
    PrecomputedTransaction precomputed =
        PrecomputedTransaction.of(spend.transaction(), spend.spent());
    ScriptError verdict = ScriptError.OK;
    for (int i = 0; i < spend.spent().size(); i++) {
      ScriptError error = ScriptVerifier.verify(precomputed, i, spend.flags());
      boolean accepted = error == ScriptError.OK;
      inputs.computeIfAbsent(spend.kind(i), kind -> new int[2])[accepted ? 0 : 1]++;
      if (accepted) {
        addOpcodes(spend, i);
      }
      verdict = verdict == ScriptError.OK ? error : verdict;
      verdicts.merge(error, 1, Integer::sum);
    }
    if (KmpOracle.accepts(spend) == (verdict == ScriptError.OK)) {
      return;
    }
    Optional<KnownDifference> known = KnownDifference.of(spend);
    if (known.isPresent()) {
      knownDifferences.merge(known.get(), 1, Integer::sum);
    } else {
      differences.add("case with seed " + seed + ": we say " + verdict + " of " + spend);
    }
  }

  private void addOpcodes(Spend spend, int inputIndex) {
    for (Script script : spend.scripts(inputIndex)) {
      BitSet opcodes = opcodes(script);
      if (spend.kind(inputIndex).equals(Spend.SCRIPT_PATH) && isSuccess(opcodes)) {
        // What stands beside it is not executed.
        opcodes.stream().filter(Opcode::isSuccess).forEach(acceptedOpcodes::set);
      } else {
        acceptedOpcodes.or(opcodes);
      }
    }
  }

  private static boolean isSuccess(BitSet opcodes) {
    return opcodes.stream().anyMatch(Opcode::isSuccess);
  }

  private static BitSet opcodes(Script script) {
    BitSet opcodes = new BitSet();
    Instructions in = new Instructions(script);
    while (in.next()) {
      opcodes.set(in.opcode());
    }
    return opcodes;
  }

  /** How often each error, or none, was the outcome of an input. */
  Map<ScriptError, Integer> verdicts() {
    return verdicts;
  }

  /** The instructions in all scripts of inputs that were accepted. */
  BitSet acceptedOpcodes() {
    return acceptedOpcodes;
  }

  /** Where the other engine says something else, for no known reason. */
  List<String> differences() {
    return differences;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("inputs: accepted, refused");
    inputs.forEach(
        (kind, counts) -> text.append("%n%30s %9d %9d".formatted(kind, counts[0], counts[1])));
    text.append("%n%s%nknown differences: %s".formatted(verdicts, knownDifferences));
    return text.toString();
  }
}
