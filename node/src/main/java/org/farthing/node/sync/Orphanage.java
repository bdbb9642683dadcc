package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that came before their parents, each with the peers that announced it, as Bitcoin
 * Core's {@code TxOrphanage} keeps them. Nobody can tell them from transactions that spend what
 * doesn't exist, so that they are few:
 *
 * <ul>
 *   <li>Every peer has a share: {@value #WEIGHT_PER_PEER} weight units, and an equal part of
 *       {@value #MAX_LATENCY} points for the work that orphans make (one for each announcement, one
 *       more for every ten inputs). It may use more as long as there is room in total.
 *   <li>When there is not, the peer that exceeds its share most loses the oldest of its
 *       announcements. An orphan goes when nobody is left who announced it. So nobody can push out
 *       what another has announced within his share.
 *   <li>When a parent arrives, its children are to be tried again: each on the account of one of
 *       those who announced it, drawn by lot, in whose work it stands then.
 * </ul>
 */
public final class Orphanage {
  private static final Logger LOG = LoggerFactory.getLogger(Orphanage.class);

  static final int MAX_LATENCY = 3000;
  static final long WEIGHT_PER_PEER = 404_000;

  /** The weight that any transaction may have at most to be passed on. */
  static final int MAX_WEIGHT = 400_000;

  private static final int INPUTS_PER_POINT = 10;

  /**
   * A transaction that waits.
   *
   * @param peers who sent or announced it, in ascending order
   */
  public record Orphan(Transaction transaction, List<Long> peers) {
    public Orphan {
      peers = List.copyOf(peers);
    }
  }

  private static final class Entry {
    final Transaction transaction;
    final Map<Long, Announcement> announcers = new TreeMap<>();

    /** The announcement by which it is to be tried again. */
    Announcement dueBy;

    Entry(Transaction transaction) {
      this.transaction = transaction;
    }

    Wtxid wtxid() {
      return transaction.wtxid();
    }

    long weight() {
      return transaction.weight();
    }

    int inputPoints() {
      return transaction.inputs().size() / INPUTS_PER_POINT;
    }
  }

  private record Announcement(Entry entry, long peer, long order) {}

  /** The announcements of one peer, the oldest first. */
  private static final class Share {
    final TreeMap<Long, Announcement> idle = new TreeMap<>();
    final TreeMap<Long, Announcement> due = new TreeMap<>();
    long weight;
    long latency;

    void add(Entry entry, int sign) {
      weight += sign * entry.weight();
      latency += sign * (1L + entry.inputPoints());
    }

    int count() {
      return idle.size() + due.size();
    }

    /** Those that are not to be tried again go first. */
    Announcement oldest() {
      return (idle.isEmpty() ? due : idle).firstEntry().getValue();
    }
  }

  /** How much of what is allowed a peer uses; more is worse, and so is a smaller allowance. */
  private record Score(long used, long allowed) implements Comparable<Score> {
    static final Score FULL = new Score(1, 1);

    static Score of(Share share, long allowedLatency, long allowedWeight) {
      Score latency = new Score(share.latency, allowedLatency);
      Score weight = new Score(share.weight, allowedWeight);
      return latency.compareTo(weight) >= 0 ? latency : weight;
    }

    boolean isMoreThan(Score other) {
      return used * other.allowed > other.used * allowed;
    }

    @Override
    public int compareTo(Score other) {
      int byRatio = Long.compare(used * other.allowed, other.used * allowed);
      return byRatio != 0 ? byRatio : Long.compare(other.allowed, allowed);
    }
  }

  private record Offender(long peer, Score score) implements Comparable<Offender> {
    @Override
    public int compareTo(Offender other) {
      int worst = other.score.compareTo(score);
      return worst != 0 ? worst : Long.compare(other.peer, peer);
    }
  }

  private final int maxLatency;
  private final long weightPerPeer;
  private final Random random;
  private final Map<Wtxid, Entry> entries = new LinkedHashMap<>();
  private final Map<OutPoint, Set<Entry>> spenders = new LinkedHashMap<>();
  private final Map<Long, Share> shares = new LinkedHashMap<>();
  private long nextOrder;
  private int announcements;
  private long totalWeight;
  private int totalInputPoints;

  public Orphanage(Random random) {
    this(MAX_LATENCY, WEIGHT_PER_PEER, random);
  }

  Orphanage(int maxLatency, long weightPerPeer, Random random) {
    this.maxLatency = maxLatency;
    this.weightPerPeer = weightPerPeer;
    this.random = random;
  }

  /** The peer sent, or announced, an orphan. True where the transaction is new. */
  public boolean add(Transaction transaction, long peer) {
    Wtxid wtxid = transaction.wtxid();
    if (transaction.weight() > MAX_WEIGHT) {
      LOG.debug(
          "ignoring large orphan tx (size: {}, txid: {}, wtxid: {})",
          transaction.weight(),
          transaction.txid(),
          wtxid);
      return false;
    }
    Entry known = entries.get(wtxid);
    if (known != null) {
      announce(known, peer);
      return false;
    }
    Entry entry = new Entry(transaction);
    entries.put(wtxid, entry);
    totalWeight += entry.weight();
    totalInputPoints += entry.inputPoints();
    for (TxIn input : transaction.inputs()) {
      spenders.computeIfAbsent(input.outPoint(), key -> new LinkedHashSet<>()).add(entry);
    }
    LOG.debug(
        "stored orphan tx {} (wtxid={}), weight: {} (mapsz {} outsz {})",
        transaction.txid(),
        wtxid,
        entry.weight(),
        announcements + 1,
        spenders.size());
    announce(entry, peer);
    return true;
  }

  /** Another peer has it too. True where that was not known, and the orphan is. */
  public boolean alsoFrom(Wtxid wtxid, long peer) {
    Entry entry = entries.get(wtxid);
    return entry != null && announce(entry, peer);
  }

  private boolean announce(Entry entry, long peer) {
    if (entry.announcers.containsKey(peer)) {
      return false;
    }
    Announcement announcement = new Announcement(entry, peer, nextOrder++);
    if (!entry.announcers.isEmpty()) {
      LOG.debug(
          "added peer={} as announcer of orphan tx {} (wtxid={})",
          peer,
          entry.transaction.txid(),
          entry.wtxid());
    }
    entry.announcers.put(peer, announcement);
    Share share = shares.computeIfAbsent(peer, key -> new Share());
    share.idle.put(announcement.order(), announcement);
    share.add(entry, 1);
    announcements++;
    limit();
    return true;
  }

  public Optional<Transaction> get(Wtxid wtxid) {
    return Optional.ofNullable(entries.get(wtxid)).map(entry -> entry.transaction);
  }

  public boolean contains(Wtxid wtxid) {
    return entries.containsKey(wtxid);
  }

  public boolean isFrom(Wtxid wtxid, long peer) {
    Entry entry = entries.get(wtxid);
    return entry != null && entry.announcers.containsKey(peer);
  }

  /** Those that wait, the first to come first. */
  public List<Orphan> all() {
    return entries.values().stream()
        .map(entry -> new Orphan(entry.transaction, List.copyOf(entry.announcers.keySet())))
        .toList();
  }

  public int size() {
    return entries.size();
  }

  /** A parent is here: whoever spends from it is to be tried again. */
  public void parentArrived(Transaction parent) {
    if (entries.isEmpty()) {
      return;
    }
    for (int i = 0; i < parent.outputs().size(); i++) {
      for (Entry entry : spenders.getOrDefault(parent.outPoint(i), Set.of())) {
        if (entry.dueBy == null) {
          List<Announcement> announcers = List.copyOf(entry.announcers.values());
          markDue(announcers.get(random.nextInt(announcers.size())));
        }
      }
    }
  }

  private void markDue(Announcement announcement) {
    Entry entry = announcement.entry();
    Share share = shares.get(announcement.peer());
    share.idle.remove(announcement.order());
    share.due.put(announcement.order(), announcement);
    entry.dueBy = announcement;
    LOG.debug(
        "added {} (wtxid={}) to peer {} workset",
        entry.transaction.txid(),
        entry.wtxid(),
        announcement.peer());
  }

  /** Whether something of this peer is to be tried again. */
  public boolean hasDue(long peer) {
    Share share = shares.get(peer);
    return share != null && !share.due.isEmpty();
  }

  /** What is to be tried again on the account of this peer; it is still here, but not due. */
  public Optional<Transaction> nextDue(long peer) {
    if (!hasDue(peer)) {
      return Optional.empty();
    }
    Share share = shares.get(peer);
    Announcement announcement = share.due.pollFirstEntry().getValue();
    share.idle.put(announcement.order(), announcement);
    announcement.entry().dueBy = null;
    return Optional.of(announcement.entry().transaction);
  }

  /** The orphans of a peer that spend from this parent: those that are due first, then the last. */
  public List<Transaction> childrenFrom(long peer, Txid parent) {
    Share share = shares.get(peer);
    List<Transaction> children = new ArrayList<>();
    if (share != null) {
      List<Announcement> newestFirst = new ArrayList<>(share.due.descendingMap().values());
      newestFirst.addAll(share.idle.descendingMap().values());
      for (Announcement announcement : newestFirst) {
        Transaction transaction = announcement.entry().transaction;
        if (spendsFrom(transaction, parent)) {
          children.add(transaction);
        }
      }
    }
    return children;
  }

  private static boolean spendsFrom(Transaction transaction, Txid parent) {
    return transaction.inputs().stream().anyMatch(in -> in.outPoint().txid().equals(parent));
  }

  /** The transaction is no orphan any more. */
  public boolean remove(Wtxid wtxid) {
    boolean removed = removeAll(wtxid);
    limit();
    return removed;
  }

  private boolean removeAll(Wtxid wtxid) {
    Entry entry = entries.get(wtxid);
    if (entry == null) {
      return false;
    }
    int count = entry.announcers.size();
    List.copyOf(entry.announcers.values()).forEach(this::erase);
    LOG.debug(
        "removed orphan tx {} (wtxid={}) ({} announcements)",
        entry.transaction.txid(),
        wtxid,
        count);
    return true;
  }

  /** The peer is gone; what nobody else has goes with it. */
  public void disconnected(long peer) {
    Share share = shares.get(peer);
    if (share != null) {
      int count = share.count();
      List.copyOf(share.idle.values()).forEach(this::erase);
      List.copyOf(share.due.values()).forEach(this::erase);
      LOG.debug("Erased {} orphan transaction(s) from peer={}", count, peer);
      limit();
    }
  }

  /** A block has them, or has spent what they spend. */
  public void confirmed(List<Transaction> transactions) {
    if (entries.isEmpty()) {
      return;
    }
    Set<Wtxid> gone = new LinkedHashSet<>();
    for (Transaction transaction : transactions) {
      for (TxIn input : transaction.inputs()) {
        spenders.getOrDefault(input.outPoint(), Set.of()).forEach(entry -> gone.add(entry.wtxid()));
      }
    }
    gone.forEach(this::removeAll);
    if (!gone.isEmpty()) {
      LOG.debug("Erased {} orphan transaction(s) included or conflicted by block", gone.size());
      limit();
    }
  }

  private void erase(Announcement announcement) {
    Entry entry = announcement.entry();
    Share share = shares.get(announcement.peer());
    (announcement.equals(entry.dueBy) ? share.due : share.idle).remove(announcement.order());
    share.add(entry, -1);
    if (share.count() == 0) {
      shares.remove(announcement.peer());
    }
    if (announcement.equals(entry.dueBy)) {
      entry.dueBy = null;
    }
    entry.announcers.remove(announcement.peer());
    announcements--;
    if (entry.announcers.isEmpty()) {
      forget(entry);
    }
  }

  private void forget(Entry entry) {
    entries.remove(entry.wtxid());
    totalWeight -= entry.weight();
    totalInputPoints -= entry.inputPoints();
    for (TxIn input : entry.transaction.inputs()) {
      spenders.computeIfPresent(
          input.outPoint(),
          (key, spending) -> {
            spending.remove(entry);
            return spending.isEmpty() ? null : spending;
          });
    }
  }

  /** The points of all orphans together. */
  int totalLatency() {
    return announcements + totalInputPoints;
  }

  /** The weight of all orphans together. */
  long totalWeight() {
    return totalWeight;
  }

  long allowedWeight() {
    return weightPerPeer * Math.max(1, shares.size());
  }

  int countOf(long peer) {
    Share share = shares.get(peer);
    return share == null ? 0 : share.count();
  }

  private boolean isTooMuch() {
    return totalLatency() > maxLatency || totalWeight > allowedWeight();
  }

  /** Makes room at the cost of those who take more than their share. */
  private void limit() {
    if (!isTooMuch()) {
      return;
    }
    int before = entries.size();
    int announcementsBefore = announcements;
    long allowedLatency = maxLatency / Math.max(1, shares.size());
    PriorityQueue<Offender> worstFirst = new PriorityQueue<>();
    shares.forEach(
        (peer, share) -> {
          Score score = Score.of(share, allowedLatency, weightPerPeer);
          if (score.isMoreThan(Score.FULL)) {
            worstFirst.add(new Offender(peer, score));
          }
        });
    while (isTooMuch()) {
      long worst = worstFirst.remove().peer();
      Score next = worstFirst.isEmpty() ? Score.FULL : worstFirst.peek().score();
      Score left = trim(worst, next, allowedLatency);
      if (left.used() > 0) {
        worstFirst.add(new Offender(worst, left));
      }
    }
    LOG.debug(
        "orphanage overflow, removed {} tx ({} announcements)",
        before - entries.size(),
        announcementsBefore - announcements);
  }

  /** Takes announcements from a peer until there is room, or another peer is worse. */
  private Score trim(long peer, Score next, long allowedLatency) {
    Share share = shares.get(peer);
    int before = share.count();
    Score score;
    do {
      erase(share.oldest());
      score = Score.of(share, allowedLatency, weightPerPeer);
    } while (share.count() > 0 && isTooMuch() && score.compareTo(next) > 0);
    LOG.debug(
        "peer={} orphanage overflow, removed {} of {} announcements",
        peer,
        before - share.count(),
        before);
    return score;
  }
}
