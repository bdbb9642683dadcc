package org.farthing.node.mining.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ChainBuilder;

/**
 * A mempool that is nothing but a set of transactions: whatever it has to know beside them it works
 * out anew each time, by the definition. It knows none of the code that it is compared with.
 */
final class ModelPool {
  static final int MOST_CLUSTERS = 100;

  private final ModelRules rules;
  private final ModelMinimum minimum;
  private final ModelLimits limits;
  private final Predicate<ModelChunk> firstOfEqual;
  private final Map<Txid, ModelTx> waiting = new LinkedHashMap<>();
  private final Map<Txid, Long> deltas = new HashMap<>();
  private final Map<Set<ModelTx>, List<ModelChunk>> known = new HashMap<>();
  private final List<Block> disconnected = new ArrayList<>();
  private final List<Block> connected = new ArrayList<>();

  /** What becomes of a transaction. */
  enum Answer {
    TAKEN,
    /** With others it may be taken. */
    POOR,
    MISSING,
    REFUSED
  }

  /**
   * @param firstOfEqual of chunks that pay equally little, this one goes first
   */
  ModelPool(ChainBuilder chain, ModelLimits limits, Predicate<ModelChunk> firstOfEqual) {
    this.limits = limits;
    this.firstOfEqual = firstOfEqual;
    this.rules = new ModelRules(chain, waiting);
    this.minimum = new ModelMinimum(limits.incrementalSatPerKvb());
  }

  Map<Txid, ModelTx> waiting() {
    return waiting;
  }

  long minimumSatPerKvb() {
    return Math.max(minimum.satPerKvb(), limits.minimumSatPerKvb());
  }

  long usageBytes() {
    return waiting.values().stream().mapToLong(tx -> limits.usage(tx.transaction())).sum();
  }

  /** Those that hang together, however indirectly, by union and find. */
  static Collection<Set<ModelTx>> clusters(Collection<ModelTx> some) {
    Map<Txid, Txid> leaders = new HashMap<>();
    some.forEach(tx -> leaders.put(tx.txid(), tx.txid()));
    for (ModelTx tx : some) {
      for (Txid parent : tx.parents()) {
        if (leaders.containsKey(parent)) {
          leaders.put(leader(leaders, parent), leader(leaders, tx.txid()));
        }
      }
    }
    Map<Txid, Set<ModelTx>> clusters = new LinkedHashMap<>();
    for (ModelTx tx : some) {
      clusters.computeIfAbsent(leader(leaders, tx.txid()), key -> new LinkedHashSet<>()).add(tx);
    }
    return clusters.values();
  }

  private static Txid leader(Map<Txid, Txid> leaders, Txid of) {
    Txid found = of;
    while (!leaders.get(found).equals(found)) {
      found = leaders.get(found);
    }
    return found;
  }

  private List<ModelChunk> chunks(Collection<ModelTx> some) {
    return clusters(some).stream().flatMap(cluster -> chunksOf(cluster).stream()).toList();
  }

  /** Always the same for the same cluster, so that it need not be found again. */
  List<ModelChunk> chunksOf(Set<ModelTx> cluster) {
    return known.computeIfAbsent(cluster, ModelChunk::of);
  }

  /** Those and all that spend from them. */
  private Set<ModelTx> withDescendants(Predicate<ModelTx> first) {
    Set<ModelTx> found = new LinkedHashSet<>();
    waiting.values().stream().filter(first).forEach(found::add);
    boolean more = !found.isEmpty();
    while (more) {
      Set<Txid> txids = found.stream().map(ModelTx::txid).collect(Collectors.toSet());
      more =
          found.addAll(
              waiting.values().stream()
                  .filter(tx -> tx.parents().stream().anyMatch(txids::contains))
                  .toList());
    }
    return found;
  }

  private void removeAll(Collection<ModelTx> some) {
    some.forEach(tx -> waiting.remove(tx.txid()));
  }

  /** Offers a transaction alone. */
  Answer offer(Transaction tx, long nowMillis) {
    expire(nowMillis);
    Answer answer = take(tx, nowMillis, true);
    trim();
    return answer == Answer.TAKEN && !waiting.containsKey(tx.txid()) ? Answer.POOR : answer;
  }

  private Answer take(Transaction tx, long nowMillis, boolean pays) {
    Optional<Answer> unfit = rules.unfit(tx, List.of());
    if (unfit.isPresent()) {
      return unfit.get();
    }
    ModelTx newcomer = newcomer(tx, List.of(), nowMillis);
    Answer answer = judge(List.of(newcomer), pays);
    if (answer == Answer.TAKEN) {
      removeAll(withDescendants(conflictsWith(List.of(newcomer))));
      waiting.put(newcomer.txid(), newcomer);
    }
    return answer;
  }

  private ModelTx newcomer(Transaction tx, List<ModelTx> before, long nowMillis) {
    long delta = deltas.getOrDefault(tx.txid(), 0L);
    return ModelTx.of(tx, rules.feeSat(tx, before), delta, nowMillis);
  }

