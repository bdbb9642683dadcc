package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.config.NetPermission;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.time.Poisson;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells peers of the transactions that wait in our mempool, as Bitcoin Core does.
 *
 * <ul>
 *   <li>So many in a second go on to peers ({@link AnnouncementBacklog}), two and a half times as
 *       many to those that we called.
 *   <li>Each peer is told after a random wait (a Poisson process: {@value #OUTBOUND_MILLIS} ms on
 *       average for peers that we chose, {@value #INBOUND_MILLIS} ms, the same moment for all, for
 *       those that called us), so that the order of announcements does not show where a transaction
 *       began. Peers with the permission {@code noban} are told at once.
 *   <li>Nobody is told of what they told us, of what pays less than they asked for (BIP-0133), or
 *       of anything if they want no transactions (BIP-0037).
 *   <li>What pays most is announced first; parents always before children.
 *   <li>Nobody gets what came after we told him last: who asks for anything that he has heard of
 *       would learn when it came to us.
 * </ul>
 */
public final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  static final long OUTBOUND_MILLIS = 2_000;
  static final long INBOUND_MILLIS = 5_000;
  private static final double OUTBOUND_FACTOR = (double) INBOUND_MILLIS / OUTBOUND_MILLIS;
  private static final long BACKLOG_MILLIS = 100;
  private static final long HEARTBEAT_MILLIS = 2_000;
  private static final int HEARTBEAT_FROM = 100;
  private static final int KNOWN_CAPACITY = 50_000;

  /** A peer that transactions may be talked about with. */
  private static final class State {
    final RollingFilter known;
    final Set<Wtxid> waiting = new LinkedHashSet<>();
    boolean relay;
    boolean wantsAll;
    Predicate<Transaction> filter = transaction -> true;
    long feeFilterSatPerKvb;
    long nextAtMillis;
    long lastSequence = 1;

    State(RollingFilter known) {
      this.known = known;
    }
  }

  private final Mempool mempool;
  private final Outbox outbox;
  private final Random random;
  private final int perSecond;
  private final AnnouncementBacklog inbound;
  private final AnnouncementBacklog outbound;
  private final Map<Peer, State> states = new LinkedHashMap<>();
  private long nextInboundAtMillis;
  private long nextBacklogAtMillis;
  private long nextHeartbeatAtMillis;

  private Predicate<Wtxid> isQuiet = wtxid -> false;

  /**
   * @param perSecond transactions that peers which called us are told of
   */
  public Announcer(Mempool mempool, Outbox outbox, Random random, int perSecond) {
    this.mempool = mempool;
    this.outbox = outbox;
    this.random = random;
    this.perSecond = perSecond;
    inbound = new AnnouncementBacklog(perSecond, 1);
    outbound = new AnnouncementBacklog(perSecond, OUTBOUND_FACTOR);
  }

  /**
   * @param mayFilter the peer may set a filter later, and want transactions from then on (BIP-0037)
   */
  public void ready(Peer peer, boolean mayFilter, long nowMillis) {
    boolean wanted = peer.version().map(Version::client).filter(Version.Client::relay).isPresent();
    if (peer.kind().gossips() && (wanted || mayFilter)) {
      State state = new State(new RollingFilter(KNOWN_CAPACITY, random));
      state.relay = wanted;
      states.put(peer, state);
      serve(peer, nowMillis);
    }
  }

  public void left(Peer peer) {
    states.remove(peer);
  }

  /** The peer may be sent transactions, although it may not want to hear of any. */
  boolean talksTo(Peer peer) {
    return states.containsKey(peer);
  }

  /** The peer wants to hear of transactions. */
  public boolean relaysTo(Peer peer) {
    State state = states.get(peer);
    return state != null && state.relay;
  }

  /** From now on the peer wants to hear of transactions, but only of those that are let through. */
  public void filter(Peer peer, Predicate<Transaction> filter) {
    State state = states.get(peer);
    if (state != null) {
      state.filter = filter;
      state.relay = true;
    }
  }

  /** The fee rate below which the peer wants to hear of nothing, in satoshis for 1000 vbytes. */
  public long feeFilterOf(Peer peer) {
    State state = states.get(peer);
    return state == null ? 0 : state.feeFilterSatPerKvb;
  }

  /** Transactions that wait to be announced to the peer. */
  public int waitingFor(Peer peer) {
    State state = states.get(peer);
    return state == null ? 0 : state.waiting.size();
  }

  /** How far the mempool was, by its sequence, when the peer was told of something last. */
  public long lastSequenceOf(Peer peer) {
    State state = states.get(peer);
    return state == null ? 0 : state.lastSequence;
  }

  public int perSecond() {
    return perSecond;
  }

  public AnnouncementBacklog.Status inboundBacklog() {
    return inbound.status();
  }

  public AnnouncementBacklog.Status outboundBacklog() {
    return outbound.status();
  }

  /** The peer has the transaction. */
  public void knows(Peer peer, Hash256 hash) {
    State state = states.get(peer);
    if (state != null) {
      state.known.add(hash);
    }
  }

  /** The peer has the transaction; it is remembered as it is announced on this connection. */
  void knows(Peer peer, Transaction transaction) {
    knows(peer, peer.handshake().wtxidRelay() ? transaction.wtxid() : transaction.txid());
  }

  /** The peer wants no transactions that pay less; what is no amount of money is ignored. */
  public void feeFilter(Peer peer, long satPerKvb) {
    if (!Amount.isInRange(satPerKvb)) {
      return;
    }
    State state = states.get(peer);
    if (state != null) {
      state.feeFilterSatPerKvb = satPerKvb;
    }
    LOG.debug("received: feefilter of {} from {}", new FeeRate(satPerKvb), peer);
  }

  /** Nobody is to be told of these yet. */
  void keepQuiet(Predicate<Wtxid> which) {
    isQuiet = which;
  }

  /** All peers are to be told of a waiting transaction. */
  public void announce(Wtxid wtxid, long nowMillis) {
    if (isQuiet.test(wtxid)) {
      return;
    }
    inbound.add(wtxid);
    outbound.add(wtxid);
    passOn(nowMillis);
  }

  /** The peer wants to know all that waits (BIP-0035). */
  public void wantsAll(Peer peer) {
    State state = states.get(peer);
    if (state != null) {
      state.wantsAll = true;
    }
  }

  public void tick(long nowMillis) {
    if (nowMillis > nextBacklogAtMillis) {
      passOn(nowMillis);
    }
    states.forEach((peer, state) -> serve(peer, state, nowMillis));
  }

  /** What may go on goes from the backlogs to the peers. */
  private void passOn(long nowMillis) {
    nextBacklogAtMillis = nowMillis + BACKLOG_MILLIS;
    inbound.fill(nowMillis);
    outbound.fill(nowMillis);
    heartbeat(nowMillis);
    passOn(inbound, true);
    passOn(outbound, false);
  }

  private void passOn(AnnouncementBacklog backlog, boolean toInbound) {
    List<Wtxid> taken = backlog.take(mempool);
    if (taken.isEmpty()) {
      return;
    }
    boolean anybody = false;
    for (Map.Entry<Peer, State> each : states.entrySet()) {
      if (each.getKey().isInbound() == toInbound) {
        anybody = true;
        each.getValue().waiting.addAll(taken);
      }
    }
    if (!anybody) {
      backlog.clear();
    }
  }

  private void heartbeat(long nowMillis) {
    boolean isLong = inbound.size() >= HEARTBEAT_FROM || outbound.size() >= HEARTBEAT_FROM;
    if (isLong && nowMillis >= nextHeartbeatAtMillis) {
      nextHeartbeatAtMillis = nowMillis + HEARTBEAT_MILLIS;
      LOG.debug("Transaction rate-limiting backlog inbound={} outbound={}", inbound, outbound);
    }
  }

  /** Tells the peer what it is to be told now. */
  public void serve(Peer peer, long nowMillis) {
    State state = states.get(peer);
    if (state != null) {
      serve(peer, state, nowMillis);
    }
  }

  private void serve(Peer peer, State state, long nowMillis) {
    boolean turn = peer.may(NetPermission.NOBAN);
    if (state.nextAtMillis < nowMillis) {
      turn = true;
      state.nextAtMillis =
          peer.isInbound()
              ? nextInbound(nowMillis)
              : nowMillis + Poisson.delayMillis(random, OUTBOUND_MILLIS);
    }
    if (!turn) {
      return;
    }
    if (!state.relay) {
      state.waiting.clear();
    }
    if (state.wantsAll) {
      state.wantsAll = false;
      state.waiting.clear();
      tell(peer, state, mempool.snapshot().entriesBestFirst(), true);
    } else if (!state.waiting.isEmpty()) {
      List<MempoolEntry> entries =
          state.waiting.stream().map(mempool::get).flatMap(Optional::stream).toList();
      state.waiting.clear();
      tell(peer, state, mempool.snapshot().bestFirst(entries), false);
    }
  }

  /** All who called us hear at the same moment: more connections teach nobody more. */
  private long nextInbound(long nowMillis) {
    if (nextInboundAtMillis < nowMillis) {
      nextInboundAtMillis = nowMillis + Poisson.delayMillis(random, INBOUND_MILLIS);
    }
    return nextInboundAtMillis;
  }

  /**
   * @param again also what the peer knows
   */
  private void tell(Peer peer, State state, List<MempoolEntry> entries, boolean again) {
    state.lastSequence = mempool.snapshot().sequence();
    boolean byWtxid = peer.handshake().wtxidRelay();
    List<InvItem> items = new ArrayList<>();
    for (MempoolEntry entry : entries) {
      Hash256 hash = byWtxid ? entry.wtxid() : entry.txid();
      boolean unknown = again || !state.known.contains(hash);
      if (!paysEnough(entry, state) || !unknown || !state.filter.test(entry.transaction())) {
        continue;
      }
      state.known.add(hash);
      items.add(new InvItem(byWtxid ? InvType.WTX : InvType.TX, hash));
      if (items.size() == InvItem.MAX_ITEMS) {
        outbox.send(peer, new Inv(items));
        items = new ArrayList<>();
      }
    }
    if (!items.isEmpty()) {
      outbox.send(peer, new Inv(items));
    }
  }

  private static boolean paysEnough(MempoolEntry entry, State state) {
    return entry.feeSat() >= new FeeRate(state.feeFilterSatPerKvb).feeFor(entry.virtualSize());
  }

  /** The transaction was there before the peer was told of anything last. */
  boolean mayAsk(Peer peer, Txid txid) {
    State state = states.get(peer);
    return state != null && mempool.waitsSinceBefore(txid, state.lastSequence);
  }
}
