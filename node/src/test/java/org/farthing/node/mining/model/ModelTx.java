package org.farthing.node.mining.model;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;

/**
 * A transaction as the model knows it.
 *
 * @param feeSat inputs minus outputs
 * @param deltaSat what the operator adds to that
 * @param timeMillis when it began to wait
 * @param parents whatever it spends from, waiting or not
 */
record ModelTx(
    Transaction transaction, long feeSat, long deltaSat, long timeMillis, Set<Txid> parents) {
  static ModelTx of(Transaction transaction, long feeSat, long deltaSat, long timeMillis) {
    Set<Txid> parents =
        transaction.inputs().stream()
            .map(input -> input.outPoint().txid())
            .collect(Collectors.toSet());
    return new ModelTx(transaction, feeSat, deltaSat, timeMillis, parents);
  }

  Txid txid() {
    return transaction.txid();
  }

  long countedSat() {
    return feeSat + deltaSat;
  }

  int weight() {
    return transaction.weight();
  }

  long virtualSize() {
    return (weight() + 3L) / 4;
  }

  List<OutPoint> spends() {
    return transaction.inputs().stream().map(TxIn::outPoint).toList();
  }

  ModelTx withDelta(long sat) {
    return new ModelTx(transaction, feeSat, sat, timeMillis, parents);
  }

  @Override
  public int hashCode() {
    return txid().hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelTx tx
        && tx.txid().equals(txid())
        && tx.deltaSat == deltaSat
        && tx.timeMillis == timeMillis;
  }

  static long countedSat(Collection<ModelTx> some) {
    return some.stream().mapToLong(ModelTx::countedSat).sum();
  }

  static long weight(Collection<ModelTx> some) {
    return some.stream().mapToLong(ModelTx::weight).sum();
  }

  static long virtualSize(Collection<ModelTx> some) {
    return some.stream().mapToLong(ModelTx::virtualSize).sum();
  }
}
