package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.config.NetPermission;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.PackageResult;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes transactions from peers and from this node's own users into the mempool, and has others
 * told of them.
 *
 * <ul>
 *   <li>What is asked for, and what is validated, {@link TxDownload} decides; during the initial
 *       download nothing is, because nothing could be judged.
 *   <li>Orphans whose parents came are tried again on the account of the peer that announced them:
 *       all of its own before its next message takes effect, and only so many of all peers together
 *       after each message and in each turn, so that nobody keeps others waiting.
 *   <li>Transactions of our own are announced again every 10 to 15 minutes until a peer has asked
 *       for them.
 * </ul>
 */
public final class TxRelay {
  private static final Logger LOG = LoggerFactory.getLogger(TxRelay.class);

  /** Transactions that are asked for in one message. */
  static final int MAX_ASKED_AT_ONCE = 1000;

  /** Orphans of all peers that are tried again in one turn. */
  private static final int ORPHANS_IN_ONE_TURN = 20;

  private final Mempool mempool;
  private final Announcer announcer;
  private final InitialDownload initialDownload;
  private final Outbox outbox;
  private final TxDownload download;
  private final Map<Long, Peer> peers = new LinkedHashMap<>();
  private final List<Consumer<Transaction>> unwantedListeners = new ArrayList<>();
  private final Set<Wtxid> toAnnounce = new LinkedHashSet<>();
  private boolean quiet;

  public TxRelay(
      Mempool mempool,
      Announcer announcer,
      InitialDownload initialDownload,
      Outbox outbox,
      Random random) {
    this.mempool = mempool;
    this.announcer = announcer;
    this.initialDownload = initialDownload;
    this.outbox = outbox;
    download = new TxDownload(mempool, random);
    mempool.addListener(this::mempoolChanged);
  }

  /** Also what a reorganisation brings back: those on the other branch may not know it. */
  private void mempoolChanged(MempoolEvent event) {
    if (event instanceof MempoolEvent.Added added && !quiet) {
      toAnnounce.add(added.entry().wtxid());
    }
  }

  /**
   * Nobody is told of what comes into the mempool meanwhile: of what comes from a file peers were
   * told when it was new, and by Bitcoin Core they are not told again either.
   */
  public void quietly(Runnable change) {
    quiet = true;
    try {
      change.run();
    } finally {
      quiet = false;
    }
  }

  /** When the mempool has settled. */
  private void announceNew(long nowMillis) {
    toAnnounce.forEach(wtxid -> announcer.announce(wtxid, nowMillis));
    toAnnounce.clear();
  }

  /**
   * The listener is told of transactions that we don't keep, and that a block may have all the
   * same.
   */
  void onUnwanted(Consumer<Transaction> listener) {
    unwantedListeners.add(listener);
  }

  public void ready(Peer peer) {
    peers.put(peer.id(), peer);
    download.connected(
        peer.id(),
        new TxDownload.Source(
            HeaderSync.isPreferred(peer),
            peer.may(NetPermission.RELAY),
            peer.handshake().wtxidRelay()));
  }

  public void left(Peer peer) {
    peers.remove(peer.id());
    download.disconnected(peer.id());
  }

  /** A block was connected. */
  public void connected(List<Transaction> transactions) {
    // Nothing was asked for during the initial download, and somebody may want to know afterwards.
    if (!initialDownload.isRunning()) {
      download.connected(transactions);
    }
  }

  /** A block was disconnected. */
  public void disconnected() {
    download.disconnected();
  }

  /** The chain has another tip. */
  public void tipChanged() {
    download.tipChanged();
  }

  /** The transactions that wait for their parents. */
  public List<Orphanage.Orphan> orphans() {
    return download.orphans();
  }

  /** Announcements of all peers together that something may still be asked for. */
  public int announcements() {
    return download.announcements();
  }

  /**
   * Takes in a transaction of our own and announces it, also if it waits already.
   *
   * @return what the mempool says; for one that waits, that it does
   */
  public MempoolResult submit(Transaction transaction, long nowMillis) {
    Optional<MempoolEntry> waiting = mempool.get(transaction.txid());
    if (waiting.isPresent()) {
      announcer.announce(waiting.get().wtxid(), nowMillis);
      return new MempoolResult.Accepted(waiting.get(), List.of());
    }
    MempoolResult result = mempool.accept(transaction, nowMillis);
    if (result.isAccepted()) {
      mempool.toBeBroadcast(transaction.txid());
      announceNew(nowMillis);
    }
    return result;
  }

