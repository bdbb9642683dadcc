package org.farthing.wallet.history;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.descriptor.Keychains;

/**
 * The wallet's transactions: a fold over the events of chain and mempool, without I/O and without a
 * clock. The same events give the same history, and a history rebuilt from its stored transactions
 * goes on where it was. Owned by one thread.
 *
 * <p>Blocks decide: a transaction is confirmed while its block is in the active chain, and
 * conflicted while a block of the active chain spends what it, or an ancestor of it, spends. What a
 * reorganisation frees is pending again; a freed coinbase is abandoned, and what spends from it
 * stays so until it is seen again. The mempool tells which pending transactions are on their way,
 * and which cannot be because others there spend the same.
 */
public final class History {
  private final TxTable transactions = new TxTable();
  private final Coins coins = new Coins(transactions, this::claim);
  private final Descent descent = new Descent(transactions, coins);
  private final MempoolMarks mempool = new MempoolMarks(transactions, coins, descent);
  private final Ownership own;
  private int tipHeight;

  /**
   * @param tipHeight the height of the last block that the wallet has seen
   */
  public History(Keychains keychains, int tipHeight) {
    this.own = new Ownership(keychains, transactions, coins);
    this.tipHeight = tipHeight;
  }

  /** How a block comes to the wallet. */
  public enum Arrival {
    /** It has just been found. */
    NEW,
    /** The wallet reads it later than others, or once more. */
    READ_LATER
  }

  /**
   * A block of the chain.
   *
   * @param nowSeconds since 1970
   */
  public record BlockSeen(HeaderNode node, Block block, Arrival arrival, long nowSeconds) {}

  /** Takes back a transaction that was stored; it is not reported as changed. */
  public void restore(WalletTx transaction) {
    transactions.restore(transaction);
    own.index(transaction.transaction());
  }

  /** The height of the last block applied. */
  public int tipHeight() {
    return tipHeight;
  }

  public Optional<WalletTx> find(Txid txid) {
    return transactions.find(txid);
  }

  public int size() {
    return transactions.size();
  }

  /** The earliest time of a transaction, in seconds since 1970; the highest number without any. */
  public long earliestSeconds() {
    return transactions.earliestSeconds();
  }

  /** All identifiers, the latest transaction first. */
  public Collection<Txid> newestFirst() {
    return transactions.newestFirst();
  }

  public boolean isInMempool(Txid txid) {
    return mempool.has(txid);
  }

  /** Transactions of the mempool that spend what this one, or one that it stands on, spends. */
  public Set<Txid> mempoolRivals(Txid txid) {
    return mempool.rivalsOf(txid);
  }

  /** Whether a transaction of the wallet may be, or may become, part of the chain. */
  public boolean isActive(Txid txid) {
    return claim(txid) != Claim.NONE;
  }

  private Claim claim(Txid txid) {
    WalletTx transaction = transactions.get(txid);
    if (transaction == null || !transaction.state().isActive()) {
      return Claim.NONE;
    }
    if (transaction.isConfirmed()) {
      return Claim.BLOCK;
    }
    if (mempool.has(txid)) {
      return Claim.MEMPOOL;
    }
    return mempool.hasRivals(txid) ? Claim.NONE : Claim.OUTSIDE;
  }

  /** Transactions that wait for a block and could get into the next one, the oldest first. */
  public List<WalletTx> waiting() {
    return transactions.pending().stream()
        .filter(entry -> claim(entry.txid()) != Claim.NONE && !entry.transaction().isCoinbase())
        .sorted(Comparator.comparingLong(WalletTx::order))
        .toList();
  }

  /** Whether some wait that others have paid for: others could spend the same once more. */
  public boolean waitsForOthers() {
    return transactions.pending().stream()
        .flatMap(entry -> entry.transaction().inputs().stream())
        .anyMatch(input -> coins.output(input.outPoint()) == null);
  }

  /** The wallet's output at this place, spent or not. */
  public Optional<OwnOutput> output(OutPoint outPoint) {
    return Optional.ofNullable(coins.output(outPoint));
  }

  /** The wallet's outputs that no active transaction spends. */
  public Collection<OwnOutput> unspent() {
    return coins.unspent();
  }

  /** The wallet's outputs that only transactions spend which no mempool has. */
  public Collection<OwnOutput> reserved() {
    return coins.reserved();
  }

