package org.farthing.wallet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.history.Balance;

/**
 * A plain model of what a wallet must know: it holds the chain, what was given up and every
 * transaction that concerns the wallet, and works everything else out anew each time it is asked,
 * by the words of the rules. It shares no code with the wallet's history.
 */
final class PlainWallet implements TestNode.Watcher {
  private final Set<Script> own;
  private final Collection<Transaction> mempool;
  private final int maturity;
  private final List<Block> chain = new ArrayList<>();
  private final Map<Txid, Integer> heights = new HashMap<>();
  private final Map<OutPoint, Txid> spentInChain = new HashMap<>();
  private final Map<Txid, Transaction> known = new LinkedHashMap<>();
  private final Set<Txid> abandoned = new HashSet<>();

  /**
   * @param own the wallet's scripts; whoever derives more adds them
   * @param mempool as it is whenever the model is asked
   */
  PlainWallet(Set<Script> own, Collection<Transaction> mempool, int maturity) {
    this.own = own;
    this.mempool = mempool;
    this.maturity = maturity;
  }

  /**
   * What can be spent or is to come, what only transactions outside the mempool spend, and all
   * transactions, with the heights of their blocks.
   */
  record Holdings(Balance balance, Balance reserved, Set<String> coins, Set<String> history) {}

  // ---- what happens

  @Override
  public void chainChanged(ChainEvent event) {
    if (event instanceof ChainEvent.Connected) {
      connect(event.block());
    } else {
      disconnect(event.block());
    }
  }

  void connect(Block block) {
    chain.add(block);
    for (Transaction tx : block.transactions()) {
      heights.put(tx.txid(), chain.size());
      tx.inputs().forEach(input -> spentInChain.put(input.outPoint(), tx.txid()));
    }
    block.transactions().forEach(this::noteIfOwn);
    // Whoever lost to a block has not given up: it may come back if the block goes.
    abandoned.removeAll(conflicted());
  }

  void disconnect(Block block) {
    Set<Txid> lost = conflicted();
    chain.remove(chain.size() - 1);
    for (Transaction tx : block.transactions()) {
      heights.remove(tx.txid());
      tx.inputs().forEach(input -> spentInChain.remove(input.outPoint(), tx.txid()));
    }
    Set<Txid> freed = new LinkedHashSet<>();
    block.transactions().forEach(tx -> freed.add(tx.txid()));
    lost.removeAll(conflicted());
    freed.addAll(lost);
    for (Txid txid : freed) {
      Transaction tx = known.get(txid);
      if (tx != null && (tx.isCoinbase() || spendsAbandoned(tx))) {
        abandon(txid);
      }
    }
  }

  @Override
  public void addedToMempool(Transaction tx) {
    noteIfOwn(tx);
  }

  private void noteIfOwn(Transaction tx) {
    if (concerns(tx)) {
      made(tx);
    }
  }

  /** The owner has made a transaction. */
  void made(Transaction tx) {
    known.put(tx.txid(), tx);
    abandoned.remove(tx.txid());
  }

  /** The wallet was killed: it knows what it had stored, and what it will find when it is back. */
  void killed(Collection<Transaction> stored) {
    known.clear();
    stored.forEach(tx -> known.put(tx.txid(), tx));
    chain.forEach(block -> block.transactions().forEach(this::noteIfOwn));
    abandoned.retainAll(known.keySet());
  }

  /** It is given up with all that spends from it. */
  void abandon(Txid first) {
    Set<Txid> conflicted = conflicted();
    Deque<Txid> queue = new ArrayDeque<>(List.of(first));
    while (!queue.isEmpty()) {
      Txid txid = queue.remove();
      if (heights.containsKey(txid)) {
        continue;
      }
      if (!conflicted.contains(txid)) {
        abandoned.add(txid);
      }
      for (Transaction child : known.values()) {
        if (child.parents().contains(txid)) {
          queue.add(child.txid());
        }
      }
    }
  }

  private boolean concerns(Transaction tx) {
    return tx.outputs().stream().anyMatch(output -> own.contains(output.scriptPubKey()))
        || tx.inputs().stream().anyMatch(input -> isOwn(input.outPoint()));
  }

  private boolean isOwn(OutPoint outPoint) {
    Transaction parent = known.get(outPoint.txid());
    return parent != null
        && outPoint.index() < parent.outputs().size()
        && own.contains(parent.outputs().get(outPoint.index()).scriptPubKey());
  }

  private boolean spendsAbandoned(Transaction tx) {
    return tx.parents().stream().anyMatch(abandoned::contains);
  }

  // ---- what follows

