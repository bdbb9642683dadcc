package org.farthing.node.mempool;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Amount;

/**
 * What a transaction, or a package, pushes out of the mempool because it spends the same outputs,
 * and whether it may: it pays for all of that and for its own way through the network, and miners
 * are better off with it, however much of the mempool they take.
 */
final class Replacement {
  static final int MAX_CLUSTERS = 100;

  private final List<MempoolEntry> entries;
  private final TxGraph graph;
  private final Set<MempoolEntry> direct;

  /** What is said of the reason where a sibling has to go that spends something else. */
  private final String sibling;

  /** Looked for only when those that are replaced directly are not too many. */
  private Collection<MempoolEntry> all;

  private Replacement(
      List<MempoolEntry> entries, TxGraph graph, Set<MempoolEntry> direct, String sibling) {
    this.entries = entries;
    this.graph = graph;
    this.direct = direct;
    this.sibling = sibling;
  }

  static Replacement of(MempoolEntry entry, TxGraph graph) {
    return of(List.of(entry), graph);
  }

  /**
   * @param entries none of which spends the same as another, parents first
   */
  static Replacement of(List<MempoolEntry> entries, TxGraph graph) {
    Set<MempoolEntry> direct = new LinkedHashSet<>();
    entries.forEach(entry -> direct.addAll(graph.index().rivals(entry.transaction())));
    return new Replacement(entries, graph, direct, "");
  }

  /** With a child of the newcomer's parent, of which there may be one only ({@link TrucRules}). */
  Replacement withSibling(MempoolEntry other) {
    Set<MempoolEntry> more = new LinkedHashSet<>(direct);
    more.add(other);
    return new Replacement(entries, graph, more, " (including sibling eviction)");
  }

  /** Those that spend an output which the newcomers spend too. */
  Set<MempoolEntry> direct() {
    return direct;
  }

  /** With everything that spends from them. */
  Collection<MempoolEntry> all() {
    if (all == null) {
      all = graph.index().withDescendants(direct);
    }
    return all;
  }

  boolean isNone() {
    return direct.isEmpty();
  }

  /** What remains if the newcomers come and what they replace goes. */
  Consequences consequences() {
    return Consequences.of(graph, all(), entries);
  }

  /** Whether the only newcomer may replace what it would. */
  Optional<MempoolResult> check(MempoolOptions options) {
    if (isNone()) {
      return Optional.empty();
    }
    return refused(PolicyReason.TOO_MANY_REPLACEMENTS, tooMany())
        .or(() -> refused(PolicyReason.INSUFFICIENT_FEE, feeTooLow(options.fees().incremental())))
        .or(() -> consequences(options.clusters()))
        .or(this::spendsWhatItReplaces);
  }

  private Optional<MempoolResult> refused(PolicyReason reason, Optional<String> detail) {
    return detail.map(text -> new MempoolResult.Refused(reason, reason.label() + sibling, text));
  }

  /** The one that gives its name to the change. */
  private MempoolEntry last() {
    return entries.get(entries.size() - 1);
  }

  private Optional<MempoolResult> spendsWhatItReplaces() {
    return graph.index().withAncestors(last()).stream()
        .filter(direct::contains)
        .findFirst()
        .map(
            ancestor ->
                MempoolResult.refused(
                    PolicyReason.SPENDS_CONFLICTING,
                    "%s spends conflicting transaction %s"
                        .formatted(last().txid(), ancestor.txid())));
  }

  /** Why, if it would push transactions out of too many clusters. */
  Optional<String> tooMany() {
    int clusters = graph.clustersOf(direct).size();
    return clusters > MAX_CLUSTERS
        ? Optional.of(
            "rejecting replacement %s; too many conflicting clusters (%d > %d)"
                .formatted(last().txid(), clusters, MAX_CLUSTERS))
        : Optional.empty();
  }

  /** Why, if all newcomers together pay too little. */
  Optional<String> feeTooLow(FeeRate incremental) {
    long replacedSat = MempoolEntry.modifiedFeesSat(all());
    long feeSat = MempoolEntry.modifiedFeesSat(entries);
    if (feeSat < replacedSat) {
      return insufficient("less fees than conflicting txs; %s < %s", feeSat, replacedSat);
    }
    long additionalSat = MempoolEntry.Fees.add(feeSat, -replacedSat);
    long relaySat = incremental.feeFor(MempoolEntry.virtualSize(entries));
    return additionalSat < relaySat
        ? insufficient("not enough additional fees to relay; %s < %s", additionalSat, relaySat)
        : Optional.empty();
  }

  private Optional<String> insufficient(String why, long oneSat, long otherSat) {
    return Optional.of(
        "rejecting replacement %s, ".formatted(last().txid())
            + why.formatted(Amount.shortest(oneSat), Amount.shortest(otherSat)));
  }

  private Optional<MempoolResult> consequences(MempoolOptions.ClusterLimits limits) {
    Consequences consequences = consequences();
    if (consequences.exceed(limits)) {
      return Optional.of(MempoolResult.refused(PolicyReason.TOO_LARGE_CLUSTER));
    }
    return consequences.areBetterForMiners()
        ? Optional.empty()
        : Optional.of(
            MempoolResult.refused(PolicyReason.REPLACEMENT_FAILED, PackageReplacement.NO_BETTER));
  }
}
