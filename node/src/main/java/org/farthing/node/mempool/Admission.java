package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.validation.SequenceLocks;
import org.farthing.consensus.validation.TxChecks;
import org.farthing.consensus.validation.Verdict;

/**
 * Whether a transaction may wait, given the chain and those that wait already. It changes nothing.
 * Cheap checks come first, scripts last, in the order of Bitcoin Core's {@code MemPoolAccept}, so
 * that a transaction with several faults is refused for the same one.
 */
final class Admission {
  /** Outputs that are looked up to recognise a transaction that is confirmed already. */
  private static final int KNOWN_OUTPUTS_LOOKED_UP = 16;

  private final MempoolChain chain;
  private final MempoolOptions options;
  private final Standardness standardness;

  Admission(MempoolChain chain, MempoolOptions options) {
    this.chain = chain;
    this.options = options;
    this.standardness = new Standardness(options);
  }

  /**
   * How a transaction comes.
   *
   * @param roomFee the feerate below which there is no room, zero if there is; empty for
   *     transactions that a reorganisation frees: they were good enough for a block
   * @param priorities whose fees count for more or less than is paid
   * @param highestRate that the sender wants to pay, if he says
   * @param replaces it may push out what spends the same
   */
  record Terms(
      Optional<FeeRate> roomFee,
      Priorities priorities,
      long nowMillis,
      Optional<FeeRate> highestRate,
      boolean replaces) {
    static Terms ofNew(FeeRate roomFee, Priorities priorities, long nowMillis) {
      return new Terms(Optional.of(roomFee), priorities, nowMillis, Optional.empty(), true);
    }

    static Terms ofReturning(Priorities priorities, long nowMillis) {
      return new Terms(Optional.empty(), priorities, nowMillis, Optional.empty(), true);
    }

    Terms withHighestRate(Optional<FeeRate> rate) {
      return new Terms(roomFee, priorities, nowMillis, rate, replaces);
    }

    Terms withoutReplacing() {
      return new Terms(roomFee, priorities, nowMillis, highestRate, false);
    }
  }

  /** What came out when a transaction was looked at without regard to what it pays. */
  sealed interface Examined {}

  /**
   * Nothing speaks against it so far.
   *
   * @param spent the coins that its inputs spend, in their order
   */
  record Candidate(MempoolEntry entry, List<Coin> spent) implements Examined {}

  /** It may not wait. */
  record Unfit(MempoolResult result) implements Examined {}

  MempoolResult check(Transaction tx, TxGraph graph, Terms terms) {
    Examined examined = examine(tx, graph, graph.index(), terms);
    return examined instanceof Candidate candidate
        ? weigh(candidate, graph, terms)
        : ((Unfit) examined).result();
  }

  /**
   * All that comes before fees.
   *
   * @param pool what waits, perhaps with parents that would come together with the transaction
   */
  Examined examine(Transaction tx, TxGraph graph, PoolIndex pool, Terms terms) {
    return alone(tx)
        .or(() -> atNextBlock(tx))
        .or(() -> besideOthers(tx, graph, terms))
        .<Examined>map(Unfit::new)
        .orElseGet(() -> withCoins(tx, pool, terms));
  }

  MempoolOptions options() {
    return options;
  }

  private static Optional<MempoolResult> invalid(Verdict verdict) {
    return verdict instanceof Verdict.Rejected rejected
        ? Optional.of(MempoolResult.Invalid.of(rejected))
        : Optional.empty();
  }

  private static Optional<MempoolResult> refused(PolicyReason reason) {
    return Optional.of(MempoolResult.refused(reason));
  }

  private static Optional<MempoolResult> refused(PolicyReason reason, String detail) {
    return Optional.of(MempoolResult.refused(reason, detail));
  }

  private Optional<MempoolResult> alone(Transaction tx) {
    Optional<MempoolResult> fault = invalid(TxChecks.inIsolation(tx));
    if (fault.isPresent()) {
      return fault;
    }
    if (tx.isCoinbase()) {
      return refused(PolicyReason.COINBASE);
    }
    if (options.requireStandard()) {
      Optional<PolicyReason> unusual = standardness.inIsolation(tx);
      if (unusual.isPresent()) {
        return refused(unusual.get());
      }
    }
    return tx.baseSize() < Standardness.MIN_BASE_SIZE
        ? refused(PolicyReason.TX_SIZE_SMALL)
        : Optional.empty();
  }

  private Optional<MempoolResult> atNextBlock(Transaction tx) {
    return isFinal(tx) ? Optional.empty() : refused(PolicyReason.NON_FINAL);
  }

  private boolean isFinal(Transaction tx) {
    HeaderNode tip = chain.tip();
    return TxChecks.inHeaderContext(tx, tip.height() + 1, tip.medianTimePast()).isAccepted();
  }