  /** Those that no block has while a block spends what they, or known ancestors, spend. */
  private Set<Txid> conflicted() {
    Set<Txid> conflicted = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Transaction tx : known.values()) {
        boolean loses =
            !heights.containsKey(tx.txid())
                && tx.inputs().stream()
                    .anyMatch(
                        input ->
                            spentInChain.containsKey(input.outPoint())
                                || conflicted.contains(input.outPoint().txid()));
        more |= loses && conflicted.add(tx.txid());
      }
    }
    return conflicted;
  }

  /** Those that cannot get into the mempool, since others there spend the same. */
  private Set<Txid> rivalled(Set<Txid> waiting) {
    Map<OutPoint, Set<Txid>> claims = new HashMap<>();
    for (Transaction tx : mempool) {
      for (TxIn input : tx.inputs()) {
        claims.computeIfAbsent(input.outPoint(), key -> new HashSet<>()).add(tx.txid());
      }
    }
    Set<Txid> rivalled = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Transaction tx : known.values()) {
        boolean outside = !heights.containsKey(tx.txid()) && !waiting.contains(tx.txid());
        boolean loses =
            outside
                && tx.inputs().stream()
                    .anyMatch(
                        input ->
                            claims.containsKey(input.outPoint())
                                || rivalled.contains(input.outPoint().txid()));
        more |= loses && rivalled.add(tx.txid());
      }
    }
    return rivalled;
  }

  /** 0 for no claim, 1 outside the mempool, 2 in it, 3 in a block. */
  private Map<Txid, Integer> standing() {
    Set<Txid> waiting = new HashSet<>();
    mempool.forEach(tx -> waiting.add(tx.txid()));
    Set<Txid> conflicted = conflicted();
    Set<Txid> rivalled = rivalled(waiting);
    Map<Txid, Integer> standing = new HashMap<>();
    for (Txid txid : known.keySet()) {
      int firmness = 1;
      if (heights.containsKey(txid)) {
        firmness = 3;
      } else if (waiting.contains(txid)) {
        firmness = 2;
      } else if (conflicted.contains(txid) || abandoned.contains(txid) || rivalled.contains(txid)) {
        firmness = 0;
      }
      standing.put(txid, firmness);
    }
    return standing;
  }

  Holdings holdings() {
    Map<Txid, Integer> standing = standing();
    Map<OutPoint, Integer> spent = new HashMap<>();
    for (Transaction tx : known.values()) {
      for (TxIn input : tx.inputs()) {
        spent.merge(input.outPoint(), standing.get(tx.txid()), Math::max);
      }
    }
    long[] free = new long[3];
    long[] reserved = new long[3];
    Set<String> coins = new TreeSet<>();
    Map<Txid, Boolean> trusted = new HashMap<>();
    for (Transaction tx : known.values()) {
      int firmness = standing.get(tx.txid());
      for (int i = 0; firmness > 0 && i < tx.outputs().size(); i++) {
        TxOut output = tx.outputs().get(i);
        int claim = spent.getOrDefault(tx.outPoint(i), 0);
        if (!own.contains(output.scriptPubKey()) || claim > 1) {
          continue;
        }
        int bucket = bucket(tx, firmness, standing, trusted);
        if (bucket >= 0) {
          (claim == 0 ? free : reserved)[bucket] += output.valueSat();
        }
        if (claim == 0 && firmness > 1) {
          coins.add(tx.outPoint(i).toString());
        }
      }
    }
    return new Holdings(
        new Balance(free[0], free[1], free[2]),
        new Balance(reserved[0], reserved[1], reserved[2]),
        coins,
        history());
  }

  private Set<String> history() {
    Set<String> history = new TreeSet<>();
    for (Txid txid : known.keySet()) {
      Integer height = heights.get(txid);
      history.add(height == null ? txid.toString() : txid + " in " + height);
    }
    return history;
  }

  /** 0 trusted, 1 pending, 2 immature, -1 none of these. */
  private int bucket(
      Transaction tx, int firmness, Map<Txid, Integer> standing, Map<Txid, Boolean> trusted) {
    if (tx.isCoinbase() && firmness == 3 && chain.size() - heights.get(tx.txid()) < maturity) {
      return 2;
    }
    if (isTrusted(tx, standing, trusted)) {
      return 0;
    }
    return firmness == 2 ? 1 : -1;
  }

  private boolean isTrusted(
      Transaction tx, Map<Txid, Integer> standing, Map<Txid, Boolean> trusted) {
    Boolean found = trusted.get(tx.txid());
    if (found == null) {
      int firmness = standing.get(tx.txid());
      found =
          firmness == 3
              || (firmness == 2
                  && tx.inputs().stream()
                      .allMatch(
                          input ->
                              isOwn(input.outPoint())
                                  && isTrusted(
                                      known.get(input.outPoint().txid()), standing, trusted)));
      trusted.put(tx.txid(), found);
    }
    return found;
  }

  /** The transactions that spend a coin and may still be confirmed. */
  List<Txid> activeSpenders(OutPoint coin) {
    Map<Txid, Integer> standing = standing();
    return known.values().stream()
        .filter(tx -> standing.get(tx.txid()) > 0)
        .filter(tx -> tx.inputs().stream().anyMatch(input -> input.outPoint().equals(coin)))
        .map(Transaction::txid)
        .toList();
  }

  /** The blocks that it has, the first after the genesis block first. */
  List<Block> chain() {
    return chain;
  }
}
