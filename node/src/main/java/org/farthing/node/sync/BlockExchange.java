package org.farthing.node.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.BlockTxn;
import org.farthing.node.wire.CmpctBlock;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.SendHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Headers and blocks, to us and from us: leads what peers say of them through the machines that
 * learn headers, fetch blocks and announce new ones, and remembers who gave which block.
 */
public final class BlockExchange implements OutboundWatch.Blocks {
  private static final Logger LOG = LoggerFactory.getLogger(BlockExchange.class);

  /** The machines between which blocks go, and whom they belong to. */
  record Parts(
      ChainState chain,
      HeaderSync headers,
      BlockDownloader downloader,
      BlockRequests requests,
      CompactPeers compactPeers,
      InitialDownload initialDownload,
      Outbox outbox) {}

  /**
   * What blocks are put together from, and whether they are.
   *
   * @param known the transactions that we know
   * @param useful false where these are none of those that will be in blocks
   */
  record ShortForm(CompactReceiver.Supply known, boolean useful) {}

  /**
   * Who gave a block.
   *
   * @param inShort it was put together from a short form, which peers may pass on unchecked
   */
  private record Giver(Peer peer, boolean inShort) {}

  private final ChainState chain;
  private final BlockIntake intake;
  private final Outbox outbox;
  private final Clock clock;
  private final InitialDownload initialDownload;
  private final HeaderSync headers;
  private final BlockRequests requests = new BlockRequests();
  private final CompactPeers compactPeers;
  private final BlockDownloader downloader;
  private final ChainSyncEviction eviction;
  private final RecentBlock recent;
  private final BlockAnnouncer announcer;
  private final CompactReceiver compactReceiver;
  private final BlockStages stages = new BlockStages(System::nanoTime);

  /** Peers that were not told yet that we like headers better than hashes (BIP-0130). */
  private final Set<Peer> untold = new LinkedHashSet<>();

  /** Who gave blocks that are stored and not connected yet. */
  private final Map<BlockHash, Giver> givers = new HashMap<>();

  BlockExchange(
      Gossip.Subject subject, ShortForm shortForm, Outbox outbox, Clock clock, Random random) {
    this.chain = subject.chain();
    this.intake = subject.intake();
    this.initialDownload = subject.initialDownload();
    this.outbox = outbox;
    this.clock = clock;
    headers = new HeaderSync(chain, outbox, initialDownload, random, this::isFetching);
    compactPeers = new CompactPeers(outbox, shortForm.useful());
    downloader =
        new BlockDownloader(chain, headers, requests, compactPeers, initialDownload, outbox);
    eviction = new ChainSyncEviction(chain, headers, outbox);
    recent = new RecentBlock(random);
    announcer = new BlockAnnouncer(chain, headers, compactPeers, recent, outbox);
    compactReceiver =
        new CompactReceiver(
            new Parts(chain, headers, downloader, requests, compactPeers, initialDownload, outbox),
            shortForm.known(),
            new Delivery());
    chain.addFailureListener(this::failed);
    headers.onNew((peer, block) -> stages.reached(BlockStage.ANNOUNCED, block, peer));
    requests.onAdded((peer, block) -> stages.reached(BlockStage.REQUESTED, block, peer));
    chain.addArrivalListener((block, body) -> stages.reached(BlockStage.CHECKED, block));
    announcer.onSent(block -> stages.reached(BlockStage.RELAYED, block));
  }

  /** Passes new blocks on before they are connected, to the peers that wanted that. */
  void passOnTo(Supplier<Collection<Peer>> peers) {
    chain.addArrivalListener(
        (node, block) -> {
          if (!initialDownload.isRunning() && chain.snapshot().tip() == node.parent()) {
            announcer.arrived(node, block, peers.get());
          }
        });
  }

  /** How far blocks have come. */
  public BlockStages stages() {
    return stages;
  }

  /** Who tells peers of a new tip. */
  BlockAnnouncer announcer() {
    return announcer;
  }

