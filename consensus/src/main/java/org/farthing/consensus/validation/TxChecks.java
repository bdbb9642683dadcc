package org.farthing.consensus.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.LockTime;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;

/** The rules for single transactions, scripts apart. Blocks and the mempool use the same. */
public final class TxChecks {
  /** The least and the greatest length of a coinbase's script, in bytes. */
  private static final int MIN_COINBASE_SCRIPT = 2;

  private static final int MAX_COINBASE_SCRIPT = 100;

  private TxChecks() {}

  /** What can be said of a transaction alone: structure, size, money, inputs named twice. */
  public static Verdict inIsolation(Transaction tx) {
    if (tx.inputs().isEmpty()) {
      return Verdict.rejected(RejectReason.BAD_TXNS_VIN_EMPTY);
    }
    if (tx.outputs().isEmpty()) {
      return Verdict.rejected(RejectReason.BAD_TXNS_VOUT_EMPTY);
    }
    // The witness is not counted: it may have been changed by anybody on the way.
    if ((long) tx.baseSize() * Transaction.WITNESS_SCALE_FACTOR > BlockChecks.MAX_WEIGHT) {
      return Verdict.rejected(RejectReason.BAD_TXNS_OVERSIZE);
    }
    Verdict money = outputsAreMoney(tx);
    return money.isAccepted() ? inputsInIsolation(tx) : money;
  }

  /** Negative and overflowing amounts (CVE-2010-5139). */
  private static Verdict outputsAreMoney(Transaction tx) {
    long total = 0;
    for (TxOut output : tx.outputs()) {
      if (output.valueSat() < 0) {
        return Verdict.rejected(RejectReason.BAD_TXNS_VOUT_NEGATIVE);
      }
      if (output.valueSat() > Amount.MAX_MONEY) {
        return Verdict.rejected(RejectReason.BAD_TXNS_VOUT_TOOLARGE);
      }
      total += output.valueSat();
      if (!Amount.isInRange(total)) {
        return Verdict.rejected(RejectReason.BAD_TXNS_TXOUTTOTAL_TOOLARGE);
      }
    }
    return Verdict.accepted();
  }

  private static Verdict inputsInIsolation(Transaction tx) {
    if (tx.isCoinbase()) {
      int length = tx.inputs().get(0).scriptSig().size();
      return length < MIN_COINBASE_SCRIPT || length > MAX_COINBASE_SCRIPT
          ? Verdict.rejected(RejectReason.BAD_CB_LENGTH)
          : Verdict.accepted();
    }
    // A single input that names nothing makes a coinbase.
    return tx.inputs().size() == 1 ? Verdict.accepted() : severalInputs(tx.inputs());
  }

  private static Verdict severalInputs(List<TxIn> inputs) {
    // One input twice would print money (CVE-2018-17144).
    Set<OutPoint> named = new HashSet<>();
    for (TxIn input : inputs) {
      if (!named.add(input.outPoint())) {
        return Verdict.rejected(RejectReason.BAD_TXNS_INPUTS_DUPLICATE);
      }
    }
    return named.contains(OutPoint.NULL)
        ? Verdict.rejected(RejectReason.BAD_TXNS_PREVOUT_NULL)
        : Verdict.accepted();
  }

  /**
   * The absolute lock time.
   *
   * @param height of the block that contains the transaction, or of the next one
   * @param cutoffSeconds the time that lock times must be before, in seconds since 1970: the median
   *     time past of the block's parent (BIP-0113)
   */
  public static Verdict inHeaderContext(Transaction tx, int height, long cutoffSeconds) {
    long lockTime = Integer.toUnsignedLong(tx.lockTime());
    long reached = LockTime.isHeight(tx.lockTime()) ? height : cutoffSeconds;
    if (lockTime == 0 || lockTime < reached) {
      return Verdict.accepted();
    }
    boolean ignored = tx.inputs().stream().allMatch(input -> input.sequence() == Sequence.FINAL);
    return ignored
        ? Verdict.accepted()
        : Verdict.rejected(RejectReason.BAD_TXNS_NONFINAL, "non-final transaction");
  }

  /**
   * Maturity and money, given the outputs that a transaction (no coinbase) spends. The transaction
   * has passed {@link #inIsolation}; that the outputs are unspent is what the caller found when it
   * looked them up.
   *
   * @param spent the outputs that the inputs spend, in their order
   * @param height of the block that contains the transaction, or of the next one
   */
  public static Verdict inUtxoContext(
      Transaction tx, List<? extends SpentOutput> spent, int height, ConsensusParams params) {
    long totalIn = 0;
    for (SpentOutput coin : spent) {
      int depth = height - coin.height();
      if (coin.coinbase() && depth < params.coinbaseMaturity()) {
        return Verdict.rejected(
            RejectReason.BAD_TXNS_PREMATURE_SPEND_OF_COINBASE,
            "tried to spend coinbase at depth " + depth);
      }
      long value = coin.output().valueSat();
      totalIn += value;
      if (!Amount.isInRange(value) || !Amount.isInRange(totalIn)) {
        return Verdict.rejected(RejectReason.BAD_TXNS_INPUTVALUES_OUTOFRANGE);
      }
    }
    long totalOut = valueOut(tx);
    return totalIn < totalOut
        ? Verdict.rejected(
            RejectReason.BAD_TXNS_IN_BELOWOUT,
            "value in (%s) < value out (%s)"
                .formatted(Amount.format(totalIn), Amount.format(totalOut)))
        : Verdict.accepted();
  }

  /** The sum of the outputs in satoshis, of a transaction that passed {@link #inIsolation}. */
  public static long valueOut(Transaction tx) {
    long total = 0;
    for (TxOut output : tx.outputs()) {
      total += output.valueSat();
    }
    return total;
  }

  /** The fee in satoshis of a transaction that passed {@link #inUtxoContext} with these outputs. */
  public static long fee(Transaction tx, List<? extends SpentOutput> spent) {
    long total = 0;
    for (SpentOutput coin : spent) {
      total += coin.output().valueSat();
    }
    return total - valueOut(tx);
  }
}
