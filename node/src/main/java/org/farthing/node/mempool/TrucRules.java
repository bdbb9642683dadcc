package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Transactions of version 3 are few and small while they wait, so that their fees can always be
 * raised (BIP-0431): one parent or one child, never more, of the same version.
 */
final class TrucRules {
  static final int VERSION = 3;
  static final int MAX_VSIZE = 10_000;
  static final int MAX_CHILD_VSIZE = 1_000;

  private TrucRules() {}

  /**
   * @param replaced will wait no longer
   */
  static Optional<MempoolResult> check(
      MempoolEntry entry, PoolIndex pool, Set<MempoolEntry> replaced) {
    List<MempoolEntry> parents = pool.parents(entry);
    boolean truc = isTruc(entry);
    for (MempoolEntry parent : parents) {
      if (isTruc(parent) != truc) {
        return violation(
            "%sversion=3 tx %s cannot spend from %sversion=3 tx %s"
                .formatted(truc ? "" : "non-", ids(entry), truc ? "non-" : "", ids(parent)));
      }
    }
    return truc
        ? size(entry, parents).or(() -> family(entry, parents, pool, replaced))
        : Optional.empty();
  }

  private static Optional<MempoolResult> size(MempoolEntry entry, List<MempoolEntry> parents) {
    int vsize = entry.virtualSize();
    if (vsize > MAX_VSIZE) {
      return violation(
          "version=3 tx %s is too big: %d > %d virtual bytes"
              .formatted(ids(entry), vsize, MAX_VSIZE));
    }
    return !parents.isEmpty() && vsize > MAX_CHILD_VSIZE
        ? violation(
            "version=3 child tx %s is too big: %d > %d virtual bytes"
                .formatted(ids(entry), vsize, MAX_CHILD_VSIZE))
        : Optional.empty();
  }

  private static Optional<MempoolResult> family(
      MempoolEntry entry, List<MempoolEntry> parents, PoolIndex pool, Set<MempoolEntry> replaced) {
    if (parents.isEmpty()) {
      return Optional.empty();
    }
    MempoolEntry parent = parents.get(0);
    if (parents.size() > 1 || !pool.parents(parent).isEmpty()) {
      return violation("tx %s would have too many ancestors".formatted(ids(entry)));
    }
    return replaced.containsAll(pool.children(parent))
        ? Optional.empty()
        : violation("tx %s would exceed descendant count limit".formatted(ids(parent)));
  }

  private static boolean isTruc(MempoolEntry entry) {
    return entry.transaction().version() == VERSION;
  }

  private static String ids(MempoolEntry entry) {
    return entry.txid() + " (wtxid=" + entry.wtxid() + ")";
  }

  private static Optional<MempoolResult> violation(String detail) {
    return Optional.of(MempoolResult.refused(PolicyReason.TRUC_VIOLATION, detail));
  }
}
