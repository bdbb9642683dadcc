package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Txid;

/** The fee deltas of transactions. Immutable: every change makes another object. */
record Priorities(HashTrie<Txid, FeeDelta> deltas) {
  static final Priorities NONE = new Priorities(HashTrie.byTxid());

  /** Satoshis; zero for those that nobody prefers. */
  long deltaSat(Txid txid) {
    return deltas.get(txid).map(FeeDelta::deltaSat).orElse(0L);
  }

  Optional<FeeDelta> get(Txid txid) {
    return deltas.get(txid);
  }

  /** Adds to the delta of a transaction; one that becomes zero is forgotten. */
  Priorities plus(Txid txid, long additionalSat) {
    long deltaSat = MempoolEntry.Fees.add(deltaSat(txid), additionalSat);
    return deltaSat == 0
        ? without(txid)
        : new Priorities(deltas.with(txid, new FeeDelta(txid, deltaSat)));
  }

  Priorities without(Txid txid) {
    return deltas.contains(txid) ? new Priorities(deltas.without(txid)) : this;
  }

  List<FeeDelta> all() {
    return deltas.values();
  }
}