  private static Predicate<ModelTx> conflictsWith(Collection<ModelTx> newcomers) {
    Set<OutPoint> wanted =
        newcomers.stream().flatMap(tx -> tx.spends().stream()).collect(Collectors.toSet());
    return tx -> tx.spends().stream().anyMatch(wanted::contains);
  }

  private Answer judge(List<ModelTx> newcomers, boolean pays) {
    long feeSat = ModelTx.countedSat(newcomers);
    long size = ModelTx.virtualSize(newcomers);
    if (pays && feeSat < feeFor(minimumSatPerKvb(), size)) {
      return Answer.POOR;
    }
    Set<ModelTx> conflicts =
        waiting.values().stream()
            .filter(conflictsWith(newcomers))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<ModelTx> replaced = withDescendants(conflicts::contains);
    if (!conflicts.isEmpty()) {
      Optional<Answer> objection = replacement(newcomers, conflicts, replaced);
      if (objection.isPresent()) {
        return objection.get();
      }
    }
    return consequences(newcomers, replaced);
  }

  private static long feeFor(long satPerKvb, long virtualSize) {
    return (satPerKvb * virtualSize + 999) / 1000;
  }

  private Optional<Answer> replacement(
      List<ModelTx> newcomers, Set<ModelTx> conflicts, Set<ModelTx> replaced) {
    boolean isPackage = newcomers.size() > 1;
    Set<Txid> ancestors = ancestors(newcomers);
    if (isPackage
        ? newcomers.size() > 2 || !ancestors.isEmpty()
        : conflicts.stream().anyMatch(tx -> ancestors.contains(tx.txid()))) {
      return Optional.of(Answer.REFUSED);
    }
    long clusters =
        clusters(waiting.values()).stream()
            .filter(cluster -> cluster.stream().anyMatch(conflicts::contains))
            .count();
    if (clusters > MOST_CLUSTERS) {
      return Optional.of(Answer.REFUSED);
    }
    long more = ModelTx.countedSat(newcomers) - ModelTx.countedSat(replaced);
    if (more < feeFor(limits.incrementalSatPerKvb(), ModelTx.virtualSize(newcomers))) {
      return Optional.of(Answer.POOR);
    }
    return isPackage && !paysForParent(newcomers.get(0), newcomers.get(1))
        ? Optional.of(Answer.POOR)
        : Optional.empty();
  }

  private static boolean paysForParent(ModelTx parent, ModelTx child) {
    // A child lifts the feerate of both above the parent's exactly if its own is higher.
    return child.countedSat() * parent.virtualSize() > parent.countedSat() * child.virtualSize();
  }

  /** The waiting ones among all ancestors. */
  private Set<Txid> ancestors(Collection<ModelTx> some) {
    Set<Txid> found = new HashSet<>();
    List<ModelTx> open = new ArrayList<>(some);
    while (!open.isEmpty()) {
      for (Txid parent : open.remove(open.size() - 1).parents()) {
        if (waiting.containsKey(parent) && found.add(parent)) {
          open.add(waiting.get(parent));
        }
      }
    }
    return found;
  }

  /** Compares the clusters that change with what becomes of them. */
  private Answer consequences(List<ModelTx> newcomers, Set<ModelTx> replaced) {
    Set<Txid> parents =
        newcomers.stream().flatMap(tx -> tx.parents().stream()).collect(Collectors.toSet());
    Set<Txid> made = newcomers.stream().map(ModelTx::txid).collect(Collectors.toSet());
    Set<ModelTx> before = new LinkedHashSet<>();
    for (Set<ModelTx> cluster : clusters(waiting.values())) {
      boolean touched =
          cluster.stream()
              .anyMatch(
                  tx ->
                      replaced.contains(tx)
                          || parents.contains(tx.txid())
                          || tx.parents().stream().anyMatch(made::contains));
      if (touched) {
        before.addAll(cluster);
      }
    }
    Set<ModelTx> after = new LinkedHashSet<>(before);
    after.removeAll(replaced);
    after.addAll(newcomers);
    if (clusters(after).stream().anyMatch(limits::areExceededBy)) {
      return Answer.REFUSED;
    }
    return replaced.isEmpty()
            || ModelDiagram.of(chunks(after)).isBetterThan(ModelDiagram.of(chunks(before)))
        ? Answer.TAKEN
        : Answer.POOR;
  }

  /** Offers a child with its parents, which come before it. */
  void offerTogether(List<Transaction> family, long nowMillis) {
    expire(nowMillis);
    List<Transaction> left = new ArrayList<>();
    boolean hopeless = false;
    for (Transaction tx : family) {
      Answer answer = waiting.containsKey(tx.txid()) ? Answer.TAKEN : take(tx, nowMillis, true);
      if (answer != Answer.TAKEN) {
        left.add(tx);
        hopeless |= answer == Answer.REFUSED;
      }
    }
    if (!hopeless && left.size() == 1) {
      take(left.get(0), nowMillis, true);
    } else if (!hopeless && left.size() > 1) {
      takeTogether(left, nowMillis);
    }
    trim();
  }

