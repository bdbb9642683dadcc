package org.farthing.consensus.fullblock;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.BlockDraft;

/** A transaction in the making: version 2, not locked, and nothing checked. */
final class Tx {
  /** What outputs are worth where that does not matter. */
  static final long SAT = 100_000;

  private final List<TxIn> inputs = new ArrayList<>();
  private final List<TxOut> outputs = new ArrayList<>();
  private int version = 2;
  private int lockTime;

  private Tx() {}

  /** Spends outputs that ask for nothing. */
  static Tx spending(OutPoint... coins) {
    Tx tx = new Tx();
    for (OutPoint coin : coins) {
      tx.input(coin, Script.EMPTY);
    }
    return tx;
  }

  /** Spends one output with a script. */
  static Tx spending(OutPoint coin, Script scriptSig) {
    return new Tx().input(coin, scriptSig);
  }

  /** One more input, open to lock times and without a relative one. */
  Tx input(OutPoint coin, Script scriptSig) {
    inputs.add(new TxIn(coin, scriptSig, Sequence.MAX_NON_FINAL));
    return this;
  }

  /** The sequence of the last input. */
  Tx sequence(int sequence) {
    TxIn input = inputs.remove(inputs.size() - 1);
    inputs.add(new TxIn(input.outPoint(), input.scriptSig(), sequence, input.witness()));
    return this;
  }

  /** The witness of the last input. */
  Tx witness(byte[]... items) {
    TxIn input = inputs.remove(inputs.size() - 1);
    inputs.add(input.withWitness(Witness.of(items)));
    return this;
  }

  Tx output(long valueSat, Script script) {
    outputs.add(new TxOut(valueSat, script));
    return this;
  }

  /** An output for anyone. */
  Tx output(long valueSat) {
    return output(valueSat, BlockDraft.ANYONE);
  }

  Tx outputs(TxOut... more) {
    outputs.addAll(List.of(more));
    return this;
  }

  Tx version(int replacement) {
    version = replacement;
    return this;
  }

  Tx lockTime(long replacement) {
    lockTime = (int) replacement;
    return this;
  }

  Transaction build() {
    return new Transaction(version, inputs, outputs, lockTime);
  }

  /** The same transaction with other witnesses in its first input. */
  static Transaction withWitness(Transaction tx, Witness witness) {
    List<TxIn> inputs = new ArrayList<>(tx.inputs());
    inputs.set(0, inputs.get(0).withWitness(witness));
    return new Transaction(tx.version(), inputs, tx.outputs(), tx.lockTime());
  }
}
