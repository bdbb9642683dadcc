package org.farthing.wallet.history;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.descriptor.Keychains;

/**
 * The wallet's transactions: a fold over the events of chain and mempool, without I/O and without a
 * clock. The same events give the same history, and a history rebuilt from its stored transactions
 * goes on where it was. Owned by one thread.
 *
 * <p>Blocks decide: a transaction is confirmed while its block is in the active chain, and
 * conflicted while a block of the active chain spends what it, or an ancestor of it, spends. What a
 * reorganisation frees is pending again; a freed coinbase is abandoned. The mempool only tells
 * which pending transactions are on their way.
 */
public final class History {
  private final Keychains keychains;
  private final Map<Txid, WalletTx> transactions = new HashMap<>();
  private final NavigableMap<Long, Txid> ordered = new TreeMap<>();
  private final NavigableMap<Integer, Set<Txid>> byHeight = new TreeMap<>();
  private final Set<Txid> inMempool = new HashSet<>();
  private final Coins coins = new Coins(transactions);
  private final Set<Txid> changed = new LinkedHashSet<>();
  private final Set<Txid> touched = new LinkedHashSet<>();
  private int tipHeight;

  /**
   * @param tipHeight the height of the last block that the wallet has seen
   */
  public History(Keychains keychains, int tipHeight) {
    this.keychains = keychains;
    this.tipHeight = tipHeight;
  }

  /** Takes back a transaction that was stored; it is not reported as changed. */
  public void restore(WalletTx transaction) {
    put(transaction);
    changed.remove(transaction.txid());
  }

  /** The height of the last block applied. */
  public int tipHeight() {
    return tipHeight;
  }

  public Optional<WalletTx> find(Txid txid) {
    return Optional.ofNullable(transactions.get(txid));
  }

  public int size() {
    return transactions.size();
  }

  /** All identifiers, the latest transaction first. */
  public Collection<Txid> newestFirst() {
    return Collections.unmodifiableCollection(ordered.descendingMap().values());
  }

  public boolean isInMempool(Txid txid) {
    return inMempool.contains(txid);
  }

  /** The wallet's output at this place, spent or not. */
  public Optional<OwnOutput> output(OutPoint outPoint) {
    return coins.output(outPoint);
  }

  /** The wallet's outputs that no active transaction spends. */
  public Collection<OwnOutput> unspent() {
    return coins.unspent();
  }

  public boolean isUnspent(OutPoint outPoint) {
    return coins.isUnspent(outPoint);
  }

  /** Whether a transaction of the wallet spends an output with this script, or once did. */
  public boolean isSpentFrom(Script script) {
    return coins.isSpentFrom(script);
  }

  /** The wallet's transactions, active or not, that spend an output. */
  public Set<Txid> spenders(OutPoint outPoint) {
    return Collections.unmodifiableSet(coins.spenders(outPoint));
  }

  /** The transactions that are new or have another state than at the last call. */
  public List<WalletTx> drainChanges() {
    List<WalletTx> drained = changed.stream().map(transactions::get).toList();
    changed.clear();
    return drained;
  }

  /**
   * The transactions that chain, mempool or owner brought since the last call, also where that was
   * nothing new; without those that only lost to others.
   */
  public List<WalletTx> drainTouched() {
    List<WalletTx> drained = touched.stream().map(transactions::get).toList();
    touched.clear();
    return drained;
  }

  /** Applies what happened to the chain; the event's block must stand on, or be, the last one. */
  public void apply(ChainEvent event) {
    if (event instanceof ChainEvent.Connected connected) {
      connect(connected.node(), connected.block());
    } else {
      rollBackTo(event.node().height() - 1);
    }
  }

  /** Applies the block after the last one. */
  public void connect(HeaderNode node, Block block) {
    skip(node);
    search(node, block);
  }

  /** The block after the last one has nothing that concerns the wallet. */
  public void skip(HeaderNode node) {
    if (node.height() != tipHeight + 1) {
      throw new IllegalArgumentException(
          "block at " + node.height() + " after the one at " + tipHeight);
    }
    tipHeight = node.height();
  }

  /**
   * Looks at a block again, because scripts have become known since.
   *
   * @param node in the chain of the last block applied
   */
  public void search(HeaderNode node, Block block) {
    // A payment derives new scripts, which may be paid to by the same block, also further up.
    boolean again = true;
    while (again) {
      again = takeBlock(node, block);
    }
    for (Transaction transaction : block.transactions()) {
      for (TxIn input : transaction.inputs()) {
        markConflicts(input.outPoint(), transaction.txid(), node);
      }
    }
  }

