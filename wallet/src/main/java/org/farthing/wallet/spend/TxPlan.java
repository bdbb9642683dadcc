package org.farthing.wallet.spend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.descriptor.InputSize;
import org.farthing.wallet.selection.SpendableCoin;

/**
 * A transaction that waits for its signatures, and what its owner wants to know before.
 *
 * @param unsigned with empty scriptSigs and witnesses
 * @param coins what the inputs spend, in their order
 * @param changeIndex the output that comes back, if there is one
 * @param alternatives what was compared before it was chosen, if anything was
 */
public record TxPlan(
    Transaction unsigned,
    List<SpendableCoin> coins,
    long feeSat,
    OptionalInt changeIndex,
    Optional<Alternatives> alternatives) {
  /**
   * The fees of spending coins apart from each other, and those of one address together.
   *
   * @param grouped whether the latter was chosen
   */
  public record Alternatives(long apartSat, long groupedSat, boolean grouped) {}

  /** Marker and flag of a transaction with witnesses. */
  private static final int WITNESS_MARK = 2;

  public TxPlan(
      Transaction unsigned, List<SpendableCoin> coins, long feeSat, OptionalInt changeIndex) {
    this(unsigned, coins, feeSat, changeIndex, Optional.empty());
  }

  public TxPlan {
    coins = List.copyOf(coins);
  }

  /**
   * The same plan for a transaction with other lock time, version and sequence numbers.
   *
   * @param sequences of some of the inputs; the others keep theirs
   */
  public TxPlan framed(int version, int lockTime, Map<OutPoint, Integer> sequences) {
    List<TxIn> inputs =
        unsigned.inputs().stream()
            .map(
                input ->
                    new TxIn(
                        input.outPoint(),
                        Script.EMPTY,
                        sequences.getOrDefault(input.outPoint(), input.sequence())))
            .toList();
    return new TxPlan(
        new Transaction(version, inputs, unsigned.outputs(), lockTime),
        coins,
        feeSat,
        changeIndex,
        alternatives);
  }

  TxPlan with(Alternatives compared) {
    return new TxPlan(unsigned, coins, feeSat, changeIndex, Optional.of(compared));
  }

  /** What the inputs spend, in their order. */
  public List<TxOut> spent() {
    return coins.stream().map(SpendableCoin::output).toList();
  }

  /** The scripts of what the inputs spend, in their order. */
  public List<Script> spentScripts() {
    return coins.stream().map(coin -> coin.output().scriptPubKey()).toList();
  }

  /** The most weight units that the signed transaction has, where all coins' sizes are known. */
  public long maxWeight() {
    List<InputSize> sizes = coins.stream().flatMap(coin -> coin.size().stream()).toList();
    boolean witnesses = sizes.stream().anyMatch(InputSize::segwit);
    long inputs =
        sizes.stream().mapToLong(size -> witnesses ? size.weight() : size.bareWeight()).sum();
    Transaction bare =
        new Transaction(unsigned.version(), List.of(), unsigned.outputs(), unsigned.lockTime());
    int count = CompactSize.sizeOf(coins.size()) - CompactSize.sizeOf(0);
    return 4L * (bare.baseSize() + count) + (witnesses ? WITNESS_MARK : 0) + inputs;
  }

  /** Satoshis that come back. */
  public long changeSat() {
    return changeIndex.isPresent() ? unsigned.outputs().get(changeIndex.getAsInt()).valueSat() : 0;
  }

  /** Satoshis that go to the payees. */
  public long paidSat() {
    return unsigned.outputs().stream().mapToLong(TxOut::valueSat).sum() - changeSat();
  }
}
