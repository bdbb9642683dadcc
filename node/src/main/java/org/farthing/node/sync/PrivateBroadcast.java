package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.wire.NetAddress;

/**
 * The transactions that are sent to few, one each, so that nobody can tell where they come from.
 *
 * <ul>
 *   <li>A peer gets one transaction at most: two would belong together.
 *   <li>What was sent least often is next; of those what was confirmed least often, then longest
 *       ago.
 *   <li>One that does not come back from the network in time is stale: the next peer is tried.
 *   <li>One that was sent {@value #MAX_ATTEMPTS} times is kept, but not sent again, unless it is
 *       added anew.
 * </ul>
 */
public final class PrivateBroadcast {
  /** Transactions that are kept at most. */
  static final int MAX_TRANSACTIONS = 10_000;

  /** How often each is sent at most. */
  static final int MAX_ATTEMPTS = 1_000;

  /** How long nobody may confirm a new one. */
  static final long FIRST_STALE_MILLIS = 5 * 60_000L;

  /** How long it may take to come back after somebody confirmed it. */
  static final long STALE_MILLIS = 60_000L;

  /** What became of an addition. */
  public enum Addition {
    ADDED,
    /** It was there, and is still being sent. */
    PRESENT,
    /** There are too many already. */
    FULL
  }

  /**
   * A transaction was sent to a peer.
   *
   * @param sentMillis when it was picked, since 1970
   * @param receivedMillis when the peer said that it has all that was sent
   */
  public record Delivery(NetAddress address, long sentMillis, OptionalLong receivedMillis) {}

  /** How far a transaction is. */
  public record Progress(
      Transaction transaction, long addedMillis, int attemptsRemaining, List<Delivery> deliveries) {
    public Progress {
      deliveries = List.copyOf(deliveries);
    }
  }

  private static final class Sending {
    final NetAddress address;
    final Entry entry;
    final long sentMillis;
    long receivedMillis = NEVER;

    Sending(NetAddress address, Entry entry, long sentMillis) {
      this.address = address;
      this.entry = entry;
      this.sentMillis = sentMillis;
    }

    Delivery shown() {
      return new Delivery(
          address,
          sentMillis,
          receivedMillis == NEVER ? OptionalLong.empty() : OptionalLong.of(receivedMillis));
    }
  }

  private static final class Entry {
    final Transaction transaction;
    final Map<Long, Sending> sendings = new LinkedHashMap<>();
    long addedMillis;
    int confirmed;
    long lastSentMillis = NEVER;
    long lastConfirmedMillis = NEVER;

    Entry(Transaction transaction, long addedMillis) {
      this.transaction = transaction;
      this.addedMillis = addedMillis;
    }

    int sent() {
      return sendings.size();
    }

    boolean isPending() {
      return sendings.size() < MAX_ATTEMPTS;
    }

    boolean isStale(long nowMillis) {
      return confirmed == 0
          ? nowMillis - addedMillis > FIRST_STALE_MILLIS
          : nowMillis - lastConfirmedMillis > STALE_MILLIS;
    }
  }

  private static final long NEVER = Long.MIN_VALUE;

  /** Whose turn it is; made when somebody asks first, which is not while a node starts. */
  private static final class Turn {
    static final Comparator<Entry> NEXT_FIRST =
        Comparator.comparingInt(Entry::sent)
            .thenComparingInt(entry -> entry.confirmed)
            .thenComparingLong(entry -> entry.lastSentMillis)
            .thenComparingLong(entry -> entry.lastConfirmedMillis);
  }

  private final Map<Wtxid, Entry> entries = new LinkedHashMap<>();
  private final Map<Long, Sending> byPeer = new HashMap<>();

  /** Wants a transaction sent, or sent again if it was sent as often as may be. */
  public Addition add(Transaction transaction, long nowMillis) {
    Entry known = entries.get(transaction.wtxid());
    if (known != null && known.isPending()) {
      return Addition.PRESENT;
    }
    if (known == null && entries.size() >= MAX_TRANSACTIONS) {
      return Addition.FULL;
    }
    if (known != null) {
      byPeer.keySet().removeAll(known.sendings.keySet());
    }
    entries.put(transaction.wtxid(), new Entry(transaction, nowMillis));
    return Addition.ADDED;
  }

  /**
   * Forgets a transaction.
   *
   * @return how many peers have confirmed it; empty if it was not there
   */
  public OptionalInt remove(Wtxid wtxid) {
    Entry entry = entries.remove(wtxid);
    if (entry == null) {
      return OptionalInt.empty();
    }
    byPeer.keySet().removeAll(entry.sendings.keySet());
    return OptionalInt.of(entry.confirmed);
  }

  /** What to send to a peer that has got nothing yet; empty if there is nothing to be sent. */
  public Optional<Transaction> pick(long peer, NetAddress address, long nowMillis) {
    if (byPeer.containsKey(peer)) {
      return Optional.empty();
    }
    Optional<Entry> next = entries.values().stream().filter(Entry::isPending).min(Turn.NEXT_FIRST);
    next.ifPresent(
        entry -> {
          Sending sending = new Sending(address, entry, nowMillis);
          entry.sendings.put(peer, sending);
          entry.lastSentMillis = nowMillis;
          byPeer.put(peer, sending);
        });
    return next.map(entry -> entry.transaction);
  }

  /** What was picked for the peer, and is still to be sent. */
  public Optional<Transaction> pickedFor(long peer) {
    return Optional.ofNullable(byPeer.get(peer)).map(sending -> sending.entry.transaction);
  }

  /** The peer has all that was sent to it. */
  public void confirmed(long peer, long nowMillis) {
    Sending sending = byPeer.get(peer);
    if (sending != null && sending.receivedMillis == NEVER) {
      sending.receivedMillis = nowMillis;
      sending.entry.confirmed++;
      sending.entry.lastConfirmedMillis = nowMillis;
    }
  }

  /** Whether anything is to be sent. */
  public boolean hasPending() {
    return entries.values().stream().anyMatch(Entry::isPending);
  }

  /** Those that should have come back, and are to be sent to one more. */
  public List<Transaction> stale(long nowMillis) {
    List<Transaction> stale = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.isPending() && entry.isStale(nowMillis)) {
        stale.add(entry.transaction);
      }
    }
    return stale;
  }

  /** All of them, the first to be added first. */
  public List<Progress> all() {
    return entries.values().stream()
        .map(
            entry ->
                new Progress(
                    entry.transaction,
                    entry.addedMillis,
                    Math.max(0, MAX_ATTEMPTS - entry.sent()),
                    entry.sendings.values().stream().map(Sending::shown).toList()))
        .toList();
  }
}
