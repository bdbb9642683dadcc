package org.farthing.node.mempool;

import java.util.Collection;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;

/**
 * A waiting transaction with what was found when it was taken in.
 *
 * @param fees what it pays, and what it counts for
 * @param sigOpCost signature operations as blocks count them (BIP-0141)
 * @param policyWeight the weight, or more where many signature operations hide in few bytes
 * @param timeMillis when it was taken in, milliseconds since 1970
 * @param height of the tip at that time
 * @param spendsCoinbase one of its inputs has to mature, so that a reorganisation may forbid it
 */
public record MempoolEntry(
    Transaction transaction,
    Fees fees,
    int sigOpCost,
    int policyWeight,
    long timeMillis,
    int height,
    boolean spendsCoinbase) {

  /** Objects and references around one transaction, its input and its output in the heap. */
  private static final int ENTRY_OVERHEAD = 900;

  private static final int INPUT_OVERHEAD = 320;
  private static final int OUTPUT_OVERHEAD = 90;

  /**
   * @param paidSat inputs minus outputs
   * @param deltaSat what the operator adds to that where transactions are weighed up
   */
  public record Fees(long paidSat, long deltaSat) {
    /**
     * More than there are coins. Within it the fees of a whole cluster can be added and multiplied
     * by their weights.
     */
    private static final long MAX_COUNTED_SAT = 1L << 51;

    /** Both together. */
    long modifiedSat() {
      return add(paidSat, deltaSat);
    }

    private long countedSat() {
      return Math.max(-MAX_COUNTED_SAT, Math.min(modifiedSat(), MAX_COUNTED_SAT));
    }

    /** The sum, or the number next to it that there is. */
    static long add(long one, long other) {
      long sum = one + other;
      boolean overflowed = ((one ^ sum) & (other ^ sum)) < 0;
      return overflowed ? (one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
  }

  /** Inputs minus outputs. */
  public long feeSat() {
    return fees.paidSat();
  }

  /** The fee with what the operator adds to it. */
  public long modifiedFeeSat() {
    return fees.modifiedSat();
  }

  /** Of all entries together. */
  public static long modifiedFeesSat(Collection<MempoolEntry> entries) {
    return entries.stream().mapToLong(MempoolEntry::modifiedFeeSat).reduce(0, Fees::add);
  }

  /** Of all entries together, each rounded up. */
  static long virtualSize(Collection<MempoolEntry> entries) {
    return entries.stream().mapToLong(MempoolEntry::virtualSize).sum();
  }

  /** What all entries together pay, with what the operator adds, for their size. */
  static FeeRate modifiedRate(Collection<MempoolEntry> entries) {
    return FeeRate.of(modifiedFeesSat(entries), virtualSize(entries));
  }

  /** The same entry with another addition of the operator's. */
  MempoolEntry withDelta(long deltaSat) {
    return new MempoolEntry(
        transaction,
        new Fees(fees.paidSat(), deltaSat),
        sigOpCost,
        policyWeight,
        timeMillis,
        height,
        spendsCoinbase);
  }

  /** Of the transaction alone: one mempool has no two entries of it. */
  @Override
  public int hashCode() {
    return transaction.hashCode();
  }

  public Txid txid() {
    return transaction.txid();
  }

  public Wtxid wtxid() {
    return transaction.wtxid();
  }

  /** The policy weight divided by four, rounded up: what fees are counted by. */
  public int virtualSize() {
    return (policyWeight + Transaction.WITNESS_SCALE_FACTOR - 1) / Transaction.WITNESS_SCALE_FACTOR;
  }

  /** What it counts for where transactions are weighed up: with what the operator adds. */
  public FeePerWeight feePerWeight() {
    return new FeePerWeight(fees.countedSat(), policyWeight);
  }

  /** About how many bytes of heap the entry takes with all its indexes. */
  public int usageBytes() {
    return usageBytes(transaction);
  }

  /** The same of an entry with this transaction. */
  static int usageBytes(Transaction transaction) {
    return ENTRY_OVERHEAD
        + transaction.totalSize()
        + transaction.inputs().size() * INPUT_OVERHEAD
        + transaction.outputs().size() * OUTPUT_OVERHEAD;
  }
}
