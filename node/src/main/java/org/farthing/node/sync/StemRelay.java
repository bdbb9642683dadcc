package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.time.Poisson;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.StemTx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands new transactions from one peer to the next before anybody announces them (Dandelion++,
 * BIP-0156), so that who announces a transaction first is not who made it.
 *
 * <ul>
 *   <li>In each epoch, some ten minutes, two of the peers that we called and that can do the same
 *       are the next ones. Each peer that hands us transactions, and we ourselves, have one of them
 *       for the whole epoch: who sees several of our own sees them come from one place.
 *   <li>In one epoch of ten we hand nothing of others on, but announce it: there the stem ends. Our
 *       own always takes one step at least.
 *   <li>What is handed on is in our mempool, which checks it, and is kept quiet: not announced, and
 *       not given to those who ask.
 *   <li>It is announced when others announce it, when it comes by again (a loop), or when its time
 *       is over: somebody on the way may have lost it. That time is random and nobody else's.
 * </ul>
 *
 * A machine without I/O, owned by the node thread.
 */
public final class StemRelay {
  static final long EPOCH_MILLIS = 10 * 60_000L;
  private static final int EPOCH_SPREAD_MILLIS = 60_000;

  /** In how many epochs of a hundred we announce what others hand us. */
  static final int FLUFF_PERCENT = 10;

  /** The peers that are next in an epoch. */
  static final int SUCCESSORS = 2;

  /** How long something is kept quiet at least; on average it is this and the mean more. */
  static final long MIN_EMBARGO_MILLIS = 10_000;

  static final long MEAN_EMBARGO_MILLIS = 30_000;

  /** What is kept quiet at most. */
  static final int MAX_QUIET = 5_000;

  /** Stands for ourselves among those who have a successor. */
  private static final long OURSELVES = -1;

  private static final Logger LOG = LoggerFactory.getLogger(StemRelay.class);

  private record Quiet(Wtxid wtxid, long untilMillis) {}

  private final boolean enabled;
  private final Mempool mempool;
  private final Outbox outbox;
  private final BiConsumer<Wtxid, Long> announce;
  private final Random random;
  private final Set<Peer> candidates = new LinkedHashSet<>();
  private final List<Peer> successors = new ArrayList<>();
  private final Map<Long, Peer> nextOf = new LinkedHashMap<>();
  private final Map<Txid, Quiet> quiet = new LinkedHashMap<>();
  private final Map<Wtxid, Txid> byWtxid = new HashMap<>();
  private boolean announcesAll;
  private long epochEndsMillis = Long.MIN_VALUE;

  /**
   * @param enabled otherwise nothing is kept quiet, and nothing handed on
   * @param announce tells all peers of a transaction, at a time
   */
  public StemRelay(
      boolean enabled,
      Mempool mempool,
      Outbox outbox,
      BiConsumer<Wtxid, Long> announce,
      Random random) {
    this.enabled = enabled;
    this.mempool = mempool;
    this.outbox = outbox;
    this.announce = announce;
    this.random = random;
  }

  /** A peer can be talked to. */
  void ready(Peer peer) {
    boolean can =
        peer.version().map(theirs -> Services.has(theirs.services(), Services.STEMS)).orElse(false);
    if (enabled
        && can
        && !peer.isInbound()
        && peer.kind().gossips()
        && peer.version().orElseThrow().client().relay()) {
      candidates.add(peer);
      fill();
    }
  }

  void left(Peer peer) {
    candidates.remove(peer);
    nextOf.remove(peer.id());
    if (successors.remove(peer)) {
      nextOf.values().removeIf(peer::equals);
      fill();
    }
  }

  private void fill() {
    List<Peer> others = new ArrayList<>(candidates);
    others.removeAll(successors);
    Collections.shuffle(others, random);
    while (successors.size() < SUCCESSORS && !others.isEmpty()) {
      successors.add(others.remove(0));
    }
  }

  /** The next peer for what comes from there; of two the one that fewer have. */
  private Optional<Peer> next(long from) {
    Peer known = nextOf.get(from);
    if (known != null) {
      return Optional.of(known);
    }
    List<Peer> choice = new ArrayList<>(successors);
    choice.removeIf(peer -> peer.id() == from);
    Collections.shuffle(choice, random);
    Optional<Peer> next = choice.stream().min(Comparator.comparingLong(this::uses));
    next.ifPresent(peer -> nextOf.put(from, peer));
    return next;
  }

