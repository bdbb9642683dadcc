package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Amount;

/**
 * What a transaction pushes out of the mempool because it spends the same outputs, and whether it
 * may: it pays for all of that and for its own way through the network, and miners are better off
 * with it, however much of the mempool they take.
 */
final class Replacement {
  static final int MAX_CLUSTERS = 100;

  private final MempoolEntry entry;
  private final TxGraph graph;
  private final Set<MempoolEntry> direct;
  private final Collection<MempoolEntry> all;

  private Replacement(MempoolEntry entry, TxGraph graph, Set<MempoolEntry> direct) {
    this.entry = entry;
    this.graph = graph;
    this.direct = direct;
    this.all = graph.index().withDescendants(direct);
  }

  static Replacement of(MempoolEntry entry, TxGraph graph) {
    Set<MempoolEntry> direct = new LinkedHashSet<>();
    entry
        .transaction()
        .inputs()
        .forEach(input -> graph.index().spender(input.outPoint()).ifPresent(direct::add));
    return new Replacement(entry, graph, direct);
  }

  /** Those that spend an output which the transaction spends too. */
  Set<MempoolEntry> direct() {
    return direct;
  }

  /** With everything that spends from them. */
  Collection<MempoolEntry> all() {
    return all;
  }

  boolean isNone() {
    return direct.isEmpty();
  }

  Optional<MempoolResult> check(MempoolOptions options) {
    if (isNone()) {
      return Optional.empty();
    }
    return spendsWhatItReplaces()
        .or(this::tooMany)
        .or(() -> feeTooLow(options.fees().incremental()))
        .or(() -> consequences(options.clusters()));
  }

  private Optional<MempoolResult> spendsWhatItReplaces() {
    return graph.index().withAncestors(entry).stream()
        .filter(direct::contains)
        .findFirst()
        .map(
            ancestor ->
                MempoolResult.refused(
                    PolicyReason.SPENDS_CONFLICTING,
                    "%s spends conflicting transaction %s"
                        .formatted(entry.txid(), ancestor.txid())));
  }

  private Optional<MempoolResult> tooMany() {
    int clusters = graph.clustersOf(direct).size();
    return clusters > MAX_CLUSTERS
        ? Optional.of(
            MempoolResult.refused(
                PolicyReason.TOO_MANY_REPLACEMENTS,
                "rejecting replacement %s; too many conflicting clusters (%d > %d)"
                    .formatted(entry.txid(), clusters, MAX_CLUSTERS)))
        : Optional.empty();
  }

  private Optional<MempoolResult> feeTooLow(FeeRate incremental) {
    long replacedSat = MempoolEntry.modifiedFeesSat(all);
    long feeSat = entry.modifiedFeeSat();
    if (feeSat < replacedSat) {
      return insufficient("less fees than conflicting txs; %s < %s", feeSat, replacedSat);
    }
    long additionalSat = MempoolEntry.Fees.add(feeSat, -replacedSat);
    long relaySat = incremental.feeFor(entry.virtualSize());
    return additionalSat < relaySat
        ? insufficient("not enough additional fees to relay; %s < %s", additionalSat, relaySat)
        : Optional.empty();
  }

  private Optional<MempoolResult> insufficient(String why, long oneSat, long otherSat) {
    return Optional.of(
        MempoolResult.refused(
            PolicyReason.INSUFFICIENT_FEE,
            "rejecting replacement %s, ".formatted(entry.txid())
                + why.formatted(Amount.format(oneSat), Amount.format(otherSat))));
  }

  /** What becomes of the clusters that are touched. */
  private Optional<MempoolResult> consequences(MempoolOptions.ClusterLimits limits) {
    Set<Cluster> before = graph.clustersOf(all);
    before.addAll(graph.neighbours(entry));
    List<MempoolEntry> left = new ArrayList<>();
    before.forEach(cluster -> left.addAll(cluster.entries()));
    left.removeAll(all);
    left.add(entry);
    List<Chunk> after = new ArrayList<>();
    for (List<MempoolEntry> component : Linearization.components(left)) {
      long weight = component.stream().mapToLong(MempoolEntry::policyWeight).sum();
      if (component.size() > limits.count() || weight > limits.weight()) {
        return Optional.of(MempoolResult.refused(PolicyReason.TOO_LARGE_CLUSTER));
      }
      after.addAll(Cluster.of(0, component).chunks());
    }
    List<Chunk> now = before.stream().flatMap(cluster -> cluster.chunks().stream()).toList();
    return FeerateDiagram.of(after).isBetterThan(FeerateDiagram.of(now))
        ? Optional.empty()
        : Optional.of(
            MempoolResult.refused(
                PolicyReason.REPLACEMENT_FAILED,
                "insufficient feerate: does not improve feerate diagram"));
  }
}