  private void takeTogether(List<Transaction> family, long nowMillis) {
    List<ModelTx> newcomers = new ArrayList<>();
    for (Transaction tx : family) {
      if (rules.unfit(tx, newcomers).isPresent()) {
        return;
      }
      newcomers.add(newcomer(tx, newcomers, nowMillis));
    }
    if (judge(newcomers, true) == Answer.TAKEN) {
      removeAll(withDescendants(conflictsWith(newcomers)));
      newcomers.forEach(tx -> waiting.put(tx.txid(), tx));
    }
  }

  void prioritise(Txid txid, long additionalSat) {
    deltas.merge(txid, additionalSat, Long::sum);
    waiting.computeIfPresent(txid, (key, tx) -> tx.withDelta(deltas.get(txid)));
  }

  long deltaSat(Txid txid) {
    return deltas.getOrDefault(txid, 0L);
  }

  void expire(long nowMillis) {
    settle(nowMillis);
    removeAll(withDescendants(tx -> tx.timeMillis() < nowMillis - limits.expiryMillis()));
  }

  /** Drops chunk after chunk, what pays least first, until the rest has room. */
  private void trim() {
    while (usageBytes() > limits.maxBytes()) {
      List<ModelChunk> chunks = chunks(waiting.values());
      ModelChunk last = chunks.stream().max(ModelChunk.BEST_FIRST).orElseThrow();
      ModelChunk worst =
          chunks.stream()
              .filter(chunk -> chunk.compareRate(last) == 0)
              .filter(firstOfEqual)
              .findFirst()
              .orElse(last);
      minimum.raise(worst.satPerKvb() + limits.incrementalSatPerKvb());
      removeAll(worst.members());
    }
  }

  void chainEvent(ChainEvent event) {
    if (event instanceof ChainEvent.Disconnected) {
      disconnected.add(0, event.block());
      return;
    }
    connected.add(event.block());
    for (Transaction tx : event.block().transactions()) {
      waiting.remove(tx.txid());
      deltas.remove(tx.txid());
      Predicate<ModelTx> conflicting = conflictsWith(List.of(ModelTx.of(tx, 0, 0, 0)));
      waiting.values().stream().filter(conflicting).forEach(each -> deltas.remove(each.txid()));
      removeAll(withDescendants(conflicting));
    }
  }

  /** The chain stays where it is. */
  void settle(long nowMillis) {
    minimum.pass(nowMillis, (double) usageBytes() / limits.maxBytes());
    if (!connected.isEmpty()) {
      minimum.block(nowMillis);
    }
    if (!disconnected.isEmpty()) {
      Set<Txid> confirmed =
          connected.stream()
              .flatMap(block -> block.transactions().stream())
              .map(Transaction::txid)
              .collect(Collectors.toSet());
      disconnected.stream()
          .flatMap(block -> block.transactions().stream())
          .filter(tx -> !confirmed.contains(tx.txid()))
          .forEach(tx -> comeBack(tx, nowMillis));
      removeAll(withDescendants(tx -> !rules.isMinable(tx.transaction(), List.of())));
      trim();
    }
    connected.clear();
    disconnected.clear();
  }

  /** What spends from it goes where it cannot come, and where they are too many together. */
  private void comeBack(Transaction tx, long nowMillis) {
    boolean back = !tx.isCoinbase() && take(tx, nowMillis, false) == Answer.TAKEN;
    if (!back) {
      removeAll(withDescendants(other -> other.parents().contains(tx.txid())));
      if (!tx.isCoinbase()) {
        take(tx, nowMillis, false);
      }
    }
  }

  List<ModelChunk> chunksBestFirst() {
    return chunks(waiting.values()).stream().sorted(ModelChunk.BEST_FIRST).toList();
  }

  /**
   * What the next block has, chunk by chunk; what has no room keeps out the rest of its cluster.
   */
  List<ModelChunk> template(long room) {
    List<ModelChunk> taken = new ArrayList<>();
    Set<Set<ModelTx>> closed = new HashSet<>();
    Map<ModelChunk, Set<ModelTx>> homes = new LinkedHashMap<>();
    for (Set<ModelTx> cluster : clusters(waiting.values())) {
      chunksOf(cluster).forEach(chunk -> homes.put(chunk, cluster));
    }
    List<ModelChunk> order = homes.keySet().stream().sorted(ModelChunk.BEST_FIRST).toList();
    long left = room;
    for (ModelChunk chunk : order) {
      if (chunk.satPerKvb() < 1) {
        break;
      }
      if (chunk.weight() < left && !closed.contains(homes.get(chunk))) {
        taken.add(chunk);
        left -= chunk.weight();
      } else {
        closed.add(homes.get(chunk));
      }
    }
    return taken;
  }
}
