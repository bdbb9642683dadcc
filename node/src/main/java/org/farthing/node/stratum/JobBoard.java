package org.farthing.node.stratum;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.mining.BlockTemplate;

/** The work of the moment, the same for all who are paid alike. Node thread. */
final class JobBoard {
  private final WorkSource node;
  private final Map<Script, Job> jobs = new LinkedHashMap<>();
  private Optional<BlockTemplate> template = Optional.empty();
  private long nextId;

  /**
   * @param firstId by chance, so that a miner who comes back to another run doesn't take old work
   *     for new
   */
  JobBoard(WorkSource node, long firstId) {
    this.node = node;
    this.nextId = firstId;
  }

  /** What was made so far is not given out any more; the next job has what waits then. */
  void renew() {
    template = Optional.empty();
    jobs.clear();
  }

  Job jobFor(Script payout) {
    if (template.filter(made -> made.parent() == node.tip()).isEmpty()) {
      renew();
      template = Optional.of(node.template(payout));
    }
    return jobs.computeIfAbsent(payout, this::make);
  }

  private Job make(Script payout) {
    BlockTemplate made = template.orElseThrow();
    return new Job(
        Long.toHexString(nextId++),
        made.payout().equals(payout) ? made : made.paying(payout),
        node.minimumTimeSeconds(made.parent()));
  }
}
