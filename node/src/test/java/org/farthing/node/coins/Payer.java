package org.farthing.node.coins;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;

/** A wallet that is paid and pays, with P2WPKH alone. */
@SuppressWarnings("try")
abstract class Payer implements AutoCloseable {
  final Ledger ledger = new Ledger();
  private int refused;
  private long nanos;
  private int sources;

  /** A payment as the wallet made it. */
  record Paid(Transaction transaction, long feeSat) {}

  abstract String name();

  /** A new address. */
  abstract Script newScript() throws Exception;

  /** Takes in a transaction to such addresses, and all that was paid before, in one block. */
  abstract void confirm(List<TxOut> receipts) throws Exception;

  /**
   * @param rate satoshis for each virtual byte
   * @throws Refusal if the wallet makes no such payment
   */
  abstract Paid makePayment(Script payee, long amountSat, long rate) throws Exception;

  /** A wallet says that it cannot pay. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(Exception cause) {
      super(cause);
    }
  }

  final void receive(List<Long> amountsSat) throws Exception {
    List<TxOut> outputs = new ArrayList<>();
    for (long sat : amountsSat) {
      outputs.add(new TxOut(sat, newScript()));
    }
    ledger.nextBlock();
    confirm(outputs);
  }

  /**
   * @return whether the wallet made the payment
   */
  final boolean pay(Script payee, long amountSat, long rate) throws Exception {
    long start = System.nanoTime();
    try {
      Paid paid = makePayment(payee, amountSat, rate);
      nanos += System.nanoTime() - start;
      ledger.pay(paid.transaction(), payee, amountSat, paid.feeSat());
      return true;
    } catch (Refusal e) {
      refused++;
      return false;
    }
  }

  /** A transaction of somebody else that no chain has, always another one. */
  final Transaction fromNowhere(List<TxOut> outputs) {
    byte[] id = ByteBuffer.allocate(Txid.SIZE).putInt(++sources).array();
    TxIn input = new TxIn(new OutPoint(Txid.of(id), 0), Script.EMPTY, 0);
    return new Transaction(2, List.of(input), outputs, 0);
  }

  static Set<Script> scripts(List<TxOut> outputs) {
    return Set.copyOf(outputs.stream().map(TxOut::scriptPubKey).toList());
  }

  /** Payments that it could not make. */
  final int refused() {
    return refused;
  }

  /** Seconds that its payments took. */
  final double seconds() {
    return nanos / 1e9;
  }

  @Override
  public void close() throws Exception {}
}
