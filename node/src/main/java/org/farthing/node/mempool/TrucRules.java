package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Transactions of version 3 are few and small while they wait, so that their fees can always be
 * raised (BIP-0431): one parent or one child, never more, of the same version. A second child may
 * push out the first if it pays as for replacing it.
 */
final class TrucRules {
  static final int VERSION = 3;
  static final int MAX_VSIZE = 10_000;
  static final int MAX_CHILD_VSIZE = 1_000;

  private TrucRules() {}

  /**
   * What is wrong.
   *
   * @param detail in Bitcoin Core's words
   * @param sibling the parent's only other child, if all would be well without it
   */
  record Violation(String detail, Optional<MempoolEntry> sibling) {
    MempoolResult result() {
      return MempoolResult.refused(PolicyReason.TRUC_VIOLATION, detail);
    }
  }

  /**
   * Whether an entry may come to what waits.
   *
   * @param replaced will wait no longer
   */
  static Optional<Violation> check(MempoolEntry entry, PoolIndex pool, Set<MempoolEntry> replaced) {
    List<MempoolEntry> parents = pool.parents(entry);
    return version(entry, parents)
        .or(
            () ->
                isTruc(entry)
                    ? family(entry, parents, pool).or(() -> descendants(parents, pool, replaced))
                    : Optional.empty());
  }

  /**
   * The same of one of several that come together.
   *
   * @param pool what waits, with those of the others that come before it
   */
  static Optional<Violation> checkTogether(MempoolEntry entry, PoolIndex pool) {
    List<MempoolEntry> parents = pool.parents(entry);
    return isTruc(entry)
        ? family(entry, parents, pool)
            .or(() -> version(entry, parents))
            .or(() -> descendants(parents, pool, Set.of()))
        : version(entry, parents);
  }

  private static Optional<Violation> version(MempoolEntry entry, List<MempoolEntry> parents) {
    boolean truc = isTruc(entry);
    return parents.stream()
        .filter(parent -> isTruc(parent) != truc)
        .findFirst()
        .flatMap(
            parent ->
                violation(
                    "%sversion=3 tx %s cannot spend from %sversion=3 tx %s"
                        .formatted(
                            truc ? "" : "non-", ids(entry), truc ? "non-" : "", ids(parent))));
  }

  /** The transaction itself, and what it spends. */
  private static Optional<Violation> family(
      MempoolEntry entry, List<MempoolEntry> parents, PoolIndex pool) {
    int vsize = entry.virtualSize();
    if (vsize > MAX_VSIZE) {
      return violation(
          "version=3 tx %s is too big: %d > %d virtual bytes"
              .formatted(ids(entry), vsize, MAX_VSIZE));
    }
    if (parents.isEmpty()) {
      return Optional.empty();
    }
    if (parents.size() > 1 || !pool.parents(parents.get(0)).isEmpty()) {
      return violation("tx %s would have too many ancestors".formatted(ids(entry)));
    }
    return vsize > MAX_CHILD_VSIZE
        ? violation(
            "version=3 child tx %s is too big: %d > %d virtual bytes"
                .formatted(ids(entry), vsize, MAX_CHILD_VSIZE))
        : Optional.empty();
  }

  /** Only a reorganisation leaves a parent with more than one child, or a child with its own. */
  private static Optional<Violation> descendants(
      List<MempoolEntry> parents, PoolIndex pool, Set<MempoolEntry> replaced) {
    if (parents.isEmpty()) {
      return Optional.empty();
    }
    MempoolEntry parent = parents.get(0);
    List<MempoolEntry> others =
        pool.withDescendants(List.of(parent)).stream()
            .filter(each -> !each.txid().equals(parent.txid()))
            .toList();
    if (others.isEmpty() || others.stream().anyMatch(replaced::contains)) {
      return Optional.empty();
    }
    boolean alone = others.size() == 1 && pool.withAncestors(others.get(0)).size() == 2;
    return Optional.of(
        new Violation(
            "tx %s would exceed descendant count limit".formatted(ids(parent)),
            alone ? Optional.of(others.get(0)) : Optional.empty()));
  }

  private static boolean isTruc(MempoolEntry entry) {
    return entry.transaction().version() == VERSION;
  }

  private static String ids(MempoolEntry entry) {
    return entry.txid() + " (wtxid=" + entry.wtxid() + ")";
  }

  private static Optional<Violation> violation(String detail) {
    return Optional.of(new Violation(detail, Optional.empty()));
  }
}
