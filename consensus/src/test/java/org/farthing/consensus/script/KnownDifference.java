package org.farthing.consensus.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;

/**
 * Where bitcoin-kmp and we differ, and the rule is with us; {@link KnownDifferenceTest} holds an
 * example of each. A difference counts as one of these only if both agree as soon as it is taken
 * away.
 */
@SuppressWarnings("ImmutableEnumChecker") // Both fields are never changed.
enum KnownDifference {
  /** BIP-0141: scriptSig must be exactly the push of the program; theirs may push more before. */
  MALLEATED_P2SH(ScriptError.WITNESS_MALLEATED_P2SH, KnownDifference::withExactPush),

  /** BIP-0141: a program without meaning says nothing of its witness; theirs must be empty. */
  ANCHOR_WITNESS(ScriptError.OK, KnownDifference::withoutAnchorWitness),

  /**
   * BIP-0065, BIP-0112: their instructions are not reserved any more; they still are for
   * bitcoin-kmp where these rules are off.
   */
  RESERVED_LOCK_TIMES(ScriptError.OK, without(ScriptFlag.DISCOURAGE_UPGRADABLE_NOPS)),

  /**
   * BIP-0143 (keys are compressed) and policy of Bitcoin Core (keys are well-formed, no signature
   * in its own script): theirs looks at nothing of this where the signature is empty.
   */
  EMPTY_SIGNATURE(
      EnumSet.of(
          ScriptError.PUBKEYTYPE, ScriptError.WITNESS_PUBKEYTYPE, ScriptError.SIG_FINDANDDELETE),
      without(ScriptFlag.STRICTENC, ScriptFlag.WITNESS_PUBKEYTYPE, ScriptFlag.CONST_SCRIPTCODE)),

  /** BIP-0141 has no anchors in P2SH: the program is one of those that policy discourages. */
  NESTED_ANCHOR(
      ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM,
      without(ScriptFlag.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM)),

  /**
   * BIP-0066: a signature with numbers that are too large, or before BIP-0066 one that cannot be
   * read, is not valid, and nothing more; theirs makes the script fail.
   */
  UNREADABLE_SIGNATURE(ScriptError.OK, KnownDifference::withNullFail),

  /**
   * Before BIP-0066 a length in a signature may be padded, but not stand for 2^24 and more; theirs
   * looks at the last 32 bits only.
   */
  OVERFLOWING_LENGTH(EnumSet.allOf(ScriptError.class), KnownDifference::withoutOverflowingLengths);

  private final Set<ScriptError> ours;
  private final UnaryOperator<Spend> takenAway;

  KnownDifference(ScriptError ours, UnaryOperator<Spend> takenAway) {
    this(EnumSet.of(ours), takenAway);
  }

  KnownDifference(Set<ScriptError> ours, UnaryOperator<Spend> takenAway) {
    this.ours = ours;
    this.takenAway = takenAway;
  }

  /** Inputs may differ for so many reasons. */
  private static final int MAX_REASONS = 3;

  /** What explains that only one of us accepts the spend, if anything does. */
  static Optional<KnownDifference> of(Spend spend) {
    return of(spend, MAX_REASONS);
  }

  private static Optional<KnownDifference> of(Spend spend, int reasons) {
    ScriptError verdict = spend.verdict();
    List<KnownDifference> candidates =
        Arrays.stream(values())
            .filter(difference -> difference.ours.contains(verdict))
            .filter(difference -> !difference.takenAway.apply(spend).equals(spend))
            .toList();
    return candidates.stream()
        .filter(difference -> difference.isWholeReason(spend))
        .findFirst()
        .or(
            () ->
                candidates.stream()
                    .filter(difference -> difference.isPartOfReason(spend, reasons - 1))
                    .findFirst());
  }

  private boolean isWholeReason(Spend spend) {
    Spend changed = takenAway.apply(spend);
    return (changed.verdict() == ScriptError.OK) == KmpOracle.accepts(changed);
  }

  private boolean isPartOfReason(Spend spend, int otherReasons) {
    return otherReasons > 0 && of(takenAway.apply(spend), otherReasons).isPresent();
  }

  private static UnaryOperator<Spend> without(ScriptFlag... flags) {
    return spend -> spend.with(spend.flags().minus(ScriptFlags.of(flags)));
  }

  /** Where it matters that a signature is not valid, it is refused now. */
  private static Spend withNullFail(Spend spend) {
    return spend.with(spend.flags().with(ScriptFlag.NULLFAIL));
  }

  private static Spend withExactPush(Spend spend) {
    return withInputs(
        spend,
        (input, i) -> {
          Script redeem = spend.redeemScript(i);
          return ScriptPattern.isWitnessProgram(redeem)
              ? input.withScriptSig(new ScriptBuilder().push(redeem).build())
              : input;
        });
  }

  private static Spend withoutAnchorWitness(Spend spend) {
    return withInputs(
        spend,
        (input, i) ->
            spend.kind(i).contains(OutputType.ANCHOR.name())
                ? input.withWitness(Witness.EMPTY)
                : input);
  }

  private static Spend withoutOverflowingLengths(Spend spend) {
    return withInputs(
        spend,
        (input, i) -> {
          List<byte[]> items = new ArrayList<>();
          for (int item = 0; item < input.witness().size(); item++) {
            items.add(readable(input.witness().item(item)));
          }
          return input.withScriptSig(readable(input.scriptSig())).withWitness(Witness.of(items));
        });
  }

  private static Script readable(Script pushes) {
    Instructions in = new Instructions(pushes);
    ScriptBuilder out = new ScriptBuilder();
    boolean changed = false;
    while (in.next()) {
      byte[] data = in.data();
      if (in.opcode() > Opcode.OP_PUSHDATA4) {
        out.op(in.opcode());
      } else {
        out.push(readable(data));
        changed |= readable(data) != data;
      }
    }
    return changed ? out.build() : pushes;
  }

  /** Nothing in the place of a signature that has a number with such a length. */
  private static byte[] readable(byte[] signature) {
    for (int i = 2; i + 1 < signature.length && signature[0] == 0x30; i++) {
      int lengthBytes = (signature[i + 1] & 0xff) - 0x80;
      if (signature[i] == 2 && lengthBytes > 3 && i + 2 + lengthBytes <= signature.length) {
        int significant = lengthBytes;
        for (int at = i + 2; significant > 0 && signature[at] == 0; at++) {
          significant--;
        }
        if (significant > 3) {
          return new byte[0];
        }
      }
    }
    return signature;
  }

  private interface Change {
    TxIn of(TxIn input, int index);
  }

  private static Spend withInputs(Spend spend, Change change) {
    Transaction tx = spend.transaction();
    List<TxIn> inputs = new ArrayList<>();
    for (int i = 0; i < tx.inputs().size(); i++) {
      inputs.add(change.of(tx.inputs().get(i), i));
    }
    Transaction changed = new Transaction(tx.version(), inputs, tx.outputs(), tx.lockTime());
    return new Spend(changed, spend.spent(), spend.flags());
  }
}
