package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;

/**
 * Decides which announced transaction is asked of whom, and when, as Bitcoin Core's {@code
 * TxRequestTracker} does. What it keeps are announcements: that a peer has a transaction.
 *
 * <ul>
 *   <li>A transaction is asked of one peer at a time, so that it crosses the network once. When the
 *       peer doesn't have it, leaves or is silent for too long, another one is asked.
 *   <li>A peer is asked once for what it announced, however often it announces it: nobody gets more
 *       requests, and so more chances to keep a transaction from us, by repeating himself. What
 *       failed is remembered for as long as somebody else may still have the transaction.
 *   <li>Nobody is asked before the time that the caller gives with an announcement: who is trusted
 *       less comes later.
 *   <li>Among those whose time has come preferred peers go first, and among equals a secret hash
 *       decides: who is fast gains nothing by it.
 *   <li>A peer is asked for several transactions in the order in which it announced them, so that
 *       parents come before children.
 * </ul>
 *
 * Transactions are named by txid or wtxid, as they were announced; a txid and a wtxid of the same
 * bytes mean the same transaction, which has no witness then. How many announcements a peer may
 * have here is the caller's matter.
 */
public final class TxRequestTracker {
  /** A peer was asked, or is to be asked, for a transaction. */
  public record Request(long peer, Hash256 hash) {}

  private enum State {
    /** Its time has not come. */
    DELAYED,
    /** Its time has come, but another is better. */
    READY,
    /** The peer would be asked next. */
    BEST,
    /** The peer was asked, and may still answer. */
    REQUESTED,
    /** The peer was asked and did not give it. */
    COMPLETED
  }

  private static final class Announcement {
    final long peer;
    final Hash256 hash;
    final Wtxid key;
    final boolean preferred;
    final long priority;
    final long order;

    State state = State.DELAYED;

    /** When its time comes, or when the request is over. */
    long atMillis;

    /** The next one of the same transaction, in the order in which they came; null at the end. */
    Announcement next;

    Announcement(Request what, Wtxid key, boolean preferred, long priority, long order) {
      this.peer = what.peer();
      this.hash = what.hash();
      this.key = key;
      this.preferred = preferred;
      this.priority = priority;
      this.order = order;
    }

    boolean isBetterThan(Announcement other) {
      return preferred == other.preferred
          ? Long.compareUnsigned(priority, other.priority) > 0
          : preferred;
    }

    boolean isCandidate() {
      return state == State.DELAYED || state == State.READY || state == State.BEST;
    }
  }

  /** What one peer announced. */
  private static final class OfPeer {
    final Set<Announcement> all = new LinkedHashSet<>();
    final Map<Long, Announcement> best = new TreeMap<>();
    int requested;
    int completed;
  }

  private static final Comparator<Announcement> EARLIEST_FIRST =
      (one, other) ->
          one.atMillis == other.atMillis
              ? Long.compare(one.order, other.order)
              : Long.compare(one.atMillis, other.atMillis);

  /**
   * The first announcement of each transaction, on which the others hang: most have one only, which
   * a list would make several times as large.
   */
  private final Map<Wtxid, Announcement> byHash = new HashMap<>();

  private final Map<Long, OfPeer> byPeer = new LinkedHashMap<>();

  /** The delayed and the requested ones: time will change them. */
  private final NavigableSet<Announcement> waiting = new TreeSet<>(EARLIEST_FIRST);

  /** The ready and the best ones: only a clock that is set back changes them. */
  private final NavigableSet<Announcement> selectable = new TreeSet<>(EARLIEST_FIRST);

  private final long key0;
  private final long key1;
  private long nextOrder;

  /**
   * @param random for the secret that decides among equals
   */
  public TxRequestTracker(Random random) {
    key0 = random.nextLong();
    key1 = random.nextLong();
  }

  /**
   * A peer announced a transaction that we lack. Nothing changes if that is known already.
   *
   * @param preferred the peer is more to be trusted than others
   * @param fromMillis it is not asked before
   */
  public void announced(long peer, Hash256 hash, boolean preferred, long fromMillis) {
    Wtxid key = key(hash);
    Announcement last = null;
    for (Announcement each = byHash.get(key); each != null; each = each.next) {
      if (each.peer == peer) {
        return;
      }
      last = each;
    }
    Announcement announcement =
        new Announcement(
            new Request(peer, hash), key, preferred, priority(peer, hash), nextOrder++);
    announcement.atMillis = fromMillis;
    if (last == null) {
      byHash.put(key, announcement);
    } else {
      last.next = announcement;
    }
    byPeer.computeIfAbsent(peer, each -> new OfPeer()).all.add(announcement);
    waiting.add(announcement);
  }

