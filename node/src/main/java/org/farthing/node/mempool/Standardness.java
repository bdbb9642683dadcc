package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;

/**
 * Whether a transaction has one of the usual forms. Unusual ones are valid in blocks, but not
 * passed on: some would be costly to check, others use what future rules may give a meaning. The
 * values are those of Bitcoin Core 31. What is spent, and how: {@link SpendingStandardness}.
 */
final class Standardness {
  /** The greatest weight of a transaction. */
  static final int MAX_WEIGHT = 400_000;

  /** The least bytes without witness: an inner node of a merkle tree has 64 (CVE-2017-12842). */
  static final int MIN_BASE_SIZE = 65;

  /** The greatest cost of a transaction's signature operations: a fifth of a block's. */
  static final int MAX_SIGOP_COST = 16_000;

  private static final int MIN_VERSION = 1;
  private static final int MAX_VERSION = 3;

  /** Enough for 15 signatures and a script of 15 keys. */
  private static final int MAX_SCRIPT_SIG_SIZE = 1650;

  private static final int MAX_MULTISIG_KEYS = 3;
  private static final int MAX_DUST_OUTPUTS = 1;

  /** An input with a signature and a public key in the script, in bytes. */
  private static final int SPENDING_SIZE = 32 + 4 + 1 + 107 + 4;

  /** The same with both in the witness, in virtual bytes. */
  private static final int WITNESS_SPENDING_SIZE =
      32 + 4 + 1 + 107 / Transaction.WITNESS_SCALE_FACTOR + 4;

  private final MempoolOptions options;

  Standardness(MempoolOptions options) {
    this.options = options;
  }

  /** What can be said of a transaction alone. */
  Optional<PolicyReason> inIsolation(Transaction tx) {
    if (tx.version() < MIN_VERSION || tx.version() > MAX_VERSION) {
      return Optional.of(PolicyReason.VERSION);
    }
    if (tx.weight() > MAX_WEIGHT) {
      return Optional.of(PolicyReason.TX_SIZE);
    }
    return inputs(tx)
        .or(() -> outputs(tx))
        .or(
            () ->
                dust(tx).size() > MAX_DUST_OUTPUTS
                    ? Optional.of(PolicyReason.DUST)
                    : Optional.empty());
  }

  private static Optional<PolicyReason> inputs(Transaction tx) {
    for (TxIn input : tx.inputs()) {
      if (input.scriptSig().size() > MAX_SCRIPT_SIG_SIZE) {
        return Optional.of(PolicyReason.SCRIPTSIG_SIZE);
      }
      if (!ScriptPattern.isPushOnly(input.scriptSig())) {
        return Optional.of(PolicyReason.SCRIPTSIG_NOT_PUSHONLY);
      }
    }
    return Optional.empty();
  }

  private Optional<PolicyReason> outputs(Transaction tx) {
    int dataLeft = options.maxDataCarrierBytes().orElse(0);
    for (TxOut output : tx.outputs()) {
      Script script = output.scriptPubKey();
      OutputType type = ScriptPattern.classify(script);
      if (type == OutputType.NONSTANDARD || (type == OutputType.MULTISIG && hasManyKeys(script))) {
        return Optional.of(PolicyReason.SCRIPTPUBKEY);
      }
      if (type == OutputType.MULTISIG && !options.permitBareMultisig()) {
        return Optional.of(PolicyReason.BARE_MULTISIG);
      }
      if (type == OutputType.NULL_DATA) {
        dataLeft -= script.size();
        if (dataLeft < 0) {
          return Optional.of(PolicyReason.DATACARRIER);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasManyKeys(Script script) {
    return ScriptPattern.multisig(script).orElseThrow().keys().size() > MAX_MULTISIG_KEYS;
  }

  /** The indexes of the outputs that would cost more to spend than they are worth. */
  List<Integer> dust(Transaction tx) {
    return IntStream.range(0, tx.outputs().size())
        .filter(index -> isDust(tx.outputs().get(index)))
        .boxed()
        .toList();
  }

  private boolean isDust(TxOut output) {
    Script script = output.scriptPubKey();
    if (ScriptPattern.isUnspendable(script)) {
      return false;
    }
    int spendingSize =
        ScriptPattern.isWitnessProgram(script) ? WITNESS_SPENDING_SIZE : SPENDING_SIZE;
    return output.valueSat() < options.fees().dust().feeFor(output.encodedSize() + spendingSize);
  }
}
