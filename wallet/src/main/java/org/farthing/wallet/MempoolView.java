package org.farthing.wallet;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.selection.Fees;
import org.farthing.wallet.selection.SpendableCoin.Ancestry;

/**
 * What a wallet sees of transactions that wait, when it makes others. Rates are satoshis for each
 * thousand virtual bytes.
 */
public interface MempoolView {
  /** Of those who have no mempool: nothing is known to wait. */
  MempoolView NONE = new MempoolView() {};

  /**
   * What mempools take.
   *
   * @param ancestors of a transaction, itself included
   * @param descendants of a transaction, itself included
   * @param dustRate outputs that cost more to spend at this rate than they are worth are refused
   */
  record Limits(int ancestors, int descendants, long dustRate) {
    /** Those of nodes that know no clusters yet. */
    public static final Limits USUAL = new Limits(25, 25, Fees.DUST_RATE_SAT_PER_KVB);
  }

  default Limits limits() {
    return Limits.USUAL;
  }

  /** What hangs together with a transaction, if it waits. */
  default Ancestry ancestry(Txid txid) {
    return Ancestry.CONFIRMED;
  }

  /** Whether a waiting transaction spends an output of this one. */
  default boolean hasChild(Txid txid) {
    return false;
  }

  /**
   * For each of the coins, what a transaction that spends it must pay on top of its own fee so that
   * it and all ancestors that pay less come to this rate, in satoshis; 0 if it does not wait.
   */
  default Map<OutPoint, Long> bumpFees(Collection<OutPoint> coins, long rate) {
    return coins.stream().distinct().collect(Collectors.toMap(Function.identity(), coin -> 0L));
  }

  /** The same for one transaction that spends all of the coins. */
  default long combinedBumpFee(Collection<OutPoint> coins, long rate) {
    return 0;
  }

  /** Whether the mempool could take it without too many transactions hanging together. */
  default boolean hasRoomFor(Transaction transaction) {
    return true;
  }

  /** An output of the chain or of a waiting transaction that nothing in the chain has spent. */
  default Optional<TxOut> output(OutPoint outPoint) {
    return Optional.empty();
  }

  /** The rate at which transactions are confirmed that have all the time in the world. */
  default Optional<Long> patientRate() {
    return Optional.empty();
  }
}