  /** Nobody needs to be asked for the transaction: it is here, or was found worthless. */
  public void settled(Hash256 hash) {
    for (Announcement each = byHash.get(key(hash)); each != null; each = each.next) {
      erase(each);
    }
  }

  /** The peer is gone, and all that it announced. */
  public void disconnected(long peer) {
    OfPeer ofPeer = byPeer.get(peer);
    if (ofPeer == null) {
      return;
    }
    for (Announcement announcement : List.copyOf(ofPeer.all)) {
      // Another one takes its place before it goes; if there is none all are gone after that.
      if (announcement.state == State.COMPLETED || complete(announcement)) {
        erase(announcement);
      }
    }
  }

  /**
   * What this peer is to be asked for now. It does not count as asked before {@link #requested}.
   *
   * @param expired is told of the requests, to any peer, that nobody answered in time
   */
  public List<Hash256> requestable(long peer, long nowMillis, Consumer<Request> expired) {
    advance(nowMillis, expired);
    OfPeer ofPeer = byPeer.get(peer);
    return ofPeer == null
        ? List.of()
        : ofPeer.best.values().stream().map(announcement -> announcement.hash).toList();
  }

  /** The peer was asked; it has until then. */
  public void requested(long peer, Hash256 hash, long untilMillis) {
    Announcement announcement = find(peer, hash);
    if (announcement == null || !announcement.isCandidate()) {
      return;
    }
    for (Announcement other = byHash.get(announcement.key); other != null; other = other.next) {
      if (other == announcement) {
        continue;
      }
      if (other.state == State.BEST) {
        move(other, State.READY, other.atMillis);
      } else if (other.state == State.REQUESTED) {
        move(other, State.COMPLETED, other.atMillis);
      }
    }
    move(announcement, State.REQUESTED, untilMillis);
  }

  /** The peer answered, be it with the transaction or that it has none. */
  public void responded(long peer, Hash256 hash) {
    Announcement announcement = find(peer, hash);
    if (announcement != null && announcement.state != State.COMPLETED) {
      complete(announcement);
    }
  }

  /** Requests that this peer may still answer. */
  public int inFlight(long peer) {
    OfPeer ofPeer = byPeer.get(peer);
    return ofPeer == null ? 0 : ofPeer.requested;
  }

  /** Transactions that this peer may yet be asked for. */
  public int candidates(long peer) {
    OfPeer ofPeer = byPeer.get(peer);
    return ofPeer == null ? 0 : ofPeer.all.size() - ofPeer.requested - ofPeer.completed;
  }

  /** Everything of this peer that is remembered. */
  public int count(long peer) {
    OfPeer ofPeer = byPeer.get(peer);
    return ofPeer == null ? 0 : ofPeer.all.size();
  }

  public boolean isEmpty() {
    return byHash.isEmpty();
  }

  /** Everything that is remembered. */
  public int size() {
    return byPeer.values().stream().mapToInt(each -> each.all.size()).sum();
  }

  /** Who has the transaction and did not fail to give it. */
  public List<Long> holders(Hash256 hash) {
    List<Long> holders = new ArrayList<>();
    for (Announcement each = byHash.get(key(hash)); each != null; each = each.next) {
      if (each.state != State.COMPLETED) {
        holders.add(each.peer);
      }
    }
    return holders;
  }

  /** Higher ones are asked first; unsigned. */
  long priority(long peer, Hash256 hash) {
    long[] words = {hash.word(0), hash.word(1), hash.word(2), hash.word(3), peer};
    return SipHash.hash(key0, key1, words);
  }

  /** Under which the transaction is known here. */
  static Wtxid key(Hash256 hash) {
    return hash instanceof Wtxid wtxid ? wtxid : Wtxid.withoutWitness((Txid) hash);
  }

  private Announcement find(long peer, Hash256 hash) {
    Announcement found = byHash.get(key(hash));
    while (found != null && found.peer != peer) {
      found = found.next;
    }
    return found;
  }

