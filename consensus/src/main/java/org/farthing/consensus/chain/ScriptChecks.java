package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.KnownChain;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlag;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;

/** The scripts of a block, checked on several threads. */
final class ScriptChecks {
  /** The calling thread works too. */
  private static final int HELPERS = Runtime.getRuntime().availableProcessors() - 1;

  /** All blocks but {@link KnownChain#scriptFlagExceptions} keep these, also before their time. */
  private static final ScriptFlags FROM_THE_BEGINNING =
      ScriptFlags.of(ScriptFlag.P2SH, ScriptFlag.WITNESS, ScriptFlag.TAPROOT);

  private final Executor workers;

  ScriptChecks(Executor workers) {
    this.workers = workers;
  }

  /** The rules for scripts in a block. */
  static ScriptFlags flagsOf(HeaderNode block, ConsensusParams params) {
    ScriptFlags exception = params.known().scriptFlagExceptions().get(block.hash());
    return withDeployments(
        exception != null ? exception : FROM_THE_BEGINNING, block.height(), params);
  }

  /** The rules for scripts in a block at {@code height} that is still to come. */
  static ScriptFlags flagsAt(int height, ConsensusParams params) {
    return withDeployments(FROM_THE_BEGINNING, height, params);
  }

  private static ScriptFlags withDeployments(
      ScriptFlags start, int height, ConsensusParams params) {
    ScriptFlags flags = start;
    if (params.isActive(Deployment.BIP66, height)) {
      flags = flags.with(ScriptFlag.DERSIG);
    }
    if (params.isActive(Deployment.BIP65, height)) {
      flags = flags.with(ScriptFlag.CHECKLOCKTIMEVERIFY);
    }
    if (params.isActive(Deployment.CSV, height)) {
      flags = flags.with(ScriptFlag.CHECKSEQUENCEVERIFY);
    }
    if (params.isActive(Deployment.SEGWIT, height)) {
      flags = flags.with(ScriptFlag.NULLDUMMY);
    }
    return flags;
  }

  /** The script of one input. */
  private record Check(PrecomputedTransaction transaction, int inputIndex) {
    ScriptError run(ScriptFlags flags) {
      return ScriptVerifier.verify(transaction, inputIndex, flags);
    }
  }

  /** Runs the scripts of all inputs, and reports the first that fails. */
  Verdict verify(List<BlockConnector.Spend> spends, ScriptFlags flags) {
    List<Check> checks = new ArrayList<>();
    for (BlockConnector.Spend spend : spends) {
      PrecomputedTransaction tx = PrecomputedTransaction.of(spend.tx(), spend.outputs());
      for (int i = 0; i < spend.coins().size(); i++) {
        checks.add(new Check(tx, i));
      }
    }
    OptionalInt failure =
        ParallelSearch.firstFailure(
            checks.size(), i -> checks.get(i).run(flags) == ScriptError.OK, workers, HELPERS);
    return failure.isEmpty() ? Verdict.accepted() : rejected(checks.get(failure.getAsInt()), flags);
  }

  private static Verdict rejected(Check check, ScriptFlags flags) {
    Transaction tx = check.transaction().transaction();
    return Verdict.rejectedWith(
        RejectReason.BLOCK_SCRIPT_VERIFY_FLAG_FAILED,
        " (" + check.run(flags).text() + ")",
        "input %d of %s (wtxid %s), spending %s"
            .formatted(
                check.inputIndex(),
                tx.txid(),
                tx.wtxid(),
                tx.inputs().get(check.inputIndex()).outPoint()));
  }
}
