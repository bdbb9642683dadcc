package org.farthing.wallet.selection;

import java.util.ArrayList;
import java.util.List;

/**
 * Which groups of coins may be spent in one attempt.
 *
 * @param ownConfirmations of the wallet's own change, at least
 * @param othersConfirmations of what others paid, at least
 * @param ancestors at most so many
 * @param cluster at most so many in a cluster
 * @param partial also some of the coins of a script while others of it stay behind
 * @param mixed whether kinds of addresses may be mixed where no kind suffices alone
 */
record Eligibility(
    int ownConfirmations,
    int othersConfirmations,
    int ancestors,
    int cluster,
    boolean partial,
    boolean mixed) {
  private static final int SAFE_DEPTH = 6;
  private static final int FEW = 4;

  boolean accepts(CoinGroup group) {
    return group.confirmations() >= (group.isOwn() ? ownConfirmations : othersConfirmations)
        && group.ancestors() <= ancestors
        && group.cluster() <= cluster;
  }

  boolean isUnconfirmed() {
    return ownConfirmations == 0 || othersConfirmations == 0;
  }

  /** From the safest coins to all that may be spent; each attempt is made if those before fail. */
  static List<Eligibility> attempts(SelectionPolicy policy) {
    int ancestors = policy.maxAncestors();
    int cluster = policy.maxCluster();
    List<Eligibility> all = new ArrayList<>();
    all.add(new Eligibility(1, SAFE_DEPTH, 0, 0, false, false));
    all.add(new Eligibility(1, 1, 0, 0, false, true));
    if (!policy.unconfirmedChange()) {
      return all;
    }
    all.add(new Eligibility(0, 1, 2, 2, false, true));
    all.add(
        new Eligibility(
            0, 1, Math.min(FEW, ancestors / 3), Math.min(FEW, cluster / 3), false, true));
    all.add(new Eligibility(0, 1, ancestors / 2, cluster / 2, false, true));
    all.add(new Eligibility(0, 1, ancestors - 1, cluster - 1, true, true));
    if (policy.unsafe()) {
      all.add(new Eligibility(0, 0, ancestors - 1, cluster - 1, true, true));
    }
    if (!policy.rejectLongChains()) {
      all.add(new Eligibility(0, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, true, true));
    }
    return all;
  }
}