  private void advance(long nowMillis, Consumer<Request> expired) {
    while (!waiting.isEmpty() && waiting.first().atMillis <= nowMillis) {
      Announcement announcement = waiting.first();
      if (announcement.state == State.DELAYED) {
        promote(announcement);
      } else {
        expired.accept(new Request(announcement.peer, announcement.hash));
        complete(announcement);
      }
    }
    while (!selectable.isEmpty() && selectable.last().atMillis > nowMillis) {
      replace(selectable.last(), State.DELAYED);
    }
  }

  /** Its time has come. */
  private void promote(Announcement announcement) {
    Announcement leader = null;
    for (Announcement other = byHash.get(announcement.key); other != null; other = other.next) {
      if (other.state == State.BEST || other.state == State.REQUESTED) {
        leader = other;
      }
    }
    boolean leads =
        leader == null || (leader.state == State.BEST && announcement.isBetterThan(leader));
    if (leads && leader != null) {
      move(leader, State.READY, leader.atMillis);
    }
    move(announcement, leads ? State.BEST : State.READY, announcement.atMillis);
  }

  /**
   * Ends a request, or the hope for one. When nobody is left who could give the transaction it is
   * forgotten with all who failed to.
   *
   * @return whether the announcement is still there
   */
  private boolean complete(Announcement announcement) {
    boolean isLast = true;
    for (Announcement other = byHash.get(announcement.key); other != null; other = other.next) {
      isLast &= other == announcement || other.state == State.COMPLETED;
    }
    if (isLast) {
      settled(announcement.hash);
      return false;
    }
    replace(announcement, State.COMPLETED);
    return true;
  }

  /** Another announcement takes the place of this one, if it had the first. */
  private void replace(Announcement announcement, State state) {
    boolean led = announcement.state == State.BEST || announcement.state == State.REQUESTED;
    move(announcement, state, announcement.atMillis);
    if (!led) {
      return;
    }
    Announcement best = null;
    for (Announcement other = byHash.get(announcement.key); other != null; other = other.next) {
      if (other.state == State.READY && (best == null || other.isBetterThan(best))) {
        best = other;
      }
    }
    if (best != null) {
      move(best, State.BEST, best.atMillis);
    }
  }

  private void move(Announcement announcement, State state, long atMillis) {
    takeOut(announcement);
    announcement.state = state;
    announcement.atMillis = atMillis;
    OfPeer ofPeer = byPeer.get(announcement.peer);
    switch (state) {
      case DELAYED -> waiting.add(announcement);
      case READY -> selectable.add(announcement);
      case BEST -> {
        selectable.add(announcement);
        ofPeer.best.put(announcement.order, announcement);
      }
      case REQUESTED -> {
        waiting.add(announcement);
        ofPeer.requested++;
      }
      case COMPLETED -> ofPeer.completed++;
    }
  }

  private void takeOut(Announcement announcement) {
    OfPeer ofPeer = byPeer.get(announcement.peer);
    switch (announcement.state) {
      case DELAYED -> waiting.remove(announcement);
      case READY -> selectable.remove(announcement);
      case BEST -> {
        selectable.remove(announcement);
        ofPeer.best.remove(announcement.order);
      }
      case REQUESTED -> {
        waiting.remove(announcement);
        ofPeer.requested--;
      }
      case COMPLETED -> ofPeer.completed--;
    }
  }

  private void erase(Announcement announcement) {
    takeOut(announcement);
    OfPeer ofPeer = byPeer.get(announcement.peer);
    ofPeer.all.remove(announcement);
    if (ofPeer.all.isEmpty()) {
      byPeer.remove(announcement.peer);
    }
    unchain(announcement);
  }

  /** It still knows the next one, so that who walks along the chain can go on. */
  private void unchain(Announcement announcement) {
    Announcement before = byHash.get(announcement.key);
    if (before != announcement) {
      while (before.next != announcement) {
        before = before.next;
      }
      before.next = announcement.next;
    } else if (announcement.next == null) {
      byHash.remove(announcement.key);
    } else {
      byHash.put(announcement.key, announcement.next);
    }
  }

  /** How many are remembered in each of the indexes; for tests. */
  List<Integer> indexSizes() {
    List<Integer> sizes = new ArrayList<>();
    int chained = 0;
    for (Announcement first : byHash.values()) {
      for (Announcement each = first; each != null; each = each.next) {
        chained++;
      }
    }
    sizes.add(chained);
    sizes.add(size());
    sizes.add(
        waiting.size()
            + selectable.size()
            + byPeer.values().stream().mapToInt(each -> each.completed).sum());
    return sizes;
  }
}
