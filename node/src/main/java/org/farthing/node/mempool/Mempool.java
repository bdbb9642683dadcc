package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.MempoolEvent.RemovalReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions that wait for a block. No two spend the same output, and everything that one
 * spends is in the chain or waits too, so that any block's worth of them, parents first, is valid
 * at the next height.
 *
 * <p>Owned by the node thread, but for {@link #snapshot()}. It follows the chain through {@link
 * #chainEvent}; when a run of events is over, {@link #settle} brings back what a reorganisation
 * freed (the other methods do it too, should it be due).
 */
public final class Mempool {
  private static final Logger LOG = LoggerFactory.getLogger(Mempool.class);

  private final MempoolOptions options;
  private final Owner owner;
  private final Admission admission;
  private final TxGraph graph = new TxGraph();
  private final ReturningTransactions returning = new ReturningTransactions();
  private final List<Consumer<MempoolEvent>> listeners = new ArrayList<>();
  private RollingMinimum minimum = RollingMinimum.NONE;
  private Priorities priorities = Priorities.NONE;

  /**
   * When new transactions came, by the sequence; those that a reorganisation freed stand not here.
   */
  private final Map<Txid, Long> arrivals = new HashMap<>();

  /** What this node is to make known, and no peer has asked for yet. */
  private HashTrie<Txid, Txid> unbroadcast = HashTrie.byTxid();

  private boolean blockArrived;
  private long sequence = 1;
  private long repriced;
  private volatile MempoolSnapshot snapshot;

  /**
   * @param owner fails on any thread but the one that owns the mempool
   */
  public Mempool(MempoolChain chain, MempoolOptions options, Owner owner) {
    this.options = options;
    this.owner = owner;
    this.admission = new Admission(chain, options);
    publish();
  }

  /** The listener is called on the owning thread, in order, before the change's caller returns. */
  public void addListener(Consumer<MempoolEvent> listener) {
    owner.check();
    listeners.add(listener);
  }

  /** Takes the transaction in if it may wait. */
  public MempoolResult accept(Transaction tx, long nowMillis) {
    return accept(tx, nowMillis, nowMillis);
  }

  /**
   * The same with one that came earlier.
   *
   * @param enteredMillis from then on it waits
   */
  public MempoolResult accept(Transaction tx, long enteredMillis, long nowMillis) {
    expire(nowMillis);
    MempoolResult result = check(tx, enteredMillis, nowMillis);
    if (result instanceof MempoolResult.Accepted accepted) {
      addNew(accepted.entry(), accepted.replaced());
      trim();
      publish();
      if (graph.get(tx.wtxid()).isEmpty()) {
        return MempoolResult.refused(PolicyReason.MEMPOOL_FULL);
      }
    }
    return result;
  }

  /** What {@link #accept} would say; nothing changes. */
  public MempoolResult test(Transaction tx, long nowMillis) {
    settle(nowMillis);
    return check(tx, nowMillis, nowMillis);
  }

  /**
   * Whether each of several transactions would be taken in after those before it, without replacing
   * anything; nothing changes.
   */
  public PackageResult test(List<Transaction> transactions, long nowMillis) {
    settle(nowMillis);
    Admission.Terms terms = terms(nowMillis, nowMillis).withoutReplacing();
    return new PackageAcceptance(admission, graph, terms, this::addNew).test(transactions);
  }

  private MempoolResult check(Transaction tx, long enteredMillis, long nowMillis) {
    return admission.check(tx, graph, terms(enteredMillis, nowMillis));
  }

  private Admission.Terms terms(long enteredMillis, long nowMillis) {
    return Admission.Terms.ofNew(snapshot.roomFee(nowMillis), priorities, enteredMillis);
  }

  /**
   * Takes in as much as it may of a child with its parents, which come before it; the child may pay
   * for them.
   *
   * @param highestRate that the sender wants to pay for one of them, if he says
   */
  public PackageResult accept(
      List<Transaction> transactions, Optional<FeeRate> highestRate, long nowMillis) {
    expire(nowMillis);
    Admission.Terms terms = terms(nowMillis, nowMillis).withHighestRate(highestRate);
    PackageResult result =
        new PackageAcceptance(admission, graph, terms, this::addNew).accept(transactions);
    trim();
    publish();
    return PackageAcceptance.afterTrim(result, graph.index());
  }

  /** Drops what has waited too long, and what spends from it. */
  public void expire(long nowMillis) {
    settle(nowMillis);
    List<MempoolEntry> expired = graph.olderThan(nowMillis - options.expiryMillis());
    if (!expired.isEmpty()) {
      remove(graph.index().withDescendants(expired), RemovalReason.EXPIRY);
      publish();
    }
  }

  /** Follows the chain: call it for every event, in order. */
  public void chainEvent(ChainEvent event) {
    owner.check();
    if (event instanceof ChainEvent.Disconnected disconnected) {
      returning.disconnected(disconnected.block());
    } else {
      returning.connected(event.block());
      removeConfirmed(event.block());
      blockArrived = true;
    }
    publish();
  }

  /**
   * While something happens to the chain, transactions of so many blocks that are disconnected may
   * wait again, and no more.
   */
  public void returningAtMost(int blocks, Runnable change) {
    owner.check();
    returning.limit(blocks);
    try {
      change.run();
    } finally {
      returning.limit(Integer.MAX_VALUE);
    }
  }

  private void removeConfirmed(Block block) {
    BlockRemovals gone = BlockRemovals.of(block, graph.index());
    for (Txid txid : gone.settled()) {
      priorities = priorities.without(txid);
    }
    graph.remove(gone.entries().keySet());
    gone.entries().forEach(this::tellRemoved);
  }

  /** Ends a run of chain events: the tip is where it stays for now. */
  public void settle(long nowMillis) {
    owner.check();
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    RollingMinimum before = minimum;
    minimum = minimum.at(nowSeconds, snapshot.fullness(), options.fees().incremental());
    if (blockArrived) {
      blockArrived = false;
      minimum = minimum.afterBlock(nowSeconds);
    }
    if (!minimum.equals(before)) {
      publish();
    }
    if (!returning.isEmpty()) {
      for (ReturningTransactions.Returning each : returning.drain()) {
        Transaction tx = each.transaction();
        if (!each.wanted() || !takeBack(tx, nowMillis)) {
          remove(graph.index().withDescendants(graph.index().spenders(tx)), RemovalReason.REORG);
        }
      }
      removeInvalid();
      trim();
      publish();
    }
  }

  private boolean takeBack(Transaction tx, long nowMillis) {
    Admission.Terms terms = Admission.Terms.ofReturning(priorities, nowMillis);
    MempoolResult result = admission.check(tx, graph, terms);
    if (result instanceof MempoolResult.Refused refused
        && refused.reasonCode() == PolicyReason.TOO_LARGE_CLUSTER) {
      // What came after it in the old branch makes room for it.
      remove(graph.index().withDescendants(graph.index().spenders(tx)), RemovalReason.SIZE_LIMIT);
      result = admission.check(tx, graph, terms);
    }
    if (result instanceof MempoolResult.Accepted accepted) {
      add(accepted.entry(), accepted.replaced());
    }
    return result.isAccepted();
  }

  private void removeInvalid() {
    List<MempoolEntry> invalid =
        graph.index().entries().values().stream()
            .filter(entry -> !admission.isStillValid(entry, graph.index()))
            .toList();
    remove(graph.index().withDescendants(invalid), RemovalReason.REORG);
  }

  private void trim() {
    minimum =
        Eviction.makeRoom(
            graph, options, minimum, worst -> remove(worst, RemovalReason.SIZE_LIMIT));
  }

  private void addNew(MempoolEntry entry, List<MempoolEntry> replaced) {
    add(entry, replaced);
    arrivals.put(entry.txid(), sequence - 1);
  }

  private void add(MempoolEntry entry, List<MempoolEntry> replaced) {
    remove(replaced, RemovalReason.REPLACED);
    graph.add(entry);
    tell(new MempoolEvent.Added(entry, sequence++));
  }

  private void remove(Collection<MempoolEntry> entries, RemovalReason reason) {
    if (entries.isEmpty()) {
      return;
    }
    graph.remove(entries);
    entries.forEach(entry -> tellRemoved(entry, reason));
  }

  private void tellRemoved(MempoolEntry entry, RemovalReason reason) {
    arrivals.remove(entry.txid());
    if (unbroadcast.contains(entry.txid())) {
      unbroadcast = unbroadcast.without(entry.txid());
      LOG.debug(
          "Removed {} from set of unbroadcast txns before confirmation that txn was sent out",
          entry.txid());
    }
    tell(new MempoolEvent.Removed(entry, reason, sequence++));
  }

  /**
   * Lets a transaction count for more, or less, than the fee that it pays: where it waits, where
   * others compete with it, and in blocks that are made. That holds until a block has it or makes
   * it impossible; it need not be here yet.
   *
   * @param additionalSat satoshis, added to what earlier calls have said
   * @return what is added to the fee from now on, in satoshis
   */
  public long prioritise(Txid txid, long additionalSat) {
    owner.check();
    priorities = priorities.plus(txid, additionalSat);
    long deltaSat = priorities.deltaSat(txid);
    Optional<MempoolEntry> entry = get(txid);
    if (entry.isPresent()) {
      graph.replace(entry.get(), entry.get().withDelta(deltaSat));
      repriced++;
    }
    publish();
    return deltaSat;
  }

  /**
   * Whether a transaction waits that makes dust: it may neither pay a fee nor be preferred, or
   * somebody would mine it without the one that spends the dust.
   */
  public boolean isDusty(Txid txid) {
    return get(txid).filter(admission::isDusty).isPresent();
  }

  /**
   * Makes the mempool what it was at a snapshot. The chain has gone back to where it was then, and
   * nothing of that is settled yet. Listeners are told of what leaves and what comes back.
   */
  public void restore(MempoolSnapshot earlier) {
    owner.check();
    List<MempoolEntry> gone = graph.index().beyond(earlier.index());
    List<MempoolEntry> back =
        earlier.entriesBestFirst().stream().filter(entry -> !contains(entry.txid())).toList();
    returning.clear();
    blockArrived = false;
    graph.restore(earlier.index(), earlier.totals());
    minimum = earlier.minimum();
    priorities = earlier.priorities();
    repriced++;
    gone.forEach(entry -> tellRemoved(entry, RemovalReason.REORG));
    back.forEach(entry -> tell(new MempoolEvent.Added(entry, sequence++)));
    publish();
  }

  private void tell(MempoolEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  private void publish() {
    snapshot =
        new MempoolSnapshot(
            graph.index(),
            graph.totals(),
            minimum,
            priorities,
            options,
            unbroadcast,
            new MempoolSnapshot.Counts(sequence, repriced, graph.isOptimal()));
  }

  /**
   * Whether it waits since before an event; so do those that have been in a block.
   *
   * @param sequence of the event, see {@link MempoolEvent#sequence}
   */
  public boolean waitsSinceBefore(Txid txid, long sequence) {
    return contains(txid) && arrivals.getOrDefault(txid, 0L) < sequence;
  }

  /** A waiting transaction of our own: peers are to be told again until one has asked for it. */
  public void toBeBroadcast(Txid txid) {
    owner.check();
    if (contains(txid) && !unbroadcast.contains(txid)) {
      unbroadcast = unbroadcast.with(txid, txid);
      publish();
    }
  }

  /** A peer has asked for it. */
  public void wasBroadcast(Txid txid) {
    owner.check();
    if (unbroadcast.contains(txid)) {
      unbroadcast = unbroadcast.without(txid);
      LOG.debug("Removed {} from set of unbroadcast txns", txid);
      publish();
    }
  }

  /** The mempool as of now; any thread may ask. */
  public MempoolSnapshot snapshot() {
    return snapshot;
  }

  public MempoolOptions options() {
    return options;
  }

  public int count() {
    return graph.index().entries().size();
  }

  public boolean contains(Txid txid) {
    return graph.index().entries().contains(txid);
  }

  public boolean contains(Wtxid wtxid) {
    return graph.get(wtxid).isPresent();
  }

  public Optional<MempoolEntry> get(Txid txid) {
    return graph.index().get(txid);
  }

  public Optional<MempoolEntry> get(Wtxid wtxid) {
    return graph.get(wtxid);
  }

  /** The waiting transaction that spends an output, be it of the chain or of the mempool. */
  public Optional<MempoolEntry> spender(OutPoint outPoint) {
    return graph.index().spender(outPoint);
  }

  /** The chunks of all clusters, best first: what a miner takes. It changes with the mempool. */
  public NavigableSet<Chunk> chunks() {
    owner.check();
    return graph.chunks();
  }

  /**
   * The coins of the chain with the outputs of waiting transactions on top; those that waiting
   * transactions spend are still there.
   */
  public CoinView coins() {
    return admission.coins(graph.index());
  }
}
