package org.farthing.node.app;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.VersionBits;
import org.farthing.consensus.validation.ProofOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for signs that this node no longer follows the network's rules: rules that it does not know
 * come into force, or the chain with most work is one that it holds for invalid. Node thread.
 */
final class ChainWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ChainWatch.class);

  /** How much longer an invalid chain must be to alarm, in blocks of the tip's difficulty. */
  private static final BigInteger ALARMING_BLOCKS = BigInteger.valueOf(6);

  private static final String LONGER_INVALID_CHAIN =
      "Found invalid chain more than 6 blocks longer than our best chain. This could be due to"
          + " database corruption or consensus incompatibility with peers.";

  private final ChainState chain;
  private final BooleanSupplier initialDownload;
  private final Warnings warnings;
  private HeaderNode bestInvalid;

  ChainWatch(ChainState chain, BooleanSupplier initialDownload, Warnings warnings) {
    this.chain = chain;
    this.initialDownload = initialDownload;
    this.warnings = warnings;
  }

  /** Watches a node's chain from now on. */
  static void over(NodeCore core, Warnings warnings) {
    ChainWatch watch =
        new ChainWatch(core.chain(), () -> core.gossip().initialDownload().isRunning(), warnings);
    core.chain().addListener(watch::changed);
    core.chain().addFailureListener((node, verdict) -> watch.failed());
  }

  void changed(ChainEvent event) {
    // Of old blocks the operator has heard.
    if (event instanceof ChainEvent.Connected connected && !initialDownload.getAsBoolean()) {
      chain.versionBits().unknownRules(connected.node()).stream()
          .filter(VersionBits.UnknownRules::active)
          .forEach(this::warn);
    }
    compare();
  }

  private void warn(VersionBits.UnknownRules rules) {
    warnings.set(
        Warnings.Kind.UNKNOWN_NEW_RULES,
        "Unknown new rules activated (versionbit " + rules.bit() + ")");
  }

  void failed() {
    chain.headers().leaves().stream()
        .filter(leaf -> chain.headers().status(leaf).isFailed())
        .max(Comparator.comparing(HeaderNode::chainWork))
        .ifPresent(leaf -> bestInvalid = leaf);
    compare();
  }

  private void compare() {
    if (bestInvalid == null) {
      return;
    }
    HeaderNode tip = chain.snapshot().tip();
    BigInteger margin = ProofOfWork.work(tip.header().bits()).multiply(ALARMING_BLOCKS);
    boolean alarming =
        chain.headers().status(bestInvalid).isFailed()
            && bestInvalid.chainWork().compareTo(tip.chainWork().add(margin)) > 0;
    if (alarming) {
      LOG.warn(LONGER_INVALID_CHAIN);
      warnings.set(Warnings.Kind.LARGE_WORK_INVALID_CHAIN, "Warning: " + LONGER_INVALID_CHAIN);
    } else {
      warnings.unset(Warnings.Kind.LARGE_WORK_INVALID_CHAIN);
    }
  }
}
