package org.farthing.wallet.history;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;

/**
 * The wallet's outputs, and which transactions of the wallet spend which outputs. An output is
 * unspent if its transaction is active and no active transaction spends it.
 */
final class Coins {
  private final Map<OutPoint, OwnOutput> outputs = new HashMap<>();
  private final Map<OutPoint, Set<Txid>> spenders = new HashMap<>();
  private final Map<OutPoint, OwnOutput> unspent = new LinkedHashMap<>();
  private final Set<Script> spentFrom = new HashSet<>();
  private final Map<Txid, WalletTx> transactions;

  /** Looks at the states of the transactions in a map that its owner changes. */
  Coins(Map<Txid, WalletTx> transactions) {
    this.transactions = transactions;
  }

  Optional<OwnOutput> output(OutPoint outPoint) {
    return Optional.ofNullable(outputs.get(outPoint));
  }

  /** The transactions of the wallet that spend an output, whoever owns it, active or not. */
  Set<Txid> spenders(OutPoint outPoint) {
    return spenders.getOrDefault(outPoint, Set.of());
  }

  Collection<OwnOutput> unspent() {
    return Collections.unmodifiableCollection(unspent.values());
  }

  /** Whether the output is the wallet's and nothing active spends it. */
  boolean isUnspent(OutPoint outPoint) {
    return unspent.containsKey(outPoint);
  }

  /** Whether a transaction of the wallet, active or not, spends an output with this script. */
  boolean isSpentFrom(Script script) {
    return spentFrom.contains(script);
  }

  void addOutput(OwnOutput output) {
    outputs.put(output.outPoint(), output);
    if (spenders.containsKey(output.outPoint())) {
      spentFrom.add(output.output().scriptPubKey());
    }
  }

  void addSpends(Transaction transaction) {
    for (TxIn input : transaction.inputs()) {
      spenders
          .computeIfAbsent(input.outPoint(), key -> new LinkedHashSet<>(2))
          .add(transaction.txid());
      output(input.outPoint()).ifPresent(own -> spentFrom.add(own.output().scriptPubKey()));
    }
  }

  /** Forgets a transaction that is none of the history any more. */
  void remove(Transaction transaction) {
    for (int i = 0; i < transaction.outputs().size(); i++) {
      outputs.remove(transaction.outPoint(i));
      unspent.remove(transaction.outPoint(i));
    }
    for (TxIn input : transaction.inputs()) {
      Set<Txid> others = spenders.getOrDefault(input.outPoint(), new LinkedHashSet<>());
      others.remove(transaction.txid());
      if (others.isEmpty()) {
        spenders.remove(input.outPoint());
      }
      refresh(input.outPoint());
    }
  }

  /** Looks again at all outputs that the state of a transaction bears upon. */
  void refresh(Transaction transaction) {
    for (TxIn input : transaction.inputs()) {
      refresh(input.outPoint());
    }
    for (int i = 0; i < transaction.outputs().size(); i++) {
      refresh(transaction.outPoint(i));
    }
  }

  private void refresh(OutPoint outPoint) {
    OwnOutput output = outputs.get(outPoint);
    if (output == null) {
      return;
    }
    boolean spent = spenders(outPoint).stream().anyMatch(this::isActive);
    if (isActive(outPoint.txid()) && !spent) {
      unspent.put(outPoint, output);
    } else {
      unspent.remove(outPoint);
    }
  }

  private boolean isActive(Txid txid) {
    WalletTx transaction = transactions.get(txid);
    return transaction != null && transaction.state().isActive();
  }
}
