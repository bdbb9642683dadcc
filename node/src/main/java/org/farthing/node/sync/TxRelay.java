package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.config.NetPermission;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.PolicyReason;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.RecentSet;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes transactions from peers into the mempool.
 *
 * <ul>
 *   <li>Announced ones that we lack are asked for as {@link TxRequestTracker} decides, by wtxid
 *       where the peer can (BIP-0339).
 *   <li>One that was refused is not asked for again until the tip changes.
 *   <li>One whose parents are missing waits in the {@link Orphanage}, its parents are asked of the
 *       peer that sent it.
 *   <li>During the initial download nothing is asked for: it could not be judged.
 * </ul>
 */
public final class TxRelay {
  private static final Logger LOG = LoggerFactory.getLogger(TxRelay.class);
  private static final int REJECTED_CAPACITY = 60_000;
  private static final int CONFIRMED_CAPACITY = 24_000;

  private final Mempool mempool;
  private final Announcer announcer;
  private final InitialDownload initialDownload;
  private final Outbox outbox;
  private final TxRequestTracker requests = new TxRequestTracker();
  private final Orphanage orphanage = new Orphanage();
  private final RecentSet<Hash256> rejected = new RecentSet<>(REJECTED_CAPACITY);
  private final RecentSet<Hash256> confirmed = new RecentSet<>(CONFIRMED_CAPACITY);
  private final Map<Long, Peer> peers = new LinkedHashMap<>();

  public TxRelay(
      Mempool mempool, Announcer announcer, InitialDownload initialDownload, Outbox outbox) {
    this.mempool = mempool;
    this.announcer = announcer;
    this.initialDownload = initialDownload;
    this.outbox = outbox;
  }

  public void ready(Peer peer) {
    peers.put(peer.id(), peer);
  }

  public void left(Peer peer, long nowMillis) {
    peers.remove(peer.id());
    requests.disconnected(peer.id(), nowMillis);
    orphanage.disconnected(peer.id());
  }

  /**
   * A block was connected: its transactions need not be asked for, refused ones may be good now.
   */
  public void connected(List<Transaction> transactions) {
    rejected.clear();
    for (Transaction transaction : transactions) {
      confirmed.add(transaction.txid());
      confirmed.add(transaction.wtxid());
      settled(transaction);
    }
  }

  /** A block was disconnected: what it held may be asked for again. */
  public void disconnected() {
    confirmed.clear();
    rejected.clear();
  }

  /** The peer announced transactions. */
  public void announced(Peer peer, List<InvItem> items, long nowMillis) {
    for (InvItem item : items) {
      announcer.knows(peer, item.hash());
      boolean asNegotiated = (item.type() == InvType.WTX) == peer.handshake().wtxidRelay();
      if (!asNegotiated || initialDownload.isRunning()) {
        continue;
      }
      if (item.hash() instanceof Wtxid wtxid) {
        alsoFrom(peer, wtxid, nowMillis);
      }
      if (!isKnown(item.hash())) {
        requests.announced(peer.id(), isPreferred(peer), item.hash(), nowMillis);
      }
    }
  }

  /** A peer has something that waits for its parents: it may have those too. */
  private void alsoFrom(Peer peer, Wtxid wtxid, long nowMillis) {
    orphanage
        .alsoFrom(wtxid, peer.id())
        .map(Orphanage::parentsOf)
        .ifPresent(parents -> askFor(parents, peer, nowMillis));
  }

  private void askFor(Set<Txid> parents, Peer peer, long nowMillis) {
    parents.stream()
        .filter(parent -> !isKnown(parent))
        .forEach(parent -> requests.announced(peer.id(), isPreferred(peer), parent, nowMillis));
  }

  /** The transactions that wait for their parents. */
  public List<Orphanage.Orphan> orphans() {
    return orphanage.all();
  }

  /** We chose the peer, or our operator trusts it. */
  private static boolean isPreferred(Peer peer) {
    return !peer.isInbound() || peer.may(NetPermission.NOBAN);
  }

