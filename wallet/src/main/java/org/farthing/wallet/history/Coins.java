package org.farthing.wallet.history;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;

/**
 * The wallet's outputs, and which transactions of the wallet spend which outputs. An output counts
 * while its transaction does, and is unspent while no transaction has a claim on it. What is
 * unspent and in a block is summed up as it comes and goes.
 */
final class Coins {
  private final Map<OutPoint, OwnOutput> outputs = new HashMap<>();
  private final Map<OutPoint, Set<Txid>> spenders = new HashMap<>();
  private final Map<OutPoint, OwnOutput> unspent = new LinkedHashMap<>();
  private final Set<Script> spentFrom = new HashSet<>();

  /** Those of the unspent ones that are in no block. */
  private final Map<OutPoint, OwnOutput> unconfirmed = new LinkedHashMap<>();

  /** Spent only by transactions that no mempool has. */
  private final Map<OutPoint, OwnOutput> reserved = new LinkedHashMap<>();

  /** Where an unspent output of a block is counted: at its height if it was mined, else at -1. */
  private final Map<OutPoint, Integer> counted = new HashMap<>();

  private final NavigableMap<Integer, Long> minedSat = new TreeMap<>();
  private long paidSat;

  private final Function<Txid, Claim> claims;
  private final TxTable transactions;

  /**
   * @param claims how firmly a transaction of the wallet holds its inputs; changes are to be told
   *     by {@link #refresh}
   */
  Coins(TxTable transactions, Function<Txid, Claim> claims) {
    this.transactions = transactions;
    this.claims = claims;
  }

  OwnOutput output(OutPoint outPoint) {
    return outputs.get(outPoint);
  }

  /** The transactions of the wallet that spend an output, whoever owns it, active or not. */
  Set<Txid> spenders(OutPoint outPoint) {
    return spenders.getOrDefault(outPoint, Set.of());
  }

  Collection<OwnOutput> unspent() {
    return Collections.unmodifiableCollection(unspent.values());
  }

  Collection<OwnOutput> unconfirmed() {
    return Collections.unmodifiableCollection(unconfirmed.values());
  }

  Collection<OwnOutput> reserved() {
    return Collections.unmodifiableCollection(reserved.values());
  }

  /** Whether the output is the wallet's and nothing has a claim on it. */
  boolean isUnspent(OutPoint outPoint) {
    return unspent.containsKey(outPoint);
  }

  /** Whether a transaction of the wallet, active or not, spends an output with this script. */
  boolean isSpentFrom(Script script) {
    return spentFrom.contains(script);
  }

  /** What is unspent in blocks, without what was mined, in satoshis. */
  long paidSat() {
    return paidSat;
  }

  /** What was mined and is unspent, in satoshis, by the height of the block. */
  NavigableMap<Integer, Long> minedSat() {
    return minedSat;
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
      OwnOutput own = outputs.get(input.outPoint());
      if (own != null) {
        spentFrom.add(own.output().scriptPubKey());
      }
    }
  }

  /** Forgets a transaction that is none of the history any more. */
  void remove(Transaction transaction) {
    for (int i = 0; i < transaction.outputs().size(); i++) {
      outputs.remove(transaction.outPoint(i));
      drop(transaction.outPoint(i));
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
    Claim own = claims.apply(outPoint.txid());
    Claim spent = own == Claim.NONE ? Claim.BLOCK : spent(outPoint);
    uncount(outPoint);
    set(reserved, output, spent == Claim.OUTSIDE);
    set(unspent, output, spent == Claim.NONE);
    set(unconfirmed, output, spent == Claim.NONE && own != Claim.BLOCK);
    if (spent == Claim.NONE && own == Claim.BLOCK) {
      count(output);
    }
  }

  /** The firmest claim on an output. */
  private Claim spent(OutPoint outPoint) {
    Claim firmest = Claim.NONE;
    for (Txid spender : spenders(outPoint)) {
      Claim claim = claims.apply(spender);
      firmest = claim.compareTo(firmest) > 0 ? claim : firmest;
    }
    return firmest;
  }

  private static void set(Map<OutPoint, OwnOutput> map, OwnOutput output, boolean wanted) {
    if (wanted) {
      map.put(output.outPoint(), output);
    } else {
      map.remove(output.outPoint());
    }
  }

  private void drop(OutPoint outPoint) {
    uncount(outPoint);
    reserved.remove(outPoint);
    unspent.remove(outPoint);
    unconfirmed.remove(outPoint);
  }

  private void count(OwnOutput output) {
    WalletTx transaction = transactions.get(output.outPoint().txid());
    long sat = output.output().valueSat();
    int height = -1;
    if (transaction.transaction().isCoinbase()
        && transaction.state() instanceof TxState.Confirmed in) {
      height = in.height();
      minedSat.merge(height, sat, Long::sum);
    } else {
      paidSat += sat;
    }
    counted.put(output.outPoint(), height);
  }

  private void uncount(OutPoint outPoint) {
    Integer height = counted.remove(outPoint);
    if (height == null) {
      return;
    }
    long sat = unspent.get(outPoint).output().valueSat();
    if (height < 0) {
      paidSat -= sat;
    } else {
      minedSat.merge(height, -sat, (a, b) -> a + b == 0 ? null : a + b);
    }
  }
}
