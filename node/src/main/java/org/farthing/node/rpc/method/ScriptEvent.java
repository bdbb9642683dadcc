package org.farthing.node.rpc.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;

/**
 * What a transaction does to a script.
 *
 * @param spent whether it spends an output with this script, or makes one
 * @param index of the input or output
 * @param place of the output
 */
public record ScriptEvent(
    Transaction transaction, boolean spent, int index, OutPoint place, TxOut output) {

  /** The same of a transaction that waits. */
  public record Waiting(MempoolEntry entry, ScriptEvent event) {}

  /**
   * Inputs first.
   *
   * @param coins those of the inputs; none for a coinbase
   * @param wanted the scripts that matter
   */
  public static List<ScriptEvent> of(Transaction tx, List<Coin> coins, Predicate<Script> wanted) {
    List<ScriptEvent> events = new ArrayList<>();
    for (int i = 0; i < coins.size(); i++) {
      TxOut output = coins.get(i).output();
      if (wanted.test(output.scriptPubKey())) {
        events.add(new ScriptEvent(tx, true, i, tx.inputs().get(i).outPoint(), output));
      }
    }
    for (int i = 0; i < tx.outputs().size(); i++) {
      TxOut output = tx.outputs().get(i);
      if (wanted.test(output.scriptPubKey())) {
        events.add(new ScriptEvent(tx, false, i, tx.outPoint(i), output));
      }
    }
    return events;
  }

  /** Of all transactions that wait, in no order. */
  public static List<Waiting> waiting(
      MempoolSnapshot pool, ChainSnapshot chain, Predicate<Script> wanted) {
    CoinView coins = pool.coins(chain.chain(), chain.height() + 1);
    List<Waiting> events = new ArrayList<>();
    for (MempoolEntry entry : pool.entries()) {
      spent(entry.transaction(), coins)
          .ifPresent(
              spent ->
                  of(entry.transaction(), spent, wanted)
                      .forEach(event -> events.add(new Waiting(entry, event))));
    }
    return events;
  }

  /** Where a block has just taken what a transaction spends, it does not wait any more. */
  private static Optional<List<Coin>> spent(Transaction tx, CoinView coins) {
    List<Coin> spent = new ArrayList<>();
    tx.inputs().forEach(input -> coins.coin(input.outPoint()).ifPresent(spent::add));
    return spent.size() == tx.inputs().size() ? Optional.of(spent) : Optional.empty();
  }
}