  public void received(Peer peer, Transaction transaction, long nowMillis) {
    announcer.knows(peer, transaction.txid());
    announcer.knows(peer, transaction.wtxid());
    settled(transaction);
    if (initialDownload.isRunning()) {
      return;
    }
    alsoFrom(peer, transaction.wtxid(), nowMillis);
    if (isKnown(transaction.wtxid())) {
      return;
    }
    Deque<Orphanage.Orphan> work = new ArrayDeque<>();
    work.add(Orphanage.Orphan.of(transaction, peer.id(), nowMillis));
    peer.gaveTransaction(nowMillis);
    while (!work.isEmpty()) {
      Orphanage.Orphan next = work.poll();
      if (judge(next, nowMillis)) {
        work.addAll(orphanage.takeChildrenOf(next.transaction().txid()));
      }
    }
  }

  /** Hands one transaction to the mempool; true where it was taken in. */
  private boolean judge(Orphanage.Orphan candidate, long nowMillis) {
    Transaction transaction = candidate.transaction();
    MempoolResult result = mempool.accept(transaction, nowMillis);
    if (result instanceof MempoolResult.Accepted) {
      return true;
    }
    if (result instanceof MempoolResult.MissingInputs missing) {
      adopt(candidate, missing.missing(), nowMillis);
    } else {
      LOG.debug(
          "{} (wtxid={}) from peer={} was not accepted: {}",
          transaction.txid(),
          transaction.wtxid(),
          candidate.peer(),
          result);
      remember(transaction, result);
    }
    return false;
  }

  /**
   * What was refused is not asked for again. By its txid it may be, where another witness could
   * make it acceptable; and one whose witness somebody took away says nothing even of its wtxid,
   * which is then its txid.
   */
  private void remember(Transaction transaction, MempoolResult result) {
    Optional<PolicyReason.Kind> kind =
        result instanceof MempoolResult.Refused refused
            ? Optional.of(refused.reasonCode().kind())
            : Optional.empty();
    if (kind.equals(Optional.of(PolicyReason.Kind.WITNESS_STRIPPED))) {
      return;
    }
    rejected.add(transaction.wtxid());
    if (!transaction.hasWitness()
        || kind.equals(Optional.of(PolicyReason.Kind.INPUTS_NOT_STANDARD))) {
      rejected.add(transaction.txid());
    }
  }

  private void adopt(Orphanage.Orphan orphan, Set<OutPoint> missing, long nowMillis) {
    Set<Txid> parents = missing.stream().map(OutPoint::txid).collect(Collectors.toSet());
    boolean hopeless = parents.stream().anyMatch(rejected::contains);
    if (hopeless) {
      rejected.add(orphan.transaction().wtxid());
      return;
    }
    orphanage.add(orphan.transaction(), orphan.peer(), nowMillis);
    for (long id : orphan.peers()) {
      orphanage.alsoFrom(orphan.transaction().wtxid(), id);
      Peer peer = peers.get(id);
      if (peer != null) {
        askFor(parents, peer, nowMillis);
      }
    }
  }

  public void notFound(Peer peer, List<InvItem> items, long nowMillis) {
    items.forEach(item -> requests.notFound(peer.id(), item.hash(), nowMillis));
  }

  /** Asks for what should be asked for now. */
  public void tick(long nowMillis) {
    Map<Long, List<InvItem>> batches = new LinkedHashMap<>();
    for (TxRequestTracker.Request request : requests.due(nowMillis)) {
      if (isKnown(request.hash())) {
        requests.settled(request.hash());
      } else {
        InvType type = request.hash() instanceof Wtxid ? InvType.WTX : byTxid(request.peer());
        batches
            .computeIfAbsent(request.peer(), key -> new ArrayList<>())
            .add(new InvItem(type, request.hash()));
      }
    }
    batches.forEach((peer, items) -> outbox.send(peers.get(peer), new GetData(items)));
  }

  /** With its witness where the peer keeps witnesses (BIP-0144). */
  private InvType byTxid(long peer) {
    return peers
        .get(peer)
        .version()
        .filter(version -> Services.has(version.services(), Services.WITNESS))
        .map(version -> InvType.WITNESS_TX)
        .orElse(InvType.TX);
  }

  private void settled(Transaction transaction) {
    requests.settled(transaction.txid());
    requests.settled(transaction.wtxid());
  }

  private boolean isKnown(Hash256 hash) {
    boolean waits =
        hash instanceof Wtxid wtxid
            ? mempool.contains(wtxid) || orphanage.contains(wtxid)
            : mempool.contains((Txid) hash);
    return waits || rejected.contains(hash) || confirmed.contains(hash);
  }
}