  /** The block that was passed on last. */
  RecentBlock recent() {
    return recent;
  }

  /** Which peers know compact blocks, and who wants them of whom. */
  public CompactPeers compactPeers() {
    return compactPeers;
  }

  /**
   * No better chain is known than the one that we have, and no answer is awaited that could name
   * one.
   */
  public boolean isCaughtUp() {
    ChainSnapshot snapshot = chain.snapshot();
    return headers.isQuiet()
        && snapshot.bestHeader().chainWork().compareTo(snapshot.tip().chainWork()) <= 0;
  }

  /** Our tip is so young that a peer who asks for a block near it may know its transactions. */
  @Override
  public boolean isNearTip(long nowMillis) {
    return downloader.isNearTip(nowMillis);
  }

  /** The header with most work that the peer is known to have. */
  public Optional<HeaderNode> bestKnown(Peer peer) {
    return headers.bestKnown(peer);
  }

  /** Up to which height the peer's chain has been weighed, while that is done. */
  public OptionalInt presyncHeight(Peer peer) {
    return headers.presyncHeight(peer);
  }

  @Override
  public boolean isFetching() {
    return !requests.isEmpty();
  }

  @Override
  public boolean owesUs(Peer peer) {
    return requests.count(peer) > 0;
  }

  @Override
  public boolean isSpared(Peer peer) {
    return eviction.isSpared(peer);
  }

  /** The blocks that this peer was asked for and has not sent yet. */
  public List<HeaderNode> inFlight(Peer peer) {
    return downloader.inFlight(peer);
  }

  /**
   * Asks a peer for a block because the operator wants it.
   *
   * @return why not, in Bitcoin Core's words; empty if it was asked
   */
  public Optional<String> fetch(Peer peer, HeaderNode block) {
    return downloader.request(peer, block, clock.nowMillis());
  }

  /** Forgets who gave what, and what was passed on. */
  void forget() {
    givers.clear();
    announcer.forget();
  }

  void ready(Peer peer, long nowMillis) {
    untold.add(peer);
    compactPeers.ready(peer);
    downloader.ready(peer);
    eviction.ready(peer);
    headers.ready(peer, nowMillis);
  }

  void left(Peer peer, long nowMillis) {
    untold.remove(peer);
    eviction.left(peer);
    downloader.left(peer);
    headers.left(peer, nowMillis);
    compactPeers.left(peer);
    announcer.left(peer);
    givers.values().removeIf(giver -> giver.peer().equals(peer));
    downloader.tick(nowMillis);
  }

  void tick(long nowMillis) {
    headers.tick(nowMillis);
    downloader.tick(nowMillis);
    eviction.tick(nowMillis);
  }

  /** What is due of this peer is done before it gets an answer that says so. */
  public void settle(Peer peer, long nowMillis) {
    eviction.consider(peer, nowMillis);
  }

  void headers(Peer peer, Headers message, long nowMillis) {
    headers.headers(peer, message, nowMillis);
    eviction.heard(peer);
    preferHeaders(peer);
    message.headers().stream()
        .reduce((earlier, later) -> later)
        .flatMap(last -> chain.headers().find(last.hash()))
        .ifPresent(last -> downloader.announced(peer, last, nowMillis));
    downloader.fill(peer, nowMillis);
  }

  /** Only a peer whose chain we know is to announce by headers: before, they would not connect. */
  private void preferHeaders(Peer peer) {
    boolean knowsChain =
        bestKnown(peer)
            .filter(node -> node.chainWork().compareTo(chain.options().minimumChainWork()) > 0)
            .isPresent();
    if (knowsChain && untold.remove(peer)) {
      outbox.send(peer, new SendHeaders());
    }
  }

  /** The peer named these blocks, the best one last. */
  void inventory(Peer peer, List<InvItem> items, long nowMillis) {
    items.stream()
        .filter(item -> item.type().isBlock())
        .reduce((earlier, later) -> later)
        .ifPresent(
            last -> {
              headers.announced(peer, (BlockHash) last.hash(), nowMillis);
              downloader.fill(peer, nowMillis);
            });
  }

