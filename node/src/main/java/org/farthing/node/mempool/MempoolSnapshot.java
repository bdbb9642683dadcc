package org.farthing.node.mempool;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;

/** The mempool as of one moment, for readers on any thread. Taking one copies nothing. */
public final class MempoolSnapshot {
  private final PoolIndex index;
  private final PoolTotals totals;
  private final RollingMinimum minimum;
  private final Priorities priorities;
  private final MempoolOptions options;
  private final HashTrie<Txid, Txid> unbroadcast;
  private final Counts counts;

  /**
   * @param sequence the number of the next event
   * @param repriced how often transactions got another weight without an event
   * @param optimal no cluster could be ordered better
   */
  record Counts(long sequence, long repriced, boolean optimal) {}

  MempoolSnapshot(
      PoolIndex index,
      PoolTotals totals,
      RollingMinimum minimum,
      Priorities priorities,
      MempoolOptions options,
      HashTrie<Txid, Txid> unbroadcast,
      Counts counts) {
    this.index = index;
    this.totals = totals;
    this.minimum = minimum;
    this.priorities = priorities;
    this.options = options;
    this.unbroadcast = unbroadcast;
    this.counts = counts;
  }

  PoolIndex index() {
    return index;
  }

  PoolTotals totals() {
    return totals;
  }

  Priorities priorities() {
    return priorities;
  }

  RollingMinimum minimum() {
    return minimum;
  }

  /** The number of waiting transactions. */
  public int count() {
    return index.entries().size();
  }

  /** The virtual sizes of all waiting transactions together. */
  public long virtualSize() {
    return totals.virtualSize();
  }

  /** About how many bytes of heap they take. */
  public long usageBytes() {
    return totals.usageBytes();
  }

  /** The fees of all waiting transactions together, in satoshis. */
  public long totalFeeSat() {
    return totals.feeSat();
  }

  public MempoolOptions options() {
    return options;
  }

  /** The number of the next event; see {@link MempoolEvent#sequence}. */
  public long sequence() {
    return counts.sequence();
  }

  /**
   * A number that grows with every change of what a miner would take. It says nothing of how often
   * that was.
   */
  public long changes() {
    return counts.sequence() + counts.repriced();
  }

  /** Whether no cluster could be ordered better, for certain. */
  public boolean isOptimal() {
    return counts.optimal();
  }

  /** The transactions whose fees count for more or less than is paid, waiting or not. */
  public List<FeeDelta> feeDeltas() {
    return priorities.all();
  }

  /** What a transaction has to pay at least to be taken in. */
  public FeeRate minimumFee(long nowMillis) {
    return roomFee(nowMillis).max(options.fees().minimumRelay());
  }

  /** What a transaction has to pay because there is little room; zero if there is enough. */
  public FeeRate roomFee(long nowMillis) {
    FeeRate incremental = options.fees().incremental();
    return minimum.at(Math.floorDiv(nowMillis, 1000L), fullness(), incremental).rate(incremental);
  }

  double fullness() {
    return (double) totals.usageBytes() / options.maxBytes();
  }

  /** The transactions of our own that no peer has asked for yet. */
  public Set<Txid> unbroadcast() {
    return new AbstractSet<>() {
      @Override
      public boolean contains(Object each) {
        return each instanceof Txid txid && unbroadcast.contains(txid);
      }

      @Override
      public Iterator<Txid> iterator() {
        return List.copyOf(unbroadcast.values()).iterator();
      }

      @Override
      public int size() {
        return unbroadcast.size();
      }
    };
  }

  public boolean contains(Txid txid) {
    return index.entries().contains(txid);
  }

  public Optional<MempoolEntry> get(Txid txid) {
    return index.get(txid);
  }

  /** All entries, in no particular order. */
  public List<MempoolEntry> entries() {
    return index.entries().values();
  }

  /** All entries in the order in which a miner would take them if blocks had no end. */
  public List<MempoolEntry> entriesBestFirst() {
    return chunksBestFirst().stream().flatMap(chunk -> chunk.entries().stream()).toList();
  }

  /** Some entries in that order. */
  public List<MempoolEntry> bestFirst(Collection<MempoolEntry> some) {
    Set<Txid> wanted = new HashSet<>();
    Set<Cluster> clusters = new LinkedHashSet<>();
    for (MempoolEntry entry : some) {
      index.clusters().get(entry.txid()).ifPresent(clusters::add);
      wanted.add(entry.txid());
    }
    return clusters.stream()
        .flatMap(cluster -> cluster.chunks().stream())
        .sorted()
        .flatMap(chunk -> chunk.entries().stream())
        .filter(entry -> wanted.contains(entry.txid()))
        .toList();
  }

  /** All chunks in that order. */
  public List<Chunk> chunksBestFirst() {
    return index.clusters().values().stream()
        .distinct()
        .flatMap(cluster -> cluster.chunks().stream())
        .sorted()
        .toList();
  }

  /** The waiting transaction that spends an output, be it of the chain or of the mempool. */
  public Optional<MempoolEntry> spender(OutPoint outPoint) {
    return index.spender(outPoint);
  }

  /** The cluster that a waiting transaction is part of. */
  public Optional<Cluster> cluster(Txid txid) {
    return index.clusters().get(txid);
  }

  /** The waiting transactions that the entry spends outputs of. */
  public List<MempoolEntry> parents(MempoolEntry entry) {
    return index.parents(entry);
  }

  /** The waiting transactions that spend outputs of the entry. */
  public List<MempoolEntry> children(MempoolEntry entry) {
    return index.children(entry);
  }

  /** The entry itself, and everything waiting that it needs. */
  public Collection<MempoolEntry> withAncestors(MempoolEntry entry) {
    return index.withAncestors(entry);
  }

  /** The entry itself, and everything waiting that needs it. */
  public Collection<MempoolEntry> withDescendants(MempoolEntry entry) {
    return index.withDescendants(List.of(entry));
  }

  /**
   * The coins of the chain with the outputs of waiting transactions on top; those that waiting
   * transactions spend are still there.
   *
   * @param chain the coins as of the tip
   * @param nextHeight the height of the next block
   */
  public CoinView coins(CoinView chain, int nextHeight) {
    return new MempoolCoins(index, chain, nextHeight);
  }

  /**
   * The coins that would be unspent if all waiting transactions were in the next block.
   *
   * @param chain the coins as of the tip
   * @param nextHeight the height of the next block
   */
  public CoinView unspent(CoinView chain, int nextHeight) {
    CoinView coins = coins(chain, nextHeight);
    return outPoint ->
        index.spender(outPoint).isPresent() ? Optional.<Coin>empty() : coins.coin(outPoint);
  }
}
