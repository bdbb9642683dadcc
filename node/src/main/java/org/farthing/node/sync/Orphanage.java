package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;

/**
 * Transactions that came before their parents. They wait, few and small and not for long, until a
 * parent arrives; when there are too many the one that waits longest makes room, that of the peer
 * with most orphans first, so that one peer cannot push out the others'.
 */
public final class Orphanage {
  static final int MAX_ORPHANS = 100;
  static final int MAX_WEIGHT = 400_000;
  static final long EXPIRY_MILLIS = 20 * 60_000L;

  /**
   * A transaction that waits.
   *
   * @param peers who sent or announced it, the first to do so first
   */
  public record Orphan(Transaction transaction, List<Long> peers, long sinceMillis) {
    public Orphan {
      peers = List.copyOf(peers);
    }

    /** Sent by one peer. */
    static Orphan of(Transaction transaction, long peer, long sinceMillis) {
      return new Orphan(transaction, List.of(peer), sinceMillis);
    }

    /** Who sent or announced it first, of those that are still there. */
    long peer() {
      return peers.get(0);
    }

    private Orphan with(long peer) {
      return new Orphan(
          transaction, Stream.concat(peers.stream(), Stream.of(peer)).toList(), sinceMillis);
    }

    private Orphan without(long peer) {
      return new Orphan(
          transaction, peers.stream().filter(each -> each != peer).toList(), sinceMillis);
    }
  }

  private final Map<Wtxid, Orphan> orphans = new LinkedHashMap<>();

  /** True where the transaction now waits. */
  public boolean add(Transaction transaction, long peer, long nowMillis) {
    if (transaction.weight() > MAX_WEIGHT || orphans.containsKey(transaction.wtxid())) {
      return false;
    }
    expire(nowMillis);
    while (orphans.size() >= MAX_ORPHANS) {
      forgetOneOfTheLoudest();
    }
    orphans.put(transaction.wtxid(), Orphan.of(transaction, peer, nowMillis));
    return true;
  }

  /** Another peer has it too. What waits, if that was not known. */
  public Optional<Transaction> alsoFrom(Wtxid wtxid, long peer) {
    Orphan orphan = orphans.get(wtxid);
    if (orphan == null || orphan.peers().contains(peer)) {
      return Optional.empty();
    }
    orphans.put(wtxid, orphan.with(peer));
    return Optional.of(orphan.transaction());
  }

  /** Those that wait, the first to come first. */
  public List<Orphan> all() {
    return List.copyOf(orphans.values());
  }

  public boolean contains(Wtxid wtxid) {
    return orphans.containsKey(wtxid);
  }

  public int size() {
    return orphans.size();
  }

  /** Takes out those that spend an output of {@code parent}; they may still lack another parent. */
  public List<Orphan> takeChildrenOf(Txid parent) {
    List<Orphan> children = new ArrayList<>();
    for (Iterator<Orphan> each = orphans.values().iterator(); each.hasNext(); ) {
      Orphan orphan = each.next();
      if (parentsOf(orphan.transaction()).contains(parent)) {
        each.remove();
        children.add(orphan);
      }
    }
    return children;
  }

  public void disconnected(long peer) {
    for (Orphan orphan : all()) {
      forget(orphan, peer);
    }
  }

  /** The peer does not have it any more; an orphan that nobody has is gone. */
  private void forget(Orphan orphan, long peer) {
    Orphan rest = orphan.without(peer);
    if (rest.peers().isEmpty()) {
      orphans.remove(orphan.transaction().wtxid());
    } else {
      orphans.put(orphan.transaction().wtxid(), rest);
    }
  }

  private void expire(long nowMillis) {
    orphans.values().removeIf(orphan -> nowMillis - orphan.sinceMillis() >= EXPIRY_MILLIS);
  }

  /** Of the peer with most orphans the one that waits longest. */
  private void forgetOneOfTheLoudest() {
    Map<Long, Integer> counts = new LinkedHashMap<>();
    orphans.values().stream()
        .flatMap(orphan -> orphan.peers().stream())
        .forEach(peer -> counts.merge(peer, 1, Integer::sum));
    long loudest =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Orphan oldest =
        orphans.values().stream()
            .filter(orphan -> orphan.peers().contains(loudest))
            .findFirst()
            .orElseThrow();
    forget(oldest, loudest);
  }

  static Set<Txid> parentsOf(Transaction transaction) {
    Set<Txid> parents = new HashSet<>();
    transaction.inputs().forEach(input -> parents.add(input.outPoint().txid()));
    return parents;
  }
}
