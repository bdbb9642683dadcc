package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;

/** The scripts of a block, checked on several threads. */
final class ScriptChecks {
  /** The calling thread works too. */
  private static final int HELPERS = Runtime.getRuntime().availableProcessors() - 1;

  private final Executor workers;
  private final VerifiedScripts verified;

  /**
   * @param verified whose scripts need not run again
   */
  ScriptChecks(Executor workers, VerifiedScripts verified) {
    this.workers = workers;
    this.verified = verified;
  }

  /** The script of one input. */
  record Check(PrecomputedTransaction transaction, int inputIndex) {
    ScriptError run(ScriptFlags flags) {
      return ScriptVerifier.verify(transaction, inputIndex, flags);
    }
  }

  /** Lets the scripts of all inputs run that are not known. */
  Running start(List<BlockConnector.Spend> spends, ScriptFlags flags) {
    List<Check> checks = new ArrayList<>();
    for (BlockConnector.Spend spend : spends) {
      if (verified.contains(spend.tx().wtxid(), flags)) {
        continue;
      }
      PrecomputedTransaction tx = PrecomputedTransaction.of(spend.tx(), spend.outputs());
      for (int i = 0; i < spend.coins().size(); i++) {
        checks.add(new Check(tx, i));
      }
    }
    verified.ran(checks.size());
    ParallelSearch search =
        ParallelSearch.start(
            checks.size(), i -> checks.get(i).run(flags) == ScriptError.OK, workers, HELPERS);
    return new Running(checks, flags, search);
  }

  /** Scripts of a block that may be running on other threads. */
  record Running(List<Check> checks, ScriptFlags flags, ParallelSearch search) {
    /** Runs what is left, and reports the first that fails. */
    Verdict finish() {
      OptionalInt failure = search.finish();
      return failure.isEmpty()
          ? Verdict.accepted()
          : rejected(checks.get(failure.getAsInt()), flags);
    }

    void abandon() {
      search.abandon();
    }
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