  /**
   * Takes in a child with its parents, and announces what waits then.
   *
   * @param highestRate that the sender wants to pay for one of them, if he says
   */
  public PackageResult submit(
      List<Transaction> transactions, Optional<FeeRate> highestRate, long nowMillis) {
    PackageResult result = mempool.accept(transactions, highestRate, nowMillis);
    for (Transaction transaction : transactions) {
      mempool.get(transaction.txid()).ifPresent(entry -> toAnnounce.add(entry.wtxid()));
    }
    announceNew(nowMillis);
    return result;
  }

  /** The peer announced transactions. */
  public void announced(Peer peer, List<InvItem> items, long nowMillis) {
    InvType notAgreed = peer.handshake().wtxidRelay() ? InvType.TX : InvType.WTX;
    Set<Hash256> seen = new HashSet<>();
    for (InvItem item : items) {
      if (item.type() == notAgreed || !seen.add(item.hash())) {
        continue;
      }
      announcer.knows(peer, item.hash());
      if (!initialDownload.isRunning()) {
        boolean known = download.announced(peer.id(), item.hash(), nowMillis);
        LOG.debug("got inv: {} {} {}", item, known ? "have" : "new", peer);
      }
    }
  }

  /** The peer sent a transaction. */
  public void received(Peer peer, Transaction transaction, long nowMillis) {
    if (initialDownload.isRunning()) {
      return;
    }
    announcer.knows(peer, transaction);
    TxDownload.Arrival arrival = download.received(peer.id(), transaction);
    if (!arrival.validate()) {
      if (peer.may(NetPermission.FORCERELAY)) {
        forceRelay(peer, transaction, nowMillis);
      }
      arrival.family().ifPresent(family -> judge(family, nowMillis));
      return;
    }
    MempoolResult result = mempool.accept(transaction, nowMillis);
    if (result.isAccepted()) {
      accepted(peer.id(), transaction, nowMillis);
      peer.gaveTransaction(nowMillis);
    } else {
      refused(peer.id(), transaction, result, true, nowMillis)
          .ifPresent(family -> judge(family, nowMillis));
    }
    tryOrphans(nowMillis);
  }

  /** The operator wants what this peer sends to be passed on, even if we have had it for long. */
  private void forceRelay(Peer peer, Transaction transaction, long nowMillis) {
    if (mempool.contains(transaction.txid())) {
      LOG.info(
          "Force relaying tx {} (wtxid={}) from {}", transaction.txid(), transaction.wtxid(), peer);
      announcer.announce(transaction.wtxid(), nowMillis);
    } else {
      LOG.info(
          "Not relaying non-mempool transaction {} (wtxid={}) from forcerelay {}",
          transaction.txid(),
          transaction.wtxid(),
          peer);
    }
  }

  private void accepted(long peer, Transaction transaction, long nowMillis) {
    download.accepted(transaction);
    LOG.debug(
        "AcceptToMemoryPool: peer={}: accepted {} (wtxid={}) (poolsz {} txn, {} kB)",
        peer,
        transaction.txid(),
        transaction.wtxid(),
        mempool.count(),
        mempool.snapshot().usageBytes() / 1000);
    announceNew(nowMillis);
  }

  private Optional<Family> refused(
      long id, Transaction transaction, MempoolResult result, boolean isFirst, long nowMillis) {
    LOG.debug(
        "{} (wtxid={}) from peer={} was not accepted: {}",
        transaction.txid(),
        transaction.wtxid(),
        id,
        result);
    TxDownload.Refusal refusal = download.refused(transaction, result, id, isFirst, nowMillis);
    if (refusal.isNew()) {
      unwantedListeners.forEach(listener -> listener.accept(transaction));
    }
    Peer peer = peers.get(id);
    if (peer != null) {
      refusal.parents().forEach(parent -> announcer.knows(peer, parent));
    }
    return refusal.family();
  }