  private static Optional<MempoolResult> besideOthers(Transaction tx, TxGraph graph, Terms terms) {
    PoolIndex pool = graph.index();
    if (graph.get(tx.wtxid()).isPresent()) {
      return refused(PolicyReason.ALREADY_IN_MEMPOOL);
    }
    if (pool.get(tx.txid()).isPresent()) {
      return refused(PolicyReason.SAME_NONWITNESS_DATA);
    }
    return !terms.replaces() && !pool.rivals(tx).isEmpty()
        ? refused(PolicyReason.REPLACEMENT_DISALLOWED)
        : Optional.empty();
  }

  private Examined withCoins(Transaction tx, PoolIndex pool, Terms terms) {
    CoinView view = coins(pool);
    List<Coin> spent = new ArrayList<>(tx.inputs().size());
    Set<OutPoint> missing = new LinkedHashSet<>();
    for (TxIn input : tx.inputs()) {
      view.coin(input.outPoint()).ifPresentOrElse(spent::add, () -> missing.add(input.outPoint()));
    }
    if (!missing.isEmpty()) {
      return new Unfit(
          isConfirmed(tx)
              ? MempoolResult.refused(PolicyReason.ALREADY_KNOWN)
              : new MempoolResult.MissingInputs(missing));
    }
    if (!areRelativeLocksOver(tx, spent)) {
      return new Unfit(MempoolResult.refused(PolicyReason.NON_BIP68_FINAL));
    }
    return invalid(TxChecks.inUtxoContext(tx, spent, nextHeight(), chain.params()))
        .or(() -> spentStandardly(tx, spent))
        .<Examined>map(Unfit::new)
        .orElseGet(() -> withEntry(entry(tx, spent, terms), spent));
  }

  private Examined withEntry(MempoolEntry entry, List<Coin> spent) {
    return dust(entry)
        .or(() -> tooManySigOps(entry))
        .<Examined>map(Unfit::new)
        .orElseGet(() -> new Candidate(entry, spent));
  }

