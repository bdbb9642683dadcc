package org.farthing.node.stratum;

import java.math.BigInteger;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.validation.HeaderChecks;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.time.Clock;

/** Checks what a miner hands in, and hands on what is a block. */
final class ShareCheck {
  private final WorkSource node;
  private final int extraNonce;
  private final VersionRolling rolling;
  private final Clock clock;

  ShareCheck(WorkSource node, int extraNonce, VersionRolling rolling, Clock clock) {
    this.node = node;
    this.extraNonce = extraNonce;
    this.rolling = rolling;
    this.clock = clock;
  }

  /**
   * @param params of {@code mining.submit}: worker, job, second extra nonce, time, nonce, and
   *     perhaps version bits
   * @return whether the share is a block that the chain has taken
   * @throws StratumException if it is no share
   */
  boolean check(SentJobs.Sent sent, Parameters params) throws StratumException {
    Job job = sent.job();
    Job.Solution solution = read(job, params);
    BlockHash hash = job.hash(solution);
    BigInteger number = ProofOfWork.asNumber(hash);
    if (!sent.isMet(number)) {
      throw new StratumException(StratumError.LOW_DIFFICULTY);
    }
    if (!sent.add(hash)) {
      throw new StratumException(StratumError.DUPLICATE_SHARE);
    }
    if (number.compareTo(job.target()) > 0) {
      return false;
    }
    if (node.submit(job.block(solution)) instanceof Verdict.Rejected rejected) {
      throw StratumException.other("The block is refused: " + rejected.label());
    }
    return true;
  }

  private Job.Solution read(Job job, Parameters params) throws StratumException {
    byte[] second = params.bytes(2, Job.EXTRA_NONCE_2_SIZE, "The extra nonce");
    long time = Integer.toUnsignedLong(params.int32(3, "The time"));
    int nonce = params.int32(4, "The nonce");
    int version =
        params.has(5)
            ? rolling.apply(job.version(), params.int32(5, "The version bits"))
            : job.version();
    if (time < job.minimumTimeSeconds()
        || time > clock.nowSeconds() + HeaderChecks.MAX_FUTURE_SECONDS) {
      throw StratumException.other("The time is out of range");
    }
    return new Job.Solution(Job.extraNonce(extraNonce, second), version, time, nonce);
  }
}