  private void judge(Family family, long nowMillis) {
    PackageResult result = mempool.accept(family.transactions(), Optional.empty(), nowMillis);
    LOG.debug(
        "package evaluation for {}: package {}",
        family,
        result.isAccepted() ? "accepted" : "rejected");
    if (!result.isAccepted()) {
      download.refused(family);
    }
    // The child first: it is no orphan any more when its parent asks for its children.
    conclude(family.sender(), family.child(), result, nowMillis);
    conclude(family.sender(), family.parent(), result, nowMillis);
  }

  private void conclude(long peer, Transaction transaction, PackageResult result, long nowMillis) {
    PackageResult.Outcome outcome = result.outcomes().get(transaction.wtxid());
    if (outcome instanceof PackageResult.Outcome.Accepted) {
      accepted(peer, transaction, nowMillis);
    } else if (outcome instanceof PackageResult.Outcome.Failed failed) {
      refused(peer, transaction, failed.result(), false, nowMillis);
    } else if (outcome instanceof PackageResult.Outcome.WaitsOtherwise) {
      refused(peer, transaction, mempool.test(transaction, nowMillis), false, nowMillis);
    }
  }

  /** Everything that this peer said before has its full effect now. */
  public void finish(Peer peer, long nowMillis) {
    while (download.hasDue(peer.id())) {
      tryOrphan(peer.id(), nowMillis);
    }
  }

  /** One of each peer after the other, but not too many at once. */
  private void tryOrphans(long nowMillis) {
    int left = ORPHANS_IN_ONE_TURN;
    boolean found = true;
    while (found && left > 0) {
      found = false;
      for (long peer : peers.keySet()) {
        if (left > 0 && download.hasDue(peer)) {
          found = true;
          left--;
          tryOrphan(peer, nowMillis);
        }
      }
    }
  }

  private void tryOrphan(long peer, long nowMillis) {
    Optional<Transaction> orphan = download.nextDue(peer);
    if (orphan.isEmpty()) {
      return;
    }
    Transaction transaction = orphan.get();
    MempoolResult result = mempool.accept(transaction, nowMillis);
    if (result.isAccepted()) {
      LOG.debug("   accepted orphan tx {} (wtxid={})", transaction.txid(), transaction.wtxid());
      accepted(peer, transaction, nowMillis);
    } else if (!(result instanceof MempoolResult.MissingInputs)) {
      LOG.debug(
          "   invalid orphan tx {} (wtxid={}) from peer={}. {}",
          transaction.txid(),
          transaction.wtxid(),
          peer,
          result);
      refused(peer, transaction, result, false, nowMillis);
    }
  }

  /** The peer doesn't have what it was asked for. */
  public void notFound(Peer peer, List<InvItem> items) {
    items.forEach(item -> download.notFound(peer.id(), item.hash()));
  }

  public void tick(long nowMillis) {
    announceNew(nowMillis);
    if (!download.isIdle()) {
      tryOrphans(nowMillis);
      List.copyOf(peers.values()).forEach(peer -> serve(peer, nowMillis));
    }
  }

  /** Asks this peer for what it should be asked for now. */
  public void serve(Peer peer, long nowMillis) {
    if (!peers.containsKey(peer.id())) {
      return;
    }
    List<Hash256> wanted = download.takeRequests(peer.id(), nowMillis);
    for (int from = 0; from < wanted.size(); from += MAX_ASKED_AT_ONCE) {
      int to = Math.min(wanted.size(), from + MAX_ASKED_AT_ONCE);
      List<InvItem> items =
          wanted.subList(from, to).stream()
              .map(hash -> new InvItem(type(peer, hash), hash))
              .toList();
      outbox.send(peer, new GetData(items));
    }
  }

  /** By txid, with its witness where the peer keeps witnesses (BIP-0144). */
  private static InvType type(Peer peer, Hash256 hash) {
    if (hash instanceof Wtxid) {
      return InvType.WTX;
    }
    return peer.version().filter(it -> Services.has(it.services(), Services.WITNESS)).isPresent()
        ? InvType.WITNESS_TX
        : InvType.TX;
  }

  /** Announces once more what is to be made known and no peer has asked for yet. */
  public void repeat(long nowMillis) {
    for (Txid txid : mempool.snapshot().unbroadcast()) {
      mempool.get(txid).ifPresent(entry -> announcer.announce(entry.wtxid(), nowMillis));
    }
  }
}
