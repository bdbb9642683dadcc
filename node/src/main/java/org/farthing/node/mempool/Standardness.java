package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;

/**
 * Whether a transaction has one of the usual forms. Unusual ones are valid in blocks, but not
 * passed on: some would be costly to check, others use what future rules may give a meaning. The
 * values are those of Bitcoin Core 31.
 */
final class Standardness {
  /** The greatest weight of a transaction. */
  static final int MAX_WEIGHT = 400_000;

  /** The least bytes without witness: an inner node of a merkle tree has 64 (CVE-2017-12842). */
  static final int MIN_BASE_SIZE = 65;

  /** The greatest cost of a transaction's signature operations: a fifth of a block's. */
  static final int MAX_SIGOP_COST = 16_000;

  /** What a signature operation weighs at least. */
  static final int BYTES_PER_SIGOP = 20;

  private static final int MIN_VERSION = 1;
  private static final int MAX_VERSION = 3;
  private static final int MAX_SCRIPT_SIG_SIZE = 1650;

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
    return inputs(tx);
  }

  private static Optional<PolicyReason> inputs(Transaction tx) {
    for (TxIn input : tx.inputs()) {
      if (input.scriptSig().size() > MAX_SCRIPT_SIG_SIZE) {
        return Optional.of(PolicyReason.SCRIPTSIG_SIZE);
      }
    }
    return Optional.empty();
  }

  List<Integer> dust(Transaction tx) {
    return options.requireStandard() && tx.outputs().isEmpty() ? List.of(0) : List.of();
  }

  Optional<MempoolResult> inUtxoContext(Transaction tx, List<Coin> spent) {
    return Optional.empty();
  }
}
