package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.PackageResult.Fault;
import org.farthing.node.mempool.PackageResult.Outcome;

/**
 * Takes in a child with its parents, as Bitcoin Core's {@code AcceptPackage} does. Whatever can
 * stand alone comes in alone, so that nobody pays for a parent that pays for itself. What pays too
 * little alone, or misses its parents, is then tried together, at one feerate: a child can pay for
 * its parent. Nothing is evicted in between; the caller makes room afterwards, and asks again what
 * is left ({@link #afterTrim}).
 */
final class PackageAcceptance {
  private final Admission admission;
  private final TxGraph graph;
  private final Admission.Terms terms;
  private final BiConsumer<MempoolEntry, List<MempoolEntry>> add;

  /**
   * @param add puts an entry into the graph, in the place of others
   */
  PackageAcceptance(
      Admission admission,
      TxGraph graph,
      Admission.Terms terms,
      BiConsumer<MempoolEntry, List<MempoolEntry>> add) {
    this.admission = admission;
    this.graph = graph;
    this.terms = terms;
    this.add = add;
  }

  PackageResult accept(List<Transaction> transactions) {
    Optional<Fault> fault = PackageForm.check(transactions);
    if (fault.isPresent()) {
      return PackageResult.of(fault.get());
    }
    if (transactions.size() > 1 && !PackageForm.isChildWithParents(transactions)) {
      return PackageResult.of(new Fault("package-not-child-with-parents", ""));
    }
    Map<Wtxid, Outcome> outcomes = new LinkedHashMap<>();
    List<Transaction> together = new ArrayList<>();
    boolean hopeless = false;
    for (Transaction transaction : transactions) {
      Outcome outcome = alone(transaction);
      outcomes.put(transaction.wtxid(), outcome);
      if (outcome instanceof Outcome.Failed failed) {
        together.add(transaction);
        hopeless |= transactions.size() == 1 || !mayPassWithOthers(failed.result());
      }
    }
    if (hopeless) {
      return new PackageResult(Optional.of(PackageResult.TRANSACTION_FAILED), outcomes);
    }
    if (together.isEmpty()) {
      return new PackageResult(Optional.empty(), outcomes);
    }
    PackageResult rest = together(together);
    outcomes.putAll(rest.outcomes());
    return new PackageResult(rest.fault(), outcomes);
  }

  private static boolean mayPassWithOthers(MempoolResult result) {
    return result instanceof MempoolResult.MissingInputs
        || (result instanceof MempoolResult.Refused refused
            && refused.reasonCode().kind() == PolicyReason.Kind.RECONSIDERABLE);
  }

  private Outcome alone(Transaction transaction) {
    Optional<MempoolEntry> waiting = graph.index().get(transaction.txid());
    if (waiting.isPresent()) {
      return waiting.get().wtxid().equals(transaction.wtxid())
          ? new Outcome.Waits(waiting.get())
          : new Outcome.WaitsOtherwise(waiting.get());
    }
    MempoolResult result = admission.check(transaction, graph, terms);
    if (result instanceof MempoolResult.Accepted accepted) {
      add.accept(accepted.entry(), accepted.replaced());
      return alone(accepted.entry(), accepted.replaced());
    }
    return new Outcome.Failed(result);
  }

  /** It comes at its own feerate. */
  private static Outcome alone(MempoolEntry entry, List<MempoolEntry> replaced) {
    FeeRate rate = MempoolEntry.modifiedRate(List.of(entry));
    return new Outcome.Accepted(entry, rate, List.of(entry.wtxid()), replaced);
  }

  private PackageResult together(List<Transaction> transactions) {
    if (transactions.size() == 1) {
      Outcome outcome = alone(transactions.get(0));
      return new PackageResult(
          outcome instanceof Outcome.Failed
              ? Optional.of(PackageResult.TRANSACTION_FAILED)
              : Optional.empty(),
          Map.of(transactions.get(0).wtxid(), outcome));
    }
    List<Admission.Candidate> candidates = new ArrayList<>();
    Optional<PackageResult> unfit = gather(transactions, candidates, each -> Optional.empty());
    if (unfit.isPresent()) {
      return unfit.get();
    }
    List<MempoolEntry> entries = candidates.stream().map(Admission.Candidate::entry).toList();
    return family(entries)
        .map(PackageResult::of)
        .or(() -> fees(entries))
        .or(() -> replacement(entries).map(PackageResult::of))
        .or(() -> dust(candidates))
        .or(() -> scripts(candidates))
        .orElseGet(() -> submit(entries));
  }

  /**
   * Says whether each of the transactions would be taken in after those before it, at its own
   * feerate and without replacing anything; nothing changes.
   */
  PackageResult test(List<Transaction> transactions) {
    List<Admission.Candidate> candidates = new ArrayList<>();
    Optional<PackageResult> fault =
        PackageForm.check(transactions)
            .map(PackageResult::of)
            .or(() -> gather(transactions, candidates, this::feeAlone));
    if (fault.isPresent()) {
      return fault.get();
    }
    List<MempoolEntry> entries = candidates.stream().map(Admission.Candidate::entry).toList();
    return family(entries)
        .or(() -> replacement(entries))
        .map(PackageResult::of)
        .or(() -> dust(candidates))
        .orElseGet(() -> afterScripts(candidates));
  }

  private Optional<MempoolResult> feeAlone(MempoolEntry entry) {
    return admission.feeTooLow(entry.modifiedFeeSat(), entry.virtualSize(), terms);
  }

