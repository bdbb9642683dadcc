package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.farthing.consensus.primitives.Hash256;

/**
 * Decides which announced transaction is asked of whom, and when.
 *
 * <ul>
 *   <li>A transaction is asked of one peer at a time, so that it crosses the network once; when the
 *       peer does not have it, leaves or is silent for {@value #REQUEST_TIMEOUT_MILLIS} ms, the
 *       next one is asked.
 *   <li>Peers that we chose ourselves are asked first: an attacker who calls us can announce early,
 *       but only delays a transaction by {@value #INBOUND_DELAY_MILLIS} ms.
 *   <li>Among equals the first to announce is asked first.
 *   <li>Who has {@value #MAX_IN_FLIGHT} requests open gets the next ones later; what goes beyond
 *       {@value #MAX_ANNOUNCEMENTS} announcements of one peer is not remembered.
 * </ul>
 *
 * Transactions are named by txid or by wtxid, as the peer announced them.
 */
public final class TxRequestTracker {
  static final int MAX_IN_FLIGHT = 100;
  static final int MAX_ANNOUNCEMENTS = 5000;
  static final long INBOUND_DELAY_MILLIS = 2_000;
  static final long OVERLOADED_DELAY_MILLIS = 2_000;
  static final long REQUEST_TIMEOUT_MILLIS = 60_000;

  /** A transaction to be asked for now. */
  public record Request(long peer, Hash256 hash) {}

  private record Candidate(long peer, boolean preferred, long readyAtMillis, long order) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparing((Candidate candidate) -> !candidate.preferred)
            .thenComparingLong(Candidate::order);
  }

  private record Wake(long atMillis, long order, Hash256 hash) {
    static final Comparator<Wake> EARLIEST_FIRST =
        Comparator.comparingLong(Wake::atMillis).thenComparingLong(Wake::order);
  }

  /** All that is known of one transaction: who could give it, and who was asked. */
  private static final class Wanted {
    final Map<Long, Candidate> candidates = new LinkedHashMap<>();
    Candidate asked;
    long expiresAtMillis;
  }

  private final Map<Hash256, Wanted> wanted = new HashMap<>();
  private final Map<Long, Integer> announcements = new HashMap<>();
  private final Map<Long, Integer> inFlight = new HashMap<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Wake.EARLIEST_FIRST);
  private long order;

  /** A peer announced a transaction that we do not have. */
  public void announced(long peer, boolean preferred, Hash256 hash, long nowMillis) {
    if (announcements.getOrDefault(peer, 0) >= MAX_ANNOUNCEMENTS) {
      return;
    }
    Wanted entry = wanted.computeIfAbsent(hash, key -> new Wanted());
    if (entry.candidates.containsKey(peer) || (entry.asked != null && entry.asked.peer == peer)) {
      return;
    }
    long readyAt = nowMillis + (preferred ? 0 : INBOUND_DELAY_MILLIS);
    if (inFlight.getOrDefault(peer, 0) >= MAX_IN_FLIGHT) {
      readyAt += OVERLOADED_DELAY_MILLIS;
    }
    entry.candidates.put(peer, new Candidate(peer, preferred, readyAt, order++));
    announcements.merge(peer, 1, Integer::sum);
    wake(hash, readyAt);
  }

  /** The transaction is here, or was found worthless: nobody needs to be asked. */
  public void settled(Hash256 hash) {
    Wanted entry = wanted.remove(hash);
    if (entry == null) {
      return;
    }
    entry.candidates.keySet().forEach(this::forgetAnnouncement);
    if (entry.asked != null) {
      endRequest(entry);
    }
  }

  /** The peer says that it does not have what it announced. */
  public void notFound(long peer, Hash256 hash, long nowMillis) {
    Wanted entry = wanted.get(hash);
    if (entry != null && entry.asked != null && entry.asked.peer == peer) {
      endRequest(entry);
      wakeOrForget(hash, entry, nowMillis);
    }
  }

  public void disconnected(long peer, long nowMillis) {
    for (Hash256 hash : List.copyOf(wanted.keySet())) {
      Wanted entry = wanted.get(hash);
      entry.candidates.remove(peer);
      if (entry.asked != null && entry.asked.peer == peer) {
        endRequest(entry);
      }
      if (entry.asked == null) {
        wakeOrForget(hash, entry, nowMillis);
      }
    }
    announcements.remove(peer);
    inFlight.remove(peer);
  }

  /** What to ask for now; it counts as asked from here on. */
  public List<Request> due(long nowMillis) {
    List<Request> requests = new ArrayList<>();
    while (!wakes.isEmpty() && wakes.peek().atMillis <= nowMillis) {
      Hash256 hash = wakes.poll().hash;
      Wanted entry = wanted.get(hash);
      if (entry == null) {
        continue;
      }
      if (entry.asked != null && entry.expiresAtMillis <= nowMillis) {
        endRequest(entry);
      }
      if (entry.asked == null) {
        ask(hash, entry, nowMillis, requests);
      }
    }
    return requests;
  }

  /** Open requests to this peer. */
  public int inFlight(long peer) {
    return inFlight.getOrDefault(peer, 0);
  }

  private void ask(Hash256 hash, Wanted entry, long nowMillis, List<Request> requests) {
    Candidate best =
        entry.candidates.values().stream()
            .filter(candidate -> candidate.readyAtMillis <= nowMillis)
            .min(Candidate.BEST_FIRST)
            .orElse(null);
    if (best == null) {
      wakeOrForget(hash, entry, nowMillis);
      return;
    }
    entry.candidates.remove(best.peer);
    forgetAnnouncement(best.peer);
    entry.asked = best;
    entry.expiresAtMillis = nowMillis + REQUEST_TIMEOUT_MILLIS;
    inFlight.merge(best.peer, 1, Integer::sum);
    wake(hash, entry.expiresAtMillis);
    requests.add(new Request(best.peer, hash));
  }

  private void endRequest(Wanted entry) {
    inFlight.computeIfPresent(entry.asked.peer, (peer, count) -> count == 1 ? null : count - 1);
    entry.asked = null;
  }

  private void wakeOrForget(Hash256 hash, Wanted entry, long nowMillis) {
    long earliest =
        entry.candidates.values().stream()
            .mapToLong(Candidate::readyAtMillis)
            .min()
            .orElse(Long.MAX_VALUE);
    if (earliest == Long.MAX_VALUE) {
      wanted.remove(hash);
    } else {
      wake(hash, Math.max(earliest, nowMillis));
    }
  }

  private void wake(Hash256 hash, long atMillis) {
    wakes.add(new Wake(atMillis, order++, hash));
  }

  private void forgetAnnouncement(long peer) {
    announcements.computeIfPresent(peer, (key, count) -> count == 1 ? null : count - 1);
  }
}
