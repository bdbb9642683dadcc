package org.farthing.node.coins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;

/** A plain account of a wallet's coins, from the transactions alone. */
final class Ledger {
  /** Virtual bytes of an input that spends P2WPKH. */
  static final long INPUT_SIZE = 68;

  /** What a payment has besides, no change included: a little more than it takes. */
  private static final long FRAME_SIZE = 50;

  private final Map<OutPoint, Coin> coins = new LinkedHashMap<>();
  private long feesSat;
  private long inputs;
  private int changes;
  private int payments;
  private int most;
  private int height = 1;

  /**
   * A coin that is left.
   *
   * @param height of the block that it came in
   * @param own whether it is change
   */
  record Coin(TxOut output, int height, boolean own) {}

  Map<OutPoint, Coin> coins() {
    return coins;
  }

  int height() {
    return height;
  }

  void nextBlock() {
    height++;
  }

  /** Outputs to these scripts are the wallet's, and come in the next block. */
  void receive(Transaction transaction, Set<Script> scripts) {
    for (int i = 0; i < transaction.outputs().size(); i++) {
      TxOut output = transaction.outputs().get(i);
      if (scripts.contains(output.scriptPubKey())) {
        coins.put(transaction.outPoint(i), new Coin(output, height, false));
      }
    }
    most = Math.max(most, coins.size());
  }

  /** Other coins in the place of these, which have the same values. */
  void replace(Transaction transaction, Set<Script> scripts) {
    long before = valueSat();
    coins.clear();
    receive(transaction, scripts);
    assertThat(valueSat()).isEqualTo(before);
  }

  /**
   * A payment: one output to the payee, and at most one that comes back.
   *
   * @param feeSat as the wallet says
   */
  void pay(Transaction transaction, Script payee, long amountSat, long feeSat) {
    long spent = 0;
    for (TxIn input : transaction.inputs()) {
      Coin coin = coins.remove(input.outPoint());
      assertThat(coin).as("a coin of the wallet's that is not spent yet").isNotNull();
      spent += coin.output().valueSat();
    }
    long paid = 0;
    long back = 0;
    for (int i = 0; i < transaction.outputs().size(); i++) {
      TxOut output = transaction.outputs().get(i);
      if (output.scriptPubKey().equals(payee)) {
        paid += output.valueSat();
      } else {
        back += output.valueSat();
        coins.put(transaction.outPoint(i), new Coin(output, height, true));
        changes++;
      }
    }
    assertThat(paid).isEqualTo(amountSat);
    assertThat(transaction.outputs()).hasSizeBetween(1, 2);
    assertThat(spent - paid - back).as("the fee").isEqualTo(feeSat);
    feesSat += feeSat;
    inputs += transaction.inputs().size();
    payments++;
    most = Math.max(most, coins.size());
  }

  /** What can be paid at a rate in satoshis for each virtual byte; negative if nothing can. */
  long affordableSat(long rate) {
    long useful =
        coins.values().stream()
            .mapToLong(coin -> Math.max(0, coin.output().valueSat() - rate * INPUT_SIZE))
            .sum();
    return useful - rate * FRAME_SIZE;
  }

  long valueSat() {
    return coins.values().stream().mapToLong(coin -> coin.output().valueSat()).sum();
  }

  long feesSat() {
    return feesSat;
  }

  /** Inputs of all payments. */
  long inputs() {
    return inputs;
  }

  /** Payments with change. */
  int changes() {
    return changes;
  }

  int payments() {
    return payments;
  }

  /** The most coins that there ever were. */
  int most() {
    return most;
  }
}