  /** As far as the first whose scripts fail. */
  private PackageResult afterScripts(List<Admission.Candidate> candidates) {
    Map<Wtxid, Outcome> outcomes = new LinkedHashMap<>();
    for (Admission.Candidate candidate : candidates) {
      MempoolEntry entry = candidate.entry();
      Optional<MempoolResult> fault = admission.scripts(candidate);
      if (fault.isPresent()) {
        outcomes.put(entry.wtxid(), new Outcome.Failed(fault.get()));
        return new PackageResult(Optional.of(PackageResult.TRANSACTION_FAILED), outcomes);
      }
      outcomes.put(entry.wtxid(), alone(entry, List.of()));
    }
    return new PackageResult(Optional.empty(), outcomes);
  }

  /**
   * Looks at each transaction as if those before it waited.
   *
   * @param candidates where they are put that pass
   * @param fee what is asked of each one's own fee
   * @return the failure, if one doesn't pass
   */
  private Optional<PackageResult> gather(
      List<Transaction> transactions,
      List<Admission.Candidate> candidates,
      Function<MempoolEntry, Optional<MempoolResult>> fee) {
    PoolIndex pool = graph.index();
    for (Transaction transaction : transactions) {
      Admission.Examined examined = admission.examine(transaction, graph, pool, terms);
      if (examined instanceof Admission.Unfit unfit) {
        return Optional.of(failed(transaction, unfit.result()));
      }
      Admission.Candidate candidate = (Admission.Candidate) examined;
      Optional<MempoolResult> fault =
          fee.apply(candidate.entry())
              .or(() -> admission.besideWaiting(candidate.entry(), graph, terms));
      if (fault.isPresent()) {
        return Optional.of(failed(transaction, fault.get()));
      }
      candidates.add(candidate);
      pool = pool.with(candidate.entry());
    }
    return Optional.empty();
  }

  private static PackageResult failed(Transaction transaction, MempoolResult result) {
    return failed(transaction, result, PackageResult.TRANSACTION_FAILED);
  }

  private static PackageResult failed(Transaction transaction, MempoolResult result, Fault fault) {
    return new PackageResult(
        Optional.of(fault), Map.of(transaction.wtxid(), new Outcome.Failed(result)));
  }

  private Optional<Fault> family(List<MempoolEntry> entries) {
    PoolIndex pool = graph.index();
    for (MempoolEntry entry : entries) {
      Optional<Fault> violation =
          TrucRules.checkTogether(entry, pool)
              .map(each -> new Fault(PolicyReason.TRUC_VIOLATION.label(), each.detail()));
      if (violation.isPresent()) {
        return violation;
      }
      pool = pool.with(entry);
    }
    return Optional.empty();
  }

  private Optional<PackageResult> fees(List<MempoolEntry> entries) {
    long feeSat = MempoolEntry.modifiedFeesSat(entries);
    MempoolEntry child = entries.get(entries.size() - 1);
    return admission
        .feeTooLow(feeSat, MempoolEntry.virtualSize(entries), terms)
        .map(refusal -> failed(child.transaction(), refusal));
  }

  private Optional<Fault> replacement(List<MempoolEntry> entries) {
    Replacement replacement = Replacement.of(entries, graph);
    if (!replacement.isNone()) {
      return new PackageReplacement(entries, graph, admission.options()).check(replacement);
    }
    return replacement.consequences().exceed(admission.options().clusters())
        ? Optional.of(new Fault(PolicyReason.TOO_LARGE_CLUSTER.label(), ""))
        : Optional.empty();
  }

  private Optional<PackageResult> dust(List<Admission.Candidate> candidates) {
    PoolIndex pool = graph.index();
    for (Admission.Candidate candidate : candidates) {
      pool = pool.with(candidate.entry());
    }
    for (Admission.Candidate candidate : candidates) {
      Optional<MempoolResult> dust = admission.leavesDust(candidate.entry(), pool, terms);
      if (dust.isPresent()) {
        return Optional.of(
            failed(candidate.entry().transaction(), dust.get(), new Fault("unspent-dust", "")));
      }
    }
    return Optional.empty();
  }

  private Optional<PackageResult> scripts(List<Admission.Candidate> candidates) {
    for (Admission.Candidate candidate : candidates) {
      Optional<MempoolResult> fault = admission.scripts(candidate);
      if (fault.isPresent()) {
        return Optional.of(failed(candidate.entry().transaction(), fault.get()));
      }
    }
    return Optional.empty();
  }

  private PackageResult submit(List<MempoolEntry> entries) {
    FeeRate rate = MempoolEntry.modifiedRate(entries);
    List<Wtxid> wtxids = entries.stream().map(MempoolEntry::wtxid).toList();
    Map<Wtxid, Outcome> outcomes = new LinkedHashMap<>();
    for (MempoolEntry entry : entries) {
      List<MempoolEntry> replaced = List.copyOf(Replacement.of(entry, graph).all());
      add.accept(entry, replaced);
      outcomes.put(entry.wtxid(), new Outcome.Accepted(entry, rate, wtxids, replaced));
    }
    return new PackageResult(Optional.empty(), outcomes);
  }

  /** What is left of a result after what pays least was evicted. */
  static PackageResult afterTrim(PackageResult result, PoolIndex pool) {
    Map<Wtxid, Outcome> outcomes = new LinkedHashMap<>(result.outcomes());
    Optional<Fault> fault = result.fault();
    for (Map.Entry<Wtxid, Outcome> each : result.outcomes().entrySet()) {
      boolean isGone =
          each.getValue() instanceof Outcome.InPool waiting
              && pool.get(waiting.entry().txid()).isEmpty();
      if (isGone) {
        fault = Optional.of(PackageResult.TRANSACTION_FAILED);
        outcomes.put(
            each.getKey(),
            new Outcome.Failed(MempoolResult.refused(PolicyReason.NO_ROOM_FOR_PACKAGE)));
      }
    }
    return new PackageResult(fault, outcomes);
  }
}