  void notFound(Peer peer, List<InvItem> items, long nowMillis) {
    items.stream()
        .filter(item -> item.type().isBlock())
        .forEach(item -> downloader.settled(peer, (BlockHash) item.hash(), nowMillis));
  }

  void compactBlock(Peer peer, CmpctBlock block, long nowMillis) {
    compactReceiver.received(peer, block, nowMillis);
  }

  void blockTransactions(Peer peer, BlockTxn message, long nowMillis) {
    compactReceiver.received(peer, message, nowMillis);
  }

  void block(Peer peer, Block block, long nowMillis) {
    LOG.debug("received block {} {}", block.hash(), peer);
    boolean requested = requests.isAsked(block.hash());
    downloader.came(peer, block.totalSize());
    downloader.settled(peer, block.hash(), nowMillis);
    take(new Giver(peer, false), block, requested, nowMillis);
  }

  private final class Delivery implements CompactReceiver.Delivery {
    @Override
    public void complete(Peer peer, Block block, long nowMillis) {
      take(new Giver(peer, true), block, true, nowMillis);
    }

    @Override
    public void header(Peer peer, BlockHeader header, long nowMillis) {
      headers(peer, new Headers(List.of(header)), nowMillis);
    }
  }

  private void take(Giver giver, Block block, boolean requested, long nowMillis) {
    Peer peer = giver.peer();
    BlockHash hash = block.hash();
    boolean known = chain.hasBlock(hash);
    givers.put(hash, giver);
    chain.headers().find(hash).ifPresent(node -> stages.reached(BlockStage.RECEIVED, node, peer));
    Verdict verdict = accept(block, requested);
    if (verdict instanceof Verdict.Rejected rejected) {
      givers.remove(hash);
      blame(giver, block, rejected);
    } else {
      if (known || !chain.hasBlock(hash)) {
        givers.remove(hash);
      } else {
        peer.gaveBlock(nowMillis);
        downloader.arrived(hash, nowMillis);
      }
      headers.announced(peer, hash, nowMillis);
    }
    downloader.fill(peer, nowMillis);
  }

  private Verdict accept(Block block, boolean requested) {
    if (!requested) {
      return intake.acceptUnrequested(block);
    }
    return initialDownload.isRunning() ? intake.acceptAhead(block) : intake.accept(block);
  }

  private void blame(Giver giver, Block block, Verdict.Rejected rejected) {
    Peer peer = giver.peer();
    if (giver.inShort()) {
      downloader.spoiled(peer, block.hash());
      if (Blame.fallsOnHeader(rejected.reason())) {
        outbox.punish(peer, Blame.text(rejected));
      }
    } else if (Blame.fallsOn(peer, rejected.reason())) {
      downloader.spoiled(peer, block.hash());
      outbox.punish(peer, Blame.text(rejected));
    }
  }

  void chainChanged(ChainEvent event) {
    BlockHash hash = event.node().hash();
    Giver giver = givers.remove(hash);
    if (event instanceof ChainEvent.Connected) {
      stages.reached(BlockStage.CONNECTED, event.node());
      downloader.connected();
      // While others are awaited this one is hardly the newest.
      if (giver != null && !initialDownload.isRunning() && requests.isNoneBut(hash)) {
        compactPeers.gaveTip(giver.peer());
      }
    }
  }

  void tipChanged(ChainSnapshot snapshot, Collection<Peer> peers) {
    announcer.tipChanged(snapshot, initialDownload.isRunning(), peers);
  }

  /** A block broke a rule when its turn came, perhaps long after it was given. */
  private void failed(HeaderNode node, Verdict.Rejected reason) {
    Giver giver = givers.remove(node.hash());
    if (giver != null && (!giver.inShort() || Blame.fallsOnHeader(reason.reason()))) {
      outbox.punish(giver.peer(), "invalid block: " + reason);
    }
  }
}
