package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;

/** The scripts of a waiting transaction. */
final class ScriptChecks {
  private ScriptChecks() {}

  static int sigOps(Script script) {
    return 0;
  }

  static int sigOpCost(Transaction tx, List<Coin> spent) {
    return 0;
  }

  static Optional<MempoolResult> verify(Transaction tx, List<Coin> spent, MempoolChain chain) {
    return Optional.empty();
  }
}
