package org.farthing.consensus.chain;

import java.math.BigInteger;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.validation.ProofOfWork;

/**
 * Decides whether the scripts of a block must run. They need not before a block that others have
 * verified, as long as nobody gains by naming such a block: it must be in the chain with most work,
 * that chain must have the work that is expected of it, and two weeks of work must stand on the
 * block in question, so that an invalid block cannot be pushed upon a node by telling its operator
 * to assume it. Only scripts are spared; every other rule is checked.
 */
final class AssumedValid {
  private static final BigInteger TWO_WEEKS_SECONDS = BigInteger.valueOf(14 * 24 * 60 * 60);

  private final ConsensusParams params;
  private final ChainOptions options;
  private final HeaderTree headers;

  AssumedValid(ConsensusParams params, ChainOptions options, HeaderTree headers) {
    this.params = params;
    this.options = options;
    this.headers = headers;
  }

  /** Whether all scripts must run, whatever headers come. */
  boolean namesNothing() {
    return options.assumeValid().isEmpty();
  }

  /** What is to be done with the scripts of this block, as far as can be said now. */
  ScriptVerification of(HeaderNode node) {
    return namesNothing()
        ? ScriptVerification.ALWAYS
        : headers
            .find(options.assumeValid().get())
            .map(assumed -> reason(node, assumed))
            .orElse(Optional.of("assumevalid hash not in headers"))
            .map(ScriptVerification::new)
            .orElse(ScriptVerification.OFF);
  }

  private Optional<String> reason(HeaderNode node, HeaderNode assumed) {
    if (node.height() > assumed.height()) {
      return Optional.of("block height above assumevalid height");
    }
    if (!node.isAncestorOf(assumed)) {
      return Optional.of("block not in assumevalid chain");
    }
    HeaderNode best = headers.best();
    if (!node.isAncestorOf(best)) {
      return Optional.of("block not in best header chain");
    }
    if (best.chainWork().compareTo(options.minimumChainWork()) < 0) {
      return Optional.of("best header chainwork below minimumchainwork");
    }
    return secondsOfWorkAfter(node, best).compareTo(TWO_WEEKS_SECONDS) <= 0
        ? Optional.of("block too recent relative to best header")
        : Optional.empty();
  }

  /** How long it would take to repeat the work after {@code node} at the difficulty of the end. */
  private BigInteger secondsOfWorkAfter(HeaderNode node, HeaderNode end) {
    return end.chainWork()
        .subtract(node.chainWork())
        .multiply(BigInteger.valueOf(params.difficulty().spacingSeconds()))
        .divide(ProofOfWork.work(end.header().bits()));
  }
}