  private long uses(Peer successor) {
    return nextOf.values().stream().filter(successor::equals).count();
  }

  /**
   * Hands a transaction of our own on, if there is somebody.
   *
   * @param takeIn takes it into the mempool, and announces what is not to be kept quiet
   * @return what that says
   */
  public MempoolResult submit(
      Transaction transaction, long nowMillis, Supplier<MempoolResult> takeIn) {
    boolean isNew = enabled && !mempool.contains(transaction.txid());
    Optional<Peer> next = isNew ? next(OURSELVES) : Optional.empty();
    return next.isPresent() ? handOn(transaction, next.get(), nowMillis, takeIn) : takeIn.get();
  }

  /** A peer hands us a transaction. */
  void received(Peer from, Transaction transaction, long nowMillis) {
    if (!enabled) {
      return;
    }
    if (quiet.containsKey(transaction.txid())) {
      LOG.debug("{} came by again, from {}", transaction.txid(), from);
      fluff(transaction.txid(), nowMillis);
      return;
    }
    if (mempool.contains(transaction.txid())) {
      return;
    }
    Optional<Peer> next = announcesAll ? Optional.empty() : next(from.id());
    if (next.isPresent() && quiet.size() < MAX_QUIET) {
      handOn(transaction, next.get(), nowMillis, () -> mempool.accept(transaction, nowMillis));
    } else if (mempool.accept(transaction, nowMillis).isAccepted()) {
      announce.accept(transaction.wtxid(), nowMillis);
    }
  }

  private MempoolResult handOn(
      Transaction transaction, Peer next, long nowMillis, Supplier<MempoolResult> takeIn) {
    Txid txid = transaction.txid();
    quiet.put(txid, new Quiet(transaction.wtxid(), nowMillis + embargoMillis()));
    byWtxid.put(transaction.wtxid(), txid);
    MempoolResult result = takeIn.get();
    if (result.isAccepted()) {
      LOG.debug("Handing {} on to {}", txid, next);
      outbox.send(next, new StemTx(transaction));
    } else {
      forget(txid);
    }
    return result;
  }

  private void forget(Txid txid) {
    Quiet entry = quiet.remove(txid);
    if (entry != null) {
      byWtxid.remove(entry.wtxid());
    }
  }

  private long embargoMillis() {
    return MIN_EMBARGO_MILLIS + Poisson.delayMillis(random, MEAN_EMBARGO_MILLIS);
  }

  /** Whether nobody is to be told of it yet. */
  public boolean isQuiet(Wtxid wtxid) {
    return byWtxid.containsKey(wtxid);
  }

  /** What a peer that asks may get. */
  List<InvItem> visible(List<InvItem> wanted) {
    return quiet.isEmpty()
        ? wanted
        : wanted.stream().filter(item -> find(item.hash()).isEmpty()).toList();
  }

  /** Others announce these, or send them: they are known. */
  void heard(Collection<? extends Hash256> hashes, long nowMillis) {
    if (!quiet.isEmpty()) {
      hashes.forEach(hash -> find(hash).ifPresent(txid -> fluff(txid, nowMillis)));
    }
  }

  private Optional<Txid> find(Hash256 hash) {
    if (hash instanceof Wtxid wtxid) {
      return Optional.ofNullable(byWtxid.get(wtxid));
    }
    return hash instanceof Txid txid && quiet.containsKey(txid)
        ? Optional.of(txid)
        : Optional.empty();
  }

  private void fluff(Txid txid, long nowMillis) {
    forget(txid);
    mempool.get(txid).ifPresent(entry -> announce.accept(entry.wtxid(), nowMillis));
  }

  void tick(long nowMillis) {
    if (!enabled) {
      return;
    }
    if (nowMillis >= epochEndsMillis) {
      beginEpoch(nowMillis);
    }
    List<Txid> over = new ArrayList<>();
    quiet.forEach(
        (txid, entry) -> {
          if (nowMillis >= entry.untilMillis() || !mempool.contains(txid)) {
            over.add(txid);
          }
        });
    over.forEach(txid -> fluff(txid, nowMillis));
  }

  private void beginEpoch(long nowMillis) {
    epochEndsMillis = nowMillis + EPOCH_MILLIS + random.nextInt(EPOCH_SPREAD_MILLIS);
    announcesAll = random.nextInt(100) < FLUFF_PERCENT;
    successors.clear();
    nextOf.clear();
    fill();
  }
}