  /** What they sum up to. */
  Coins coins() {
    return coins;
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

  /** The transactions that are new or changed since the last call. */
  public List<WalletTx> drainChanges() {
    return transactions.drainChanges();
  }

  /**
   * The transactions that chain, mempool or owner brought since the last call, also where that was
   * nothing new; without those that only lost to others.
   */
  public List<WalletTx> drainTouched() {
    return transactions.drainTouched();
  }

  /** Applies the block after the last one. */
  public void connect(BlockSeen seen) {
    if (seen.node().height() != tipHeight + 1) {
      throw new IllegalArgumentException(
          "block at " + seen.node().height() + " after the one at " + tipHeight);
    }
    tipHeight++;
    search(seen);
  }

  /** Goes on by blocks that are known to have nothing of the wallet, to a height. */
  public void skipTo(int height) {
    if (height < tipHeight) {
      throw new IllegalArgumentException("back from " + tipHeight + " to " + height);
    }
    tipHeight = height;
  }

  /** Looks at a block of the chain of the last one, perhaps again with scripts known since. */
  public void search(BlockSeen seen) {
    // A payment derives new scripts, which may be paid to by the same block, also further up.
    boolean again = true;
    while (again) {
      again = takeBlock(seen);
    }
    for (Transaction transaction : seen.block().transactions()) {
      for (TxIn input : transaction.inputs()) {
        markConflicts(input.outPoint(), transaction.txid(), seen.node());
      }
      mempool.giveWay(transaction.txid());
    }
  }

  /** Looks for outputs of new scripts among the transactions that are there already. */
  public void searchOwn() {
    transactions.all().forEach(known -> own.index(known.transaction()));
  }

  /** Confirms the block's transactions that concern the wallet; true if it must look again. */
  private boolean takeBlock(BlockSeen seen) {
    boolean derived = false;
    long time = seen.node().header().timeSeconds();
    for (int position = 0; position < seen.block().transactions().size(); position++) {
      Transaction transaction = seen.block().transactions().get(position);
      if (!own.concerns(transaction)) {
        continue;
      }
      derived |= own.markUsed(transaction);
      long shown =
          seen.arrival() == Arrival.NEW ? transactions.shownSeconds(time, seen.nowSeconds()) : time;
      TxState state =
          new TxState.Confirmed(seen.node().hash(), seen.node().height(), position, time);
      mempool.remove(transaction.txid());
      update(transaction, state, new WalletTx.Times(seen.nowSeconds(), shown));
    }
    return derived;
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
    Set<Txid> freed = transactions.decidedAbove(height);
    for (Txid txid : freed) {
      WalletTx transaction = transactions.get(txid);
      if (transaction.isConfirmed()) {
        transactions.touch(txid);
      }
      put(transaction.unconfirmed());
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
   * @return false if it doesn't concern the wallet: then there is nothing to be stored
   */
  public boolean addedToMempool(Transaction transaction, long nowSeconds) {
    boolean concerned = own.concerns(transaction);
    if (concerned) {
      own.markUsed(transaction);
      mempool.add(transaction.txid());
      WalletTx known = transactions.get(transaction.txid());
      boolean confirmed = known != null && known.isConfirmed();
      if (!confirmed) {
        update(transaction, TxState.Pending.INSTANCE, WalletTx.Times.at(nowSeconds));
      }
      transactions.touch(transaction.txid());
    }
    mempool.standInTheWay(transaction);
    return concerned;
  }

  /** The mempool has let a transaction go, for whatever reason. */
  public void removedFromMempool(Txid txid) {
    if (mempool.remove(txid)) {
      transactions.find(txid).ifPresent(known -> coins.refresh(known.transaction()));
    }
    mempool.giveWay(txid);
  }

  /** The mempool has let a transaction go because a block spends the same. */
  public void lostToBlock(Txid txid) {
    if (mempool.has(txid) && transactions.has(txid)) {
      transactions.touch(txid);
    }
    removedFromMempool(txid);
  }

  /** Takes in a transaction that the wallet made, before anybody else sees it. */
  public void addOwn(Transaction transaction, long nowSeconds, WalletTx.Notes notes) {
    own.markUsed(transaction);
    update(transaction, TxState.Pending.INSTANCE, WalletTx.Times.at(nowSeconds));
    setNotes(transaction.txid(), notes);
    notes
        .replaces()
        .flatMap(transactions::find)
        .ifPresent(old -> setNotes(old.txid(), old.notes().withReplacedBy(transaction.txid())));
  }

  private void setNotes(Txid txid, WalletTx.Notes notes) {
    transactions.put(transactions.get(txid).withNotes(notes));
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
        || mempool.has(txid)) {
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
  public boolean addConfirmed(Transaction transaction, TxState.Confirmed state, long nowSeconds) {
    if (!own.concerns(transaction)) {
      return false;
    }
    own.markUsed(transaction);
    update(transaction, state, new WalletTx.Times(nowSeconds, state.blockTimeSeconds()));
    return true;
  }

  /**
   * Forgets a transaction, as if it had never been.
   *
   * @return false if there is none
   */
  public boolean forget(Txid txid) {
    Optional<WalletTx> known = transactions.remove(txid);
    if (known.isPresent()) {
      mempool.forget(txid);
      coins.remove(known.get().transaction());
    }
    return known.isPresent();
  }

  private void setWithDescendants(Txid first, TxState state) {
    descent.walk(
        first,
        transaction -> {
          if (transaction.isConfirmed()) {
            return false;
          }
          if (!isAsFinal(transaction.state(), state)) {
            mempool.remove(transaction.txid());
            put(transaction.withState(state));
          }
          return true;
        });
  }

  /**
   * A conflict ends only with its block; of several the first stays the reason, because it is the
   * last to be taken back.
   */
  private static boolean isAsFinal(TxState current, TxState replacement) {
    return current.equals(replacement) || current instanceof TxState.Conflicted;
  }

  private void update(Transaction transaction, TxState state, WalletTx.Times times) {
    WalletTx known = transactions.get(transaction.txid());
    transactions.touch(transaction.txid());
    if (known == null) {
      long order = transactions.nextOrder();
      put(new WalletTx(transaction, state, times, order, WalletTx.Notes.NONE));
      mempool.inheritRivals(transaction);
      return;
    }
    WalletTx seen = known.seenAs(transaction, state);
    if (seen.equals(known)) {
      own.index(known.transaction());
    } else {
      put(seen);
    }
  }

  private void put(WalletTx transaction) {
    transactions.put(transaction);
    own.index(transaction.transaction());
  }

  /** The block that confirms a transaction, if one does. */
  public Optional<BlockHash> blockOf(Txid txid) {
    return find(txid)
        .map(WalletTx::state)
        .filter(TxState.Confirmed.class::isInstance)
        .map(state -> ((TxState.Confirmed) state).block());
  }
}
