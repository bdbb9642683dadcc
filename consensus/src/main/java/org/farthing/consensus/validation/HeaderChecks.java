package org.farthing.consensus.validation;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.primitives.BlockHeader;

/** The rules for headers. */
public final class HeaderChecks {
  /** How far a header may run ahead of the receiver's clock, in seconds. */
  public static final long MAX_FUTURE_SECONDS = 2 * 60 * 60;

  /** How far the first block of a period may be older than its parent, in seconds (BIP-0094). */
  public static final long MAX_TIMEWARP_SECONDS = 600;

  private HeaderChecks() {}

  /** Proof of work: all that can be said of a header without its ancestors. */
  public static Verdict inIsolation(BlockHeader header, ConsensusParams params) {
    return ProofOfWork.isMet(header.hash(), header.bits(), params.difficulty())
        ? Verdict.accepted()
        : Verdict.rejected(RejectReason.HIGH_HASH, "proof of work failed");
  }

  /**
   * Target, time and version, given the chain before.
   *
   * @param nowSeconds the receiver's clock, in seconds since 1970
   */
  public static Verdict inHeaderContext(
      BlockHeader header, HeaderContext context, ConsensusParams params, long nowSeconds) {
    if (header.bits() != context.requiredBits()) {
      return Verdict.rejected(RejectReason.BAD_DIFFBITS, "incorrect proof of work");
    }
    if (header.timeSeconds() <= context.medianTimePast()) {
      return Verdict.rejected(RejectReason.TIME_TOO_OLD, "block's timestamp is too early");
    }
    if (context.parentTimeSeconds() - header.timeSeconds() > MAX_TIMEWARP_SECONDS
        && params.difficulty().has(Difficulty.Variation.BIP94)
        && Retarget.beginsPeriod(context.height(), params.difficulty())) {
      return Verdict.rejected(
          RejectReason.TIME_TIMEWARP_ATTACK,
          "block's timestamp is too early on diff adjustment block");
    }
    if (header.timeSeconds() > nowSeconds + MAX_FUTURE_SECONDS) {
      return Verdict.rejected(RejectReason.TIME_TOO_NEW, "block timestamp too far in the future");
    }
    if (header.version() < leastVersion(context.height(), params)) {
      return Verdict.rejectedWith(
          RejectReason.BAD_VERSION,
          String.format("(0x%08x)", header.version()),
          String.format("rejected nVersion=0x%08x block", header.version()));
    }
    return Verdict.accepted();
  }

  /** The version that each of the old deployments made the least one. */
  private static int leastVersion(int height, ConsensusParams params) {
    if (params.isActive(Deployment.BIP65, height)) {
      return 4;
    }
    if (params.isActive(Deployment.BIP66, height)) {
      return 3;
    }
    return params.isActive(Deployment.BIP34, height) ? 2 : Integer.MIN_VALUE;
  }
}
