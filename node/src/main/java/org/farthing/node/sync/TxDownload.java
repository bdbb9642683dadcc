package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.PackageHash;
import org.farthing.node.mempool.PolicyReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which transactions are asked for, and whether and how those that arrive are to be
 * validated, as Bitcoin Core's {@code TxDownloadManager} does. It validates nothing itself and
 * sends nothing.
 *
 * <ul>
 *   <li>Announcements go to the {@link TxRequestTracker}, later for peers that called us, for
 *       announcements by txid while others announce by wtxid, and for peers with many open
 *       requests; beyond {@value #MAX_ANNOUNCEMENTS} nothing of a peer is remembered.
 *   <li>What was refused, or confirmed a while ago, is not asked for again. A new tip gives what
 *       was refused another chance.
 *   <li>What paid too little is not validated alone again, but perhaps together with a child.
 *   <li>One whose parents are missing waits in the {@link Orphanage}; whoever announced it is asked
 *       for the parents, by txid.
 * </ul>
 */
final class TxDownload {
  private static final Logger LOG = LoggerFactory.getLogger(TxDownload.class);

  static final int MAX_ANNOUNCEMENTS = 5000;
  static final int MAX_IN_FLIGHT = 100;
  static final long TXID_DELAY_MILLIS = 2_000;
  static final long NOT_PREFERRED_DELAY_MILLIS = 2_000;
  static final long OVERLOADED_DELAY_MILLIS = 2_000;
  static final long REQUEST_MILLIS = 60_000;
  private static final int REJECTED_CAPACITY = 120_000;
  private static final int CONFIRMED_CAPACITY = 48_000;

  /**
   * A peer that announces transactions.
   *
   * @param preferred it is asked at once
   * @param unlimited the operator relies on what it relays
   * @param byWtxid it announces by wtxid (BIP-0339)
   */
  record Source(boolean preferred, boolean unlimited, boolean byWtxid) {}

  /**
   * What is to be done with a transaction that arrived.
   *
   * @param validate by itself
   * @param family to be validated together
   */
  record Arrival(boolean validate, Optional<Family> family) {}

  /**
   * What follows from a refusal.
   *
   * @param parents that the peer is known to have
   * @param family to be validated together
   * @param isNew other peers may have put it into a block, although we don't want it
   */
  record Refusal(List<Txid> parents, Optional<Family> family, boolean isNew) {}

  private final Mempool mempool;
  private final TxRequestTracker requests;
  private final Orphanage orphanage;
  private final RollingFilter rejected;
  private final RollingFilter rejectedAlone;
  private final RollingFilter confirmed;
  private final Map<Long, Source> sources = new LinkedHashMap<>();
  private int wtxidSources;

  TxDownload(Mempool mempool, Random random) {
    this.mempool = mempool;
    requests = new TxRequestTracker(random);
    orphanage = new Orphanage(random);
    rejected = new RollingFilter(REJECTED_CAPACITY, random);
    rejectedAlone = new RollingFilter(REJECTED_CAPACITY, random);
    confirmed = new RollingFilter(CONFIRMED_CAPACITY, random);
  }

  void connected(long peer, Source source) {
    sources.put(peer, source);
    wtxidSources += source.byWtxid() ? 1 : 0;
  }

  void disconnected(long peer) {
    orphanage.disconnected(peer);
    requests.disconnected(peer);
    Source source = sources.remove(peer);
    if (source != null && source.byWtxid()) {
      wtxidSources--;
    }
  }

  /** Nothing is to be asked for, nothing is awaited, and nothing waits for its parents. */
  boolean isIdle() {
    return requests.isEmpty() && orphanage.size() == 0;
  }

  /** What peers announced and may still be asked for, of all peers together. */
  int announcements() {
    return requests.size();
  }

  /** The chain has another tip: what was refused may be good now. */
  void tipChanged() {
    rejected.clear();
    rejectedAlone.clear();
  }

  /** A block was connected. */
  void connected(List<Transaction> transactions) {
    orphanage.confirmed(transactions);
    for (Transaction transaction : transactions) {
      orphanage.parentArrived(transaction);
      confirmed.add(transaction.txid());
      if (transaction.hasWitness()) {
        confirmed.add(transaction.wtxid());
      }
      settled(transaction);
    }
  }

  /** A block was disconnected: what it held may be asked for again. */
  void disconnected() {
    confirmed.clear();
  }

  /**
   * A peer announced a transaction.
   *
   * @param nowMillis the peer is asked for it from now on, or a little later
   * @return whether nothing came of it because we have the transaction, or have had it
   */
  boolean announced(long peer, Hash256 hash, long nowMillis) {
    Optional<Transaction> orphan =
        hash instanceof Wtxid wtxid ? orphanage.get(wtxid) : Optional.empty();
    if (orphan.isPresent()) {
      Set<Txid> missing = missingParents(orphan.get());
      if (!missing.isEmpty() && resolveBy(peer, orphan.get(), missing, nowMillis)) {
        orphanage.alsoFrom(orphan.get().wtxid(), peer);
      }
      return true;
    }
    if (isKnown(hash, true)) {
      return true;
    }
    Source source = sources.get(peer);
    if (source == null || (!source.unlimited() && requests.count(peer) >= MAX_ANNOUNCEMENTS)) {
      return false;
    }
    boolean byTxid = hash instanceof Txid;
    requests.announced(
        peer, hash, source.preferred(), nowMillis + delayMillis(peer, source, byTxid));
    return false;
  }

  private long delayMillis(long peer, Source source, boolean byTxid) {
    boolean overloaded = !source.unlimited() && requests.inFlight(peer) >= MAX_IN_FLIGHT;
    return (source.preferred() ? 0 : NOT_PREFERRED_DELAY_MILLIS)
        + (byTxid && wtxidSources > 0 ? TXID_DELAY_MILLIS : 0)
        + (overloaded ? OVERLOADED_DELAY_MILLIS : 0);
  }

  /** The peer has an orphan, so that it should have its parents too. False if it isn't asked. */
  private boolean resolveBy(long peer, Transaction orphan, Set<Txid> missing, long nowMillis) {
    Source source = sources.get(peer);
    if (source == null || orphanage.isFrom(orphan.wtxid(), peer)) {
      return false;
    }
    if (!source.unlimited() && requests.count(peer) + missing.size() > MAX_ANNOUNCEMENTS) {
      return false;
    }
    long fromMillis = nowMillis + delayMillis(peer, source, true);
    for (Txid parent : missing) {
      requests.announced(peer, parent, source.preferred(), fromMillis);
    }
    LOG.debug("added peer={} as a candidate for resolving orphan {}", peer, orphan.wtxid());
    return true;
  }

  /** What this peer is to be asked for now; it counts as asked from here on. */
  List<Hash256> takeRequests(long peer, long nowMillis) {
    List<Hash256> wanted = new ArrayList<>();
    List<Hash256> due =
        requests.requestable(
            peer,
            nowMillis,
            expired ->
                LOG.debug(
                    "timeout of inflight {} {} from peer={}",
                    label(expired.hash()),
                    expired.hash(),
                    expired.peer()));
    for (Hash256 hash : due) {
      if (isKnown(hash, false)) {
        requests.settled(hash);
      } else {
        LOG.debug("Requesting {} {} peer={}", label(hash), hash, peer);
        wanted.add(hash);
        requests.requested(peer, hash, nowMillis + REQUEST_MILLIS);
      }
    }
    return wanted;
  }

  private static String label(Hash256 hash) {
    return hash instanceof Wtxid ? "wtx" : "tx";
  }

  /** The peer doesn't have what it was asked for. */
  void notFound(long peer, Hash256 hash) {
    requests.responded(peer, hash);
  }

  /** A peer sent a transaction. */
  Arrival received(long peer, Transaction transaction) {
    requests.responded(peer, transaction.txid());
    if (transaction.hasWitness()) {
      requests.responded(peer, transaction.wtxid());
    }
    if (isKnown(transaction.wtxid(), false)) {
      return new Arrival(false, Optional.empty());
    }
    if (rejectedAlone.contains(transaction.wtxid())) {
      LOG.debug(
          "found tx {} (wtxid={}) in reconsiderable rejects, looking for child in orphanage",
          transaction.txid(),
          transaction.wtxid());
      return new Arrival(false, family(transaction, peer));
    }
    return new Arrival(true, Optional.empty());
  }

  /** The mempool took it. */
  void accepted(Transaction transaction) {
    settled(transaction);
    orphanage.parentArrived(transaction);
    orphanage.remove(transaction.wtxid());
  }

  /**
   * The mempool refused it.
   *
   * @param isFirst it was never tried before, so that it may become an orphan
   */
  Refusal refused(
      Transaction transaction, MempoolResult result, long peer, boolean isFirst, long nowMillis) {
    if (result instanceof MempoolResult.MissingInputs) {
      boolean adopts = isFirst && !rejected.contains(transaction.wtxid());
      boolean isNew = isFirst && !orphanage.contains(transaction.wtxid());
      List<Txid> parents = adopts ? adopt(transaction, peer, nowMillis) : List.of();
      return new Refusal(parents, Optional.empty(), isNew);
    }
    Optional<PolicyReason.Kind> kind =
        result instanceof MempoolResult.Refused refused
            ? Optional.of(refused.reasonCode().kind())
            : Optional.empty();
    Optional<Family> family = Optional.empty();
    boolean stripped = kind.filter(PolicyReason.Kind.WITNESS_STRIPPED::equals).isPresent();
    if (!stripped) {
      family = remember(transaction, kind, peer, isFirst);
    }
    if (orphanage.remove(transaction.wtxid())) {
      LOG.debug("   removed orphan tx {} (wtxid={})", transaction.txid(), transaction.wtxid());
    }
    return new Refusal(List.of(), family, isFirst && !stripped);
  }

  /**
   * What was refused is not asked for again. By its txid it may be, where another witness could
   * make it acceptable; and one whose witness somebody took away says nothing even of its wtxid,
   * which is then its txid.
   */
  private Optional<Family> remember(
      Transaction transaction, Optional<PolicyReason.Kind> kind, long peer, boolean isFirst) {
    Optional<Family> family = Optional.empty();
    if (kind.filter(PolicyReason.Kind.RECONSIDERABLE::equals).isPresent()) {
      rejectedAlone.add(transaction.wtxid());
      if (isFirst) {
        LOG.debug(
            "tx {} (wtxid={}) failed but reconsiderable, looking for child in orphanage",
            transaction.txid(),
            transaction.wtxid());
        family = family(transaction, peer);
      }
    } else {
      rejected.add(transaction.wtxid());
    }
    requests.settled(transaction.wtxid());
    boolean hopeless = kind.filter(PolicyReason.Kind.INPUTS_NOT_STANDARD::equals).isPresent();
    if (hopeless && transaction.hasWitness()) {
      rejected.add(transaction.txid());
      requests.settled(transaction.txid());
    }
    return family;
  }

  /**
   * Keeps an orphan, if somebody can be asked for its parents and they have not been refused.
   *
   * @return the parents that are missing
   */
  private List<Txid> adopt(Transaction orphan, long peer, long nowMillis) {
    Set<Txid> parents = orphan.parents();
    if (hasRejected(parents)) {
      LOG.debug(
          "not keeping orphan with rejected parents {} (wtxid={})", orphan.txid(), orphan.wtxid());
      rejected.add(orphan.txid());
      rejected.add(orphan.wtxid());
      settled(orphan);
      return List.of();
    }
    Set<Txid> missing = missingParents(orphan);
    Set<Long> holders = new LinkedHashSet<>();
    holders.add(peer);
    holders.addAll(requests.holders(orphan.txid()));
    holders.addAll(requests.holders(orphan.wtxid()));
    for (long holder : holders) {
      if (resolveBy(holder, orphan, missing, nowMillis)) {
        orphanage.add(orphan, holder);
      }
    }
    settled(orphan);
    return List.copyOf(missing);
  }

  /** One that paid too little can be helped by the child, two cannot. */
  private boolean hasRejected(Set<Txid> parents) {
    int alone = 0;
    for (Txid parent : parents) {
      if (rejected.contains(parent)) {
        return true;
      }
      if (rejectedAlone.contains(parent) && !mempool.contains(parent)) {
        alone++;
      }
    }
    return alone > 1;
  }

  private Set<Txid> missingParents(Transaction orphan) {
    Set<Txid> parents = orphan.parents();
    parents.removeIf(parent -> isKnown(parent, false));
    return parents;
  }

  /** Both together were refused: not again. */
  void refused(Family family) {
    rejectedAlone.add(PackageHash.of(family.transactions()));
  }

  /**
   * A child, of the same peer, that was not tried with this parent yet. Children of others don't
   * count: somebody could send many useless ones and so keep us from the one that helps.
   */
  private Optional<Family> family(Transaction parent, long peer) {
    return orphanage.childrenFrom(peer, parent.txid()).stream()
        .map(child -> new Family(parent, child, peer))
        .filter(family -> !rejectedAlone.contains(PackageHash.of(family.transactions())))
        .filter(family -> !rejected.contains(family.child().txid()))
        .findFirst();
  }

  /** Orphans of the peer have got a parent, and are to be tried again. */
  boolean hasDue(long peer) {
    return orphanage.hasDue(peer);
  }

  Optional<Transaction> nextDue(long peer) {
    return orphanage.nextDue(peer);
  }

  List<Orphanage.Orphan> orphans() {
    return orphanage.all();
  }

  private void settled(Transaction transaction) {
    requests.settled(transaction.txid());
    requests.settled(transaction.wtxid());
  }

  /**
   * Orphans are never looked for by txid: somebody could send one with a spoilt witness to keep us
   * from the real one. A txid can be that of a transaction without witness, though.
   */
  private boolean isKnown(Hash256 hash, boolean withRejectedAlone) {
    Wtxid asWtxid = TxRequestTracker.key(hash);
    boolean waits = hash instanceof Txid txid ? mempool.contains(txid) : mempool.contains(asWtxid);
    return waits
        || orphanage.contains(asWtxid)
        || confirmed.contains(hash)
        || rejected.contains(hash)
        || (withRejectedAlone && rejectedAlone.contains(hash));
  }
}