  /** Looks for outputs of new scripts among the transactions that are there already. */
  public void searchOwn() {
    transactions.values().forEach(this::index);
  }

  /** Confirms the block's transactions that concern the wallet; true if it must look again. */
  private boolean takeBlock(HeaderNode node, Block block) {
    boolean derived = false;
    for (int position = 0; position < block.transactions().size(); position++) {
      Transaction transaction = block.transactions().get(position);
      if (!concerns(transaction)) {
        continue;
      }
      derived |= markUsed(transaction);
      reviveAfterOrphanage(transaction);
      long time = node.header().timeSeconds();
      update(transaction, new TxState.Confirmed(node.hash(), node.height(), position, time), time);
      inMempool.remove(transaction.txid());
    }
    return derived;
  }

  /** A coinbase that comes back brings what spends from it back into play. */
  private void reviveAfterOrphanage(Transaction coinbase) {
    WalletTx known = transactions.get(coinbase.txid());
    if (coinbase.isCoinbase() && known != null && known.state() instanceof TxState.Abandoned) {
      setWithDescendants(known.txid(), TxState.Pending.INSTANCE);
    }
  }

  private void markConflicts(OutPoint spent, Txid winner, HeaderNode node) {
    for (Txid loser : List.copyOf(coins.spenders(spent))) {
      if (!loser.equals(winner) && !transactions.get(loser).isConfirmed()) {
        setWithDescendants(loser, new TxState.Conflicted(node.hash(), node.height()));
      }
    }
  }

  /** Takes back all blocks above a height. Does nothing if there are none. */
  public void rollBackTo(int height) {
    Set<Txid> freed = new LinkedHashSet<>();
    byHeight.tailMap(height, false).values().forEach(freed::addAll);
    for (Txid txid : freed) {
      if (transactions.get(txid).isConfirmed()) {
        touched.add(txid);
      }
      put(transactions.get(txid).withState(TxState.Pending.INSTANCE));
    }
    for (Txid txid : freed) {
      Transaction transaction = transactions.get(txid).transaction();
      if (transaction.isCoinbase() || spendsAbandoned(transaction)) {
        setWithDescendants(txid, TxState.Abandoned.INSTANCE);
      }
    }
    tipHeight = Math.min(tipHeight, height);
  }

  private boolean spendsAbandoned(Transaction transaction) {
    return transaction.inputs().stream()
        .map(input -> transactions.get(input.outPoint().txid()))
        .anyMatch(parent -> parent != null && parent.state() instanceof TxState.Abandoned);
  }

  /**
   * The mempool has taken in a transaction.
   *
   * @param nowSeconds seconds since 1970
   * @return whether it concerns the wallet
   */
  public boolean addedToMempool(Transaction transaction, long nowSeconds) {
    if (!concerns(transaction)) {
      return false;
    }
    markUsed(transaction);
    inMempool.add(transaction.txid());
    WalletTx known = transactions.get(transaction.txid());
    if (known == null || known.state() instanceof TxState.Abandoned) {
      update(transaction, TxState.Pending.INSTANCE, nowSeconds);
    }
    touched.add(transaction.txid());
    return true;
  }

  /** The mempool has let a transaction go, for whatever reason. */
  public void removedFromMempool(Txid txid) {
    inMempool.remove(txid);
  }

  /** The mempool has let a transaction go because a block spends the same. */
  public void lostToBlock(Txid txid) {
    if (inMempool.remove(txid) && transactions.containsKey(txid)) {
      touched.add(txid);
    }
  }

  /**
   * Takes in a transaction that the wallet made, before anybody else sees it.
   *
   * @param note of the owner; may be empty
   */
  public void addOwn(Transaction transaction, long nowSeconds, String note) {
    markUsed(transaction);
    put(new WalletTx(transaction, TxState.Pending.INSTANCE, nowSeconds, nextOrder(), note));
    touched.add(transaction.txid());
  }

  /**
   * Gives up a pending transaction that is not in the mempool, with all that spend from it.
   *
   * @return false if it is in the mempool, or not pending
   */
  public boolean abandon(Txid txid) {
    WalletTx transaction = transactions.get(txid);
    if (transaction == null
        || !(transaction.state() instanceof TxState.Pending)
        || inMempool.contains(txid)) {
      return false;
    }
    setWithDescendants(txid, TxState.Abandoned.INSTANCE);
    return true;
  }

  /**
   * Takes in a transaction of a block that the wallet may not have read.
   *
   * @return false if it doesn't concern the wallet
   */
  public boolean addConfirmed(Transaction transaction, TxState.Confirmed state) {
    if (!concerns(transaction)) {
      return false;
    }
    markUsed(transaction);
    update(transaction, state, state.blockTimeSeconds());
    return true;
  }