  private boolean isConfirmed(Transaction tx) {
    int count = Math.min(tx.outputs().size(), KNOWN_OUTPUTS_LOOKED_UP);
    for (int i = 0; i < count; i++) {
      if (chain.coins().coin(tx.outPoint(i)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean areRelativeLocksOver(Transaction tx, List<Coin> spent) {
    HeaderNode tip = chain.tip();
    return SequenceLocks.of(tx, spent, height -> tip.ancestor(height).medianTimePast())
        .areSatisfied(tip.height() + 1, tip.medianTimePast());
  }

  private Optional<MempoolResult> spentStandardly(Transaction tx, List<Coin> spent) {
    return options.requireStandard() ? SpendingStandardness.check(tx, spent) : Optional.empty();
  }

  private MempoolEntry entry(Transaction tx, List<Coin> spent, Terms terms) {
    int sigOpCost = ScriptChecks.sigOpCost(tx, spent);
    return new MempoolEntry(
        tx,
        new MempoolEntry.Fees(TxChecks.fee(tx, spent), terms.priorities().deltaSat(tx.txid())),
        sigOpCost,
        Math.max(tx.weight(), sigOpCost * options.forms().bytesPerSigop()),
        terms.nowMillis(),
        chain.tip().height(),
        spent.stream().anyMatch(Coin::coinbase));
  }

  private MempoolResult weigh(Candidate candidate, TxGraph graph, Terms terms) {
    MempoolEntry entry = candidate.entry();
    Optional<MempoolResult> feeTooLow =
        feeTooLow(entry.modifiedFeeSat(), entry.virtualSize(), terms);
    if (feeTooLow.isPresent()) {
      return feeTooLow.get();
    }
    Replacement replacement = Replacement.of(entry, graph);
    Optional<TrucRules.Violation> truc = truc(entry, graph.index(), replacement.direct(), terms);
    if (truc.isEmpty()) {
      return weigh(candidate, graph, replacement, terms);
    }
    return truc.get()
        .sibling()
        .map(sibling -> weigh(candidate, graph, replacement.withSibling(sibling), terms))
        .orElseGet(() -> truc.get().result());
  }

  private MempoolResult weigh(
      Candidate candidate, TxGraph graph, Replacement replacement, Terms terms) {
    MempoolEntry entry = candidate.entry();
    return replacement
        .check(options)
        .or(() -> replacement.isNone() ? clusterTooLarge(entry, graph) : Optional.empty())
        .or(() -> feeTooHigh(entry, terms))
        .or(() -> leavesDust(entry, graph.index(), terms))
        .or(() -> scripts(candidate))
        .orElseGet(() -> new MempoolResult.Accepted(entry, List.copyOf(replacement.all())));
  }

  private static Optional<TrucRules.Violation> truc(
      MempoolEntry entry, PoolIndex pool, Set<MempoolEntry> replaced, Terms terms) {
    return terms.roomFee().flatMap(roomFee -> TrucRules.check(entry, pool, replaced));
  }

  /** What one of several that come together breaks of its own, beside what waits already. */
  Optional<MempoolResult> besideWaiting(MempoolEntry entry, TxGraph graph, Terms terms) {
    Set<MempoolEntry> replaced = Replacement.of(entry, graph).direct();
    return truc(entry, graph.index(), replaced, terms)
        .map(TrucRules.Violation::result)
        .or(() -> feeTooHigh(entry, terms));
  }

  /** Dust is tolerated only where nobody gains by mining it alone. */
  private Optional<MempoolResult> dust(MempoolEntry entry) {
    return (entry.feeSat() != 0 || entry.modifiedFeeSat() != 0) && isDusty(entry)
        ? refused(PolicyReason.DUST, "tx with dust output must be 0-fee")
        : Optional.empty();
  }

  boolean isDusty(MempoolEntry entry) {
    return options.requireStandard() && !standardness.dust(entry.transaction()).isEmpty();
  }

  private static Optional<MempoolResult> tooManySigOps(MempoolEntry entry) {
    return entry.sigOpCost() > Standardness.MAX_SIGOP_COST
        ? refused(PolicyReason.TOO_MANY_SIGOPS, Integer.toString(entry.sigOpCost()))
        : Optional.empty();
  }

  /** Whether what is paid for so many virtual bytes is too little. */
  Optional<MempoolResult> feeTooLow(long feeSat, long virtualSize, Terms terms) {
    if (terms.roomFee().isEmpty()) {
      return Optional.empty();
    }
    long room = terms.roomFee().get().feeFor(virtualSize);
    if (feeSat < room) {
      return refused(PolicyReason.MEMPOOL_MINIMUM_FEE, feeSat + " < " + room);
    }
    long relay = options.fees().minimumRelay().feeFor(virtualSize);
    return feeSat < relay
        ? refused(PolicyReason.MINIMUM_RELAY_FEE, feeSat + " < " + relay)
        : Optional.empty();
  }

  private static Optional<MempoolResult> feeTooHigh(MempoolEntry entry, Terms terms) {
    FeeRate rate = MempoolEntry.modifiedRate(List.of(entry));
    return terms.highestRate().filter(highest -> rate.compareTo(highest) > 0).isPresent()
        ? refused(PolicyReason.MAX_FEERATE)
        : Optional.empty();
  }

  Optional<MempoolResult> scripts(Candidate candidate) {
    return ScriptChecks.verify(candidate.entry().transaction(), candidate.spent(), chain);
  }

  private Optional<MempoolResult> clusterTooLarge(MempoolEntry entry, TxGraph graph) {
    int count = 1;
    long weight = entry.policyWeight();
    for (Cluster cluster : graph.neighbours(entry)) {
      count += cluster.count();
      weight += cluster.weight();
    }
    return count > options.clusters().count() || weight > options.clusters().weight()
        ? refused(PolicyReason.TOO_LARGE_CLUSTER)
        : Optional.empty();
  }

  Optional<MempoolResult> leavesDust(MempoolEntry entry, PoolIndex pool, Terms terms) {
    if (terms.roomFee().isEmpty() || !options.requireStandard()) {
      return Optional.empty();
    }
    Set<OutPoint> dust = new LinkedHashSet<>();
    for (MempoolEntry parent : pool.parents(entry)) {
      for (int index : standardness.dust(parent.transaction())) {
        dust.add(parent.transaction().outPoint(index));
      }
    }
    entry.transaction().inputs().forEach(input -> dust.remove(input.outPoint()));
    return dust.isEmpty()
        ? Optional.empty()
        : refused(
            PolicyReason.MISSING_EPHEMERAL_SPENDS,
            "tx %s (wtxid=%s) did not spend parent's ephemeral dust"
                .formatted(entry.txid(), entry.wtxid()));
  }

  /** Whether an entry that waits already could be in the next block after a reorganisation. */
  boolean isStillValid(MempoolEntry entry, PoolIndex pool) {
    Transaction tx = entry.transaction();
    if (!isFinal(tx)) {
      return false;
    }
    CoinView view = coins(pool);
    List<Coin> spent =
        tx.inputs().stream().flatMap(in -> view.coin(in.outPoint()).stream()).toList();
    return spent.size() == tx.inputs().size()
        && areRelativeLocksOver(tx, spent)
        && TxChecks.inUtxoContext(tx, spent, nextHeight(), chain.params()).isAccepted();
  }

  MempoolCoins coins(PoolIndex pool) {
    return new MempoolCoins(pool, chain.coins(), nextHeight());
  }

  private int nextHeight() {
    return chain.tip().height() + 1;
  }
}
