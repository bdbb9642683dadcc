package org.farthing.node.app;

import java.time.Instant;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.ChainVerification;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.ScriptVerification;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what validation finds, in Bitcoin Core's words: programs read them. */
final class ChainLog {
  private static final Logger LOG = LoggerFactory.getLogger(ChainLog.class);

  private final NodeCore core;

  private ChainLog(NodeCore core) {
    this.core = core;
  }

  /** To be called on the node's thread. */
  static void attach(NodeCore core) {
    ChainLog log = new ChainLog(core);
    core.chain().addScriptVerificationListener(ChainLog::scripts);
    core.chain().addFailureListener(log::failed);
    core.intake().onRefused(ChainLog::refused);
    core.intake().onTipChanged(ChainLog::newTip);
  }

  /** Which blocks are let in where miners need a signature. */
  static void network(ConsensusParams params) {
    params
        .blockChallenge()
        .ifPresent(
            challenge -> {
              LOG.info("Signet with challenge {}", challenge);
              LOG.info(
                  "Signet derived magic (message start): {}",
                  String.format("%08x", params.network().magic()));
            });
  }

  private static void newTip(ChainSnapshot chain) {
    HeaderNode tip = chain.tip();
    LOG.info(
        "UpdateTip: new best={} height={} date='{}'",
        tip.hash(),
        tip.height(),
        Instant.ofEpochSecond(tip.header().timeSeconds()));
  }

  private static void scripts(HeaderNode block, ScriptVerification verification) {
    if (verification.isOn()) {
      LOG.info(
          "Enabling script verification at block #{} ({}): {}.",
          block.height(),
          block.hash(),
          verification.reason());
    } else {
      LOG.info("Disabling script verification at block #{} ({}).", block.height(), block.hash());
    }
  }

  /** A block turned out to be invalid, now or long after it came. */
  private void failed(HeaderNode block, Verdict.Rejected verdict) {
    LOG.info("Block validation error: {}", verdict);
    LOG.info("InvalidChainFound: invalid block={}", described(block));
    LOG.info("InvalidChainFound: current best={}", described(core.chain().snapshot().tip()));
  }

  private static String described(HeaderNode node) {
    return "%s height=%d log2_work=%f date=%s"
        .formatted(
            node.hash(),
            node.height(),
            Math.log(node.chainWork().doubleValue()) / Math.log(2),
            Instant.ofEpochSecond(node.header().timeSeconds()));
  }

  private static void refused(Block block, Verdict.Rejected verdict) {
    if (verdict.reason() == RejectReason.TOO_LITTLE_CHAINWORK) {
      LOG.debug(
          "AcceptBlockHeader: not adding new block header {}, missing anti-dos proof-of-work"
              + " validation",
          block.hash());
    }
    if (verdict.reason().kind() == RejectReason.Kind.MUTATED) {
      LOG.debug("Block mutated: {}", verdict);
    } else {
      LOG.debug("AcceptBlock: {}, {}", block.hash(), verdict);
    }
    LOG.info("ProcessNewBlock: AcceptBlock FAILED ({})", verdict);
  }

  /** Checks stored blocks again. */
  static ChainVerification verify(ChainState chain, int level, int blocks) {
    int height = chain.snapshot().height();
    if (height == 0) {
      return chain.verify(level, blocks);
    }
    LOG.info(
        "Verifying last {} blocks at level {}",
        blocks <= 0 || blocks > height ? height : blocks,
        Math.max(0, Math.min(4, level)));
    ChainVerification result = chain.verify(level, blocks);
    if (!result.problem().isEmpty()) {
      LOG.warn("{}", result.problem());
    }
    if (result.outcome() != ChainVerification.Outcome.CORRUPT
        && result.outcome() != ChainVerification.Outcome.INTERRUPTED) {
      LOG.info("Verification: checked last {} blocks at level {}", result.blocks(), result.level());
      if (result.level() >= 3 && result.outcome() != ChainVerification.Outcome.SKIPPED_COINS) {
        LOG.info(
            "Verification: no coin database inconsistencies ({} transactions)",
            result.transactions());
      }
    }
    return result;
  }
}
