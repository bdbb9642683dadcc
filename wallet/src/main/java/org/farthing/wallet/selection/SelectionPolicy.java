package org.farthing.wallet.selection;

/**
 * What may be spent, and how.
 *
 * @param grouped whether coins of one script are spent together, so that a payment shows no more of
 *     what belongs together than it must
 * @param unsafe also unconfirmed coins from others
 * @param unconfirmedChange also unconfirmed change
 * @param rejectLongChains never what hangs together with more transactions than mempools take
 * @param maxAncestors that a transaction may have in mempools, itself included
 * @param maxCluster as many transactions may hang together
 */
public record SelectionPolicy(
    boolean grouped,
    boolean unsafe,
    boolean unconfirmedChange,
    boolean rejectLongChains,
    int maxAncestors,
    int maxCluster) {
  public SelectionPolicy withGrouped(boolean wanted) {
    return new SelectionPolicy(
        wanted, unsafe, unconfirmedChange, rejectLongChains, maxAncestors, maxCluster);
  }
}
