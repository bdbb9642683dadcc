package org.farthing.node.mempool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.Wtxid;

/**
 * What the mempool says of transactions that were offered together.
 *
 * @param fault why not all of them wait now
 * @param outcomes what became of each, in the order in which they were offered; empty if nothing
 *     was looked at because they make no package
 */
public record PackageResult(Optional<Fault> fault, Map<Wtxid, Outcome> outcomes) {
  /** One of the transactions is to blame; which one, and why, stands with the outcomes. */
  static final Fault TRANSACTION_FAILED = new Fault("transaction failed", "");

  public PackageResult {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
  }

  static PackageResult of(Fault fault) {
    return new PackageResult(Optional.of(fault), Map.of());
  }

  /** All wait, from now on or before. */
  public boolean isAccepted() {
    return fault.isEmpty();
  }

  /**
   * @param reason in Bitcoin Core's words
   * @param detail may be empty
   */
  public record Fault(String reason, String detail) {
    @Override
    public String toString() {
      return detail.isEmpty() ? reason : reason + ", " + detail;
    }
  }

  /** What became of one transaction. */
  public sealed interface Outcome {
    /** It waits, or one that differs in its witness only. */
    sealed interface InPool extends Outcome {
      MempoolEntry entry();
    }

    /**
     * It waits from now on.
     *
     * @param rate at which it was let in
     * @param countedWith the transactions whose fees and sizes make this rate
     * @param replaced what had to go for it
     */
    record Accepted(
        MempoolEntry entry, FeeRate rate, List<Wtxid> countedWith, List<MempoolEntry> replaced)
        implements InPool {
      public Accepted {
        countedWith = List.copyOf(countedWith);
        replaced = List.copyOf(replaced);
      }
    }

    /** It waited before. */
    record Waits(MempoolEntry entry) implements InPool {}

    /** It waits with another witness, so that this one was ignored. */
    record WaitsOtherwise(MempoolEntry entry) implements InPool {}

    /** It does not wait. */
    record Failed(MempoolResult result) implements Outcome {}
  }
}
