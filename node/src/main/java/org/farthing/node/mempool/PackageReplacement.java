package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.PackageResult.Fault;

/**
 * Whether a package may replace what waits: only a parent with its child may, without waiting
 * ancestors; both pay together, and the child pays for its parent.
 */
final class PackageReplacement {
  static final String NO_BETTER = "insufficient feerate: does not improve feerate diagram";
  private static final String FAILED = "package RBF failed: ";

  private final List<MempoolEntry> entries;
  private final TxGraph graph;
  private final MempoolOptions options;

  PackageReplacement(List<MempoolEntry> entries, TxGraph graph, MempoolOptions options) {
    this.entries = entries;
    this.graph = graph;
    this.options = options;
  }

  Optional<Fault> check(Replacement replacement) {
    return formAllows()
        .or(() -> replacement.tooMany().map(why -> fault("too many potential replacements", why)))
        .or(
            () ->
                replacement
                    .feeTooLow(options.fees().incremental())
                    .map(why -> fault("insufficient anti-DoS fees", why)))
        .or(this::childPays)
        .or(() -> consequences(replacement.consequences()));
  }

  private static Fault fault(String what, String why) {
    return new Fault(FAILED + what, why);
  }

  private Optional<Fault> formAllows() {
    if (entries.size() != 2) {
      return Optional.of(fault("package must be 1-parent-1-child", ""));
    }
    boolean hasAncestors =
        entries.stream().anyMatch(entry -> !graph.index().parents(entry).isEmpty());
    return hasAncestors
        ? Optional.of(fault("new transaction cannot have mempool ancestors", ""))
        : Optional.empty();
  }

  private Optional<Fault> childPays() {
    List<MempoolEntry> parent = entries.subList(0, 1);
    return ratio(entries).compareTo(ratio(parent)) <= 0
        ? Optional.of(
            fault(
                "package feerate is less than or equal to parent feerate",
                "package feerate %s <= parent feerate is %s"
                    .formatted(rate(entries), rate(parent))))
        : Optional.empty();
  }

  /** Exactly, but of sizes in whole virtual bytes. */
  private static FeePerWeight ratio(List<MempoolEntry> some) {
    return new FeePerWeight(
        MempoolEntry.modifiedFeesSat(some),
        MempoolEntry.virtualSize(some) * Transaction.WITNESS_SCALE_FACTOR);
  }

  private static String rate(List<MempoolEntry> some) {
    return Amount.format(MempoolEntry.modifiedRate(some).satPerKvb()) + " BTC/kvB";
  }

  private Optional<Fault> consequences(Consequences consequences) {
    if (consequences.exceed(options.clusters())) {
      return Optional.of(new Fault(PolicyReason.TOO_LARGE_CLUSTER.label(), ""));
    }
    return consequences.areBetterForMiners() ? Optional.empty() : Optional.of(fault(NO_BETTER, ""));
  }
}
