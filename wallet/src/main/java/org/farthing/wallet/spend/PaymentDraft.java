package org.farthing.wallet.spend;

import java.util.random.RandomGenerator;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.selection.FeePair;
import org.farthing.wallet.selection.Fees;
import org.farthing.wallet.selection.SelectionGoal;
import org.farthing.wallet.selection.SelectionGoal.ChangeTerms;

/** What is known of a transaction before its coins are. */
final class PaymentDraft {
  /** Change of fewer satoshis is not aimed at. */
  private static final long CHANGE_LOWER_SAT = 50_000;

  private static final long CHANGE_UPPER_SAT = 1_000_000;

  /** Version, lock time, and what witnesses add, in virtual bytes. */
  private static final int FRAME_SIZE = 9;

  final SendRequest request;
  final long paymentsSat;
  final boolean payeesPayFee;
  final SelectionGoal goal;

  /** Weight units of everything but the inputs and change. */
  final int fixedWeight;

  /**
   * @param coins how many there are
   */
  PaymentDraft(
      SendRequest request, int coins, Change change, BuildRules rules, RandomGenerator random) {
    this.request = request;
    this.paymentsSat = request.payments().stream().mapToLong(Payment::amountSat).sum();
    this.payeesPayFee = request.payments().stream().anyMatch(Payment::paysFee);
    int size =
        FRAME_SIZE
            + CompactSize.sizeOf(coins)
            + CompactSize.sizeOf(request.payments().size())
            + request.payments().stream().mapToInt(payment -> payment.output().encodedSize()).sum();
    this.fixedWeight = 4 * size;
    this.goal =
        new SelectionGoal(
            paymentsSat + (payeesPayFee ? 0 : fee(fixedWeight)),
            payeesPayFee,
            new FeePair(request.feeRateSatPerKvb(), rules.rates().longTerm()),
            changeTerms(change, rules.rates(), random),
            Integer.MAX_VALUE);
  }

  long fee(long weight) {
    return Fees.ofWeight(request.feeRateSatPerKvb(), weight);
  }

  private ChangeTerms changeTerms(Change change, BuildRules.Rates rates, RandomGenerator random) {
    int weight = 4 * new TxOut(0, change.scriptOrUsual()).encodedSize();
    long makingFee = fee(weight);
    long spendingFee = Fees.ofWeight(rates.discard(), change.spendWeight());
    long dust = Fees.dustLimitSat(change.scriptOrUsual(), rates.discard());
    return new ChangeTerms(
        makingFee,
        makingFee + spendingFee,
        Math.max(spendingFee + 1, dust),
        makingFee + aim(random),
        weight);
  }

  /** About as much as is paid, so that nobody can tell change by its amount. */
  private long aim(RandomGenerator random) {
    long average = paymentsSat / request.payments().size();
    if (average <= CHANGE_LOWER_SAT / 2) {
      return CHANGE_LOWER_SAT;
    }
    long upper = Math.min(2 * average, CHANGE_UPPER_SAT);
    return CHANGE_LOWER_SAT + random.nextLong(upper - CHANGE_LOWER_SAT);
  }
}
