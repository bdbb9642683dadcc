package org.farthing.node.rpc.electrum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;

/**
 * The waiting transactions by the scripts that they pay to and spend from. Follows the mempool by
 * comparing snapshots: a transaction is looked at once.
 */
final class MempoolScripts {
  /** What a transaction does to scripts: to each how much it pays, and what it spends of each. */
  private record Touch(Map<ScriptHash, Long> paidSat, Map<ScriptHash, Long> spentSat) {}

  /**
   * A waiting transaction of a script.
   *
   * @param deltaSat what it adds to the script's balance
   */
  record Waiting(MempoolEntry entry, long deltaSat) {
    Txid txid() {
      return entry.txid();
    }
  }

  private final Map<Txid, Touch> touches = new HashMap<>();
  private final Map<ScriptHash, Set<Txid>> byScript = new HashMap<>();

  /** The waiting transactions that touch a script, in an order that stays the same. */
  synchronized List<Waiting> of(ScriptHash script, MempoolSnapshot mempool, ChainSnapshot chain) {
    follow(mempool, chain);
    List<Waiting> waiting = new ArrayList<>();
    for (Txid txid : byScript.getOrDefault(script, Set.of())) {
      Touch touch = touches.get(txid);
      long delta =
          touch.paidSat().getOrDefault(script, 0L) - touch.spentSat().getOrDefault(script, 0L);
      mempool.get(txid).ifPresent(entry -> waiting.add(new Waiting(entry, delta)));
    }
    waiting.sort(Comparator.comparing(each -> each.txid().toString()));
    return waiting;
  }

  private void follow(MempoolSnapshot mempool, ChainSnapshot chain) {
    List<Txid> gone = touches.keySet().stream().filter(txid -> !mempool.contains(txid)).toList();
    gone.forEach(this::forget);
    CoinView coins = mempool.coins(chain.chain(), chain.height() + 1);
    for (MempoolEntry entry : mempool.entries()) {
      if (!touches.containsKey(entry.txid())) {
        remember(entry.txid(), touch(entry.transaction(), coins));
      }
    }
  }

  private static Touch touch(Transaction transaction, CoinView coins) {
    Map<ScriptHash, Long> paid = new HashMap<>();
    Map<ScriptHash, Long> spent = new HashMap<>();
    for (TxOut output : transaction.outputs()) {
      paid.merge(ScriptHash.of(output.scriptPubKey()), output.valueSat(), Long::sum);
    }
    for (TxIn input : transaction.inputs()) {
      // Where the chain has just moved on, the coin is gone, and the transaction soon will be.
      coins
          .coin(input.outPoint())
          .ifPresent(
              coin ->
                  spent.merge(
                      ScriptHash.of(coin.output().scriptPubKey()),
                      coin.output().valueSat(),
                      Long::sum));
    }
    return new Touch(paid, spent);
  }

  private void remember(Txid txid, Touch touch) {
    touches.put(txid, touch);
    scripts(touch)
        .forEach(script -> byScript.computeIfAbsent(script, s -> new HashSet<>()).add(txid));
  }

  private void forget(Txid txid) {
    for (ScriptHash script : scripts(touches.remove(txid))) {
      byScript.computeIfPresent(
          script,
          (s, txids) -> {
            txids.remove(txid);
            return txids.isEmpty() ? null : txids;
          });
    }
  }

  private static Set<ScriptHash> scripts(Touch touch) {
    Set<ScriptHash> scripts = new HashSet<>(touch.paidSat().keySet());
    scripts.addAll(touch.spentSat().keySet());
    return scripts;
  }

  /** The outputs of waiting transactions to a script that nothing spends. */
  static List<OutPoint> unspent(ScriptHash script, List<Waiting> waiting, MempoolSnapshot mempool) {
    List<OutPoint> unspent = new ArrayList<>();
    for (Waiting each : waiting) {
      Transaction transaction = each.entry().transaction();
      for (int i = 0; i < transaction.outputs().size(); i++) {
        OutPoint outPoint = transaction.outPoint(i);
        if (ScriptHash.of(transaction.outputs().get(i).scriptPubKey()).equals(script)
            && mempool.spender(outPoint).isEmpty()) {
          unspent.add(outPoint);
        }
      }
    }
    return unspent;
  }
}
