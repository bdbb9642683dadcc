package org.farthing.node.mempool;

import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;

/**
 * A waiting transaction with what was found when it was taken in.
 *
 * @param feeSat inputs minus outputs
 * @param sigOpCost signature operations as blocks count them (BIP-0141)
 * @param policyWeight the weight, or more where many signature operations hide in few bytes
 * @param timeMillis when it was taken in, milliseconds since 1970
 * @param height of the tip at that time
 * @param spendsCoinbase one of its inputs has to mature, so that a reorganisation may forbid it
 */
public record MempoolEntry(
    Transaction transaction,
    long feeSat,
    int sigOpCost,
    int policyWeight,
    long timeMillis,
    int height,
    boolean spendsCoinbase) {

  /** Objects and references around one transaction, its input and its output in the heap. */
  private static final int ENTRY_OVERHEAD = 900;

  private static final int INPUT_OVERHEAD = 320;
  private static final int OUTPUT_OVERHEAD = 90;

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

  public FeePerWeight feePerWeight() {
    return new FeePerWeight(feeSat, policyWeight);
  }

  /** About how many bytes of heap the entry takes with all its indexes. */
  public int usageBytes() {
    return ENTRY_OVERHEAD
        + transaction.totalSize()
        + transaction.inputs().size() * INPUT_OVERHEAD
        + transaction.outputs().size() * OUTPUT_OVERHEAD;
  }
}
