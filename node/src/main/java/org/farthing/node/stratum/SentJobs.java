package org.farthing.node.stratum;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.BlockHash;

/**
 * The work that one miner has, with the shares that it has found of each: so many as fit. A new tip
 * ends them all.
 */
final class SentJobs {
  /** With one every half minute, a miner may be a quarter of an hour behind. */
  private static final int MOST = 32;

  private static final int MOST_SHARES = 50_000;

  private final Map<String, Sent> jobs = new LinkedHashMap<>();

  /** A job, and what a share of it had to meet when it was sent. */
  static final class Sent {
    private final Job job;
    private final double difficulty;
    private final BigInteger target;
    private final Set<BlockHash> found = new HashSet<>();

    private Sent(Job job, double difficulty) {
      this.job = job;
      this.difficulty = difficulty;
      this.target = ShareTarget.of(difficulty).max(job.target());
    }

    Job job() {
      return job;
    }

    double difficulty() {
      return difficulty;
    }

    boolean isMet(BigInteger hash) {
      return hash.compareTo(target) <= 0;
    }

    /**
     * @return whether it is new
     */
    boolean add(BlockHash share) throws StratumException {
      if (found.size() >= MOST_SHARES) {
        throw StratumException.other("Too many shares of one job");
      }
      return found.add(share);
    }
  }

  void clear() {
    jobs.clear();
  }

  void add(Job job, double difficulty) {
    jobs.put(job.id(), new Sent(job, difficulty));
    if (jobs.size() > MOST) {
      jobs.remove(jobs.keySet().iterator().next());
    }
  }

  Optional<Sent> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }
}
