package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.config.NetPermission;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.RecentSet;
import org.farthing.node.wire.FeeFilter;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Version;

/**
 * Tells peers of the transactions that wait in our mempool.
 *
 * <ul>
 *   <li>Each peer is told after a random wait (a Poisson process: {@value #OUTBOUND_MILLIS} ms on
 *       average for peers that we chose, {@value #INBOUND_MILLIS} ms, the same moment for all, for
 *       those that called us), so that the order of announcements does not show where a transaction
 *       began. Peers with the permission {@code noban} are told at once.
 *   <li>Nobody is told of what they told us, of what pays less than they asked for (BIP-0133), or
 *       of anything if they want no transactions (BIP-0037).
 *   <li>What pays most is announced first; parents always before children.
 * </ul>
 */
public final class Announcer {
  static final long OUTBOUND_MILLIS = 2_000;
  static final long INBOUND_MILLIS = 5_000;
  static final int MAX_IN_ONE_GO = 1_000;
  private static final long FEE_FILTER_MILLIS = 10 * 60_000L;
  private static final int KNOWN_CAPACITY = 25_000;

  private static final class State {
    final RecentSet<Hash256> known = new RecentSet<>(KNOWN_CAPACITY);
    final Set<Txid> waiting = new LinkedHashSet<>();
    boolean relay = true;
    long feeFilterSatPerKvb;
    long nextAtMillis;
    long sentFilterSatPerKvb = -1;
    long filterSentAtMillis;
    long lastSequence;
  }

  private final Mempool mempool;
  private final Outbox outbox;
  private final Random random;
  private final Map<Peer, State> states = new LinkedHashMap<>();
  private long nextInboundAtMillis;

  public Announcer(Mempool mempool, Outbox outbox, Random random) {
    this.mempool = mempool;
    this.outbox = outbox;
    this.random = random;
  }

  public void ready(Peer peer, long nowMillis) {
    State state = new State();
    state.relay = wantsTransactions(peer);
    state.nextAtMillis = nowMillis;
    states.put(peer, state);
    sendFeeFilter(peer, state, nowMillis);
  }

  /** The peer wants to hear of transactions, and the connection is not for blocks alone. */
  public static boolean wantsTransactions(Peer peer) {
    return peer.kind().gossips()
        && peer.version().map(Version::client).map(Version.Client::relay).orElse(false);
  }

  public void left(Peer peer) {
    states.remove(peer);
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

  /** How far the mempool was, by its sequence, when it was the peer's turn last; 0 for never. */
  public long lastSequenceOf(Peer peer) {
    State state = states.get(peer);
    return state == null ? 0 : state.lastSequence;
  }

  /** The peer has the transaction. */
  public void knows(Peer peer, Hash256 hash) {
    State state = states.get(peer);
    if (state != null) {
      state.known.add(hash);
    }
  }

  /** The peer wants no transactions that pay less; what is no amount of money is ignored. */
  public void feeFilter(Peer peer, long satPerKvb) {
    if (Amount.isInRange(satPerKvb)) {
      states.get(peer).feeFilterSatPerKvb = satPerKvb;
    }
  }

  /** A transaction waits in the mempool from now on: all peers are to be told. */
  public void added(MempoolEntry entry) {
    for (State state : states.values()) {
      if (state.relay) {
        state.waiting.add(entry.txid());
      }
    }
  }

  /** The peer wants to know all that waits (BIP-0035). */
  public void wantsAll(Peer peer) {
    State state = states.get(peer);
    if (state.relay) {
      mempool.snapshot().entries().forEach(entry -> state.waiting.add(entry.txid()));
    }
  }

  public void tick(long nowMillis) {
    boolean inboundTurn = nowMillis >= nextInboundAtMillis;
    if (inboundTurn) {
      nextInboundAtMillis = nowMillis + poisson(INBOUND_MILLIS);
    }
    states.forEach(
        (peer, state) -> {
          boolean turn =
              peer.may(NetPermission.NOBAN)
                  || (peer.isInbound() ? inboundTurn : nowMillis >= state.nextAtMillis);
          if (turn) {
            state.nextAtMillis = nowMillis + poisson(OUTBOUND_MILLIS);
            state.lastSequence = mempool.snapshot().sequence();
            announce(peer, state);
          }
          if (nowMillis - state.filterSentAtMillis >= FEE_FILTER_MILLIS) {
            sendFeeFilter(peer, state, nowMillis);
          }
        });
  }

  private void announce(Peer peer, State state) {
    if (state.waiting.isEmpty()) {
      return;
    }
    boolean byWtxid = peer.handshake().wtxidRelay();
    List<InvItem> items = new ArrayList<>();
    for (MempoolEntry entry : bestFirst(state)) {
      state.waiting.remove(entry.txid());
      Hash256 hash = byWtxid ? entry.wtxid() : entry.txid();
      if (paysEnough(entry, state) && state.known.add(hash)) {
        items.add(new InvItem(byWtxid ? InvType.WTX : InvType.TX, hash));
      }
      if (items.size() == MAX_IN_ONE_GO) {
        break;
      }
    }
    if (!items.isEmpty()) {
      outbox.send(peer, new Inv(items));
    }
  }

  /** The waiting entries; a child has more ancestors than its parent, so that it comes later. */
  private List<MempoolEntry> bestFirst(State state) {
    state.waiting.removeIf(txid -> !mempool.contains(txid));
    var snapshot = mempool.snapshot();
    return state.waiting.stream()
        .map(mempool::get)
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparingInt((MempoolEntry e) -> snapshot.withAncestors(e).size())
                .thenComparing(MempoolEntry::feePerWeight, Comparator.reverseOrder()))
        .toList();
  }

  private static boolean paysEnough(MempoolEntry entry, State state) {
    return entry.feeSat() * 1000 >= state.feeFilterSatPerKvb * entry.virtualSize();
  }

  private void sendFeeFilter(Peer peer, State state, long nowMillis) {
    if (!peer.handshake().wantsTransactions()) {
      return;
    }
    long satPerKvb = mempool.snapshot().minimumFee(nowMillis).satPerKvb();
    state.filterSentAtMillis = nowMillis;
    if (satPerKvb != state.sentFilterSatPerKvb) {
      state.sentFilterSatPerKvb = satPerKvb;
      outbox.send(peer, new FeeFilter(satPerKvb));
    }
  }

  private long poisson(long meanMillis) {
    return Math.round(-Math.log1p(-random.nextDouble()) * meanMillis);
  }
}