  /**
   * Forgets a transaction, as if it had never been.
   *
   * @return false if there is none
   */
  public boolean forget(Txid txid) {
    WalletTx known = transactions.remove(txid);
    if (known == null) {
      return false;
    }
    forgetHeight(known);
    ordered.remove(known.order());
    inMempool.remove(txid);
    changed.remove(txid);
    touched.remove(txid);
    coins.remove(known.transaction());
    return true;
  }

  private void setWithDescendants(Txid first, TxState state) {
    Deque<Txid> queue = new ArrayDeque<>(List.of(first));
    Set<Txid> done = new HashSet<>();
    while (!queue.isEmpty()) {
      WalletTx transaction = transactions.get(queue.remove());
      if (transaction.isConfirmed() || !done.add(transaction.txid())) {
        continue;
      }
      if (!isAsFinal(transaction.state(), state)) {
        inMempool.remove(transaction.txid());
        put(transaction.withState(state));
      }
      for (int i = 0; i < transaction.transaction().outputs().size(); i++) {
        queue.addAll(coins.spenders(transaction.transaction().outPoint(i)));
      }
    }
  }

  /**
   * A conflict ends only with its block; of several the first stays the reason, because it is the
   * last to be taken back.
   */
  private static boolean isAsFinal(TxState current, TxState replacement) {
    return current.equals(replacement) || current instanceof TxState.Conflicted;
  }

  private boolean concerns(Transaction transaction) {
    return transactions.containsKey(transaction.txid())
        || transaction.outputs().stream()
            .anyMatch(output -> keychains.find(output.scriptPubKey()).isPresent())
        || transaction.inputs().stream()
            .anyMatch(input -> coins.output(input.outPoint()).isPresent());
  }

  private boolean markUsed(Transaction transaction) {
    boolean derived = false;
    for (TxOut output : transaction.outputs()) {
      derived |= keychains.markUsed(output.scriptPubKey());
    }
    return derived;
  }

  private void update(Transaction transaction, TxState state, long seenSeconds) {
    WalletTx known = transactions.get(transaction.txid());
    touched.add(transaction.txid());
    if (known == null) {
      put(new WalletTx(transaction, state, seenSeconds, nextOrder(), ""));
    } else if (!known.state().equals(state)) {
      put(known.withState(state));
    } else {
      index(known);
    }
  }

  private long nextOrder() {
    return ordered.isEmpty() ? 0 : ordered.lastKey() + 1;
  }

  private void put(WalletTx transaction) {
    Txid txid = transaction.txid();
    WalletTx before = transactions.put(txid, transaction);
    if (before != null) {
      forgetHeight(before);
      ordered.remove(before.order());
    }
    ordered.put(transaction.order(), txid);
    heightOf(transaction.state())
        .ifPresent(at -> byHeight.computeIfAbsent(at, key -> new LinkedHashSet<>()).add(txid));
    changed.add(txid);
    index(transaction);
  }

  /** Finds the wallet's outputs; a script may have become known after the transaction. */
  private void index(WalletTx transaction) {
    List<TxOut> outputs = transaction.transaction().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      OutPoint outPoint = transaction.transaction().outPoint(i);
      TxOut output = outputs.get(i);
      keychains
          .find(output.scriptPubKey())
          .ifPresent(origin -> coins.addOutput(new OwnOutput(outPoint, output, origin)));
    }
    if (!transaction.transaction().isCoinbase()) {
      coins.addSpends(transaction.transaction());
    }
    coins.refresh(transaction.transaction());
  }

  private void forgetHeight(WalletTx transaction) {
    heightOf(transaction.state())
        .ifPresent(
            at -> {
              Set<Txid> others = byHeight.get(at);
              others.remove(transaction.txid());
              if (others.isEmpty()) {
                byHeight.remove(at);
              }
            });
  }

  /** The height of the block that decided the state. */
  private static Optional<Integer> heightOf(TxState state) {
    if (state instanceof TxState.Confirmed confirmed) {
      return Optional.of(confirmed.height());
    }
    return state instanceof TxState.Conflicted conflicted
        ? Optional.of(conflicted.height())
        : Optional.empty();
  }

  /** The block that confirms a transaction, if one does. */
  public Optional<BlockHash> blockOf(Txid txid) {
    return find(txid)
        .map(WalletTx::state)
        .filter(TxState.Confirmed.class::isInstance)
        .map(state -> ((TxState.Confirmed) state).block());
  }
}
