package org.farthing.node.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.SendCmpct;
import org.farthing.node.wire.SendHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Headers and blocks, to us and from us: leads what peers say of them through the machines that
 * learn headers, fetch blocks and announce a new tip, and remembers who gave which block.
 */
public final class BlockExchange {
  private static final Logger LOG = LoggerFactory.getLogger(BlockExchange.class);

  private final ChainState chain;
  private final BlockIntake intake;
  private final Outbox outbox;
  private final Clock clock;
  private final HeaderSync headers;
  private final BlockDownloader downloader;
  private final ChainSyncEviction eviction;
  private final BlockAnnouncer announcer;

  /** Who gave blocks that are stored and not connected yet. */
  private final Map<BlockHash, Peer> givers = new HashMap<>();

  public BlockExchange(Gossip.Subject subject, Outbox outbox, Clock clock, Random random) {
    this.chain = subject.chain();
    this.intake = subject.intake();
    this.clock = clock;
    this.outbox = outbox;
    InitialDownload initialDownload = subject.initialDownload();
    headers = new HeaderSync(chain, outbox, initialDownload, random, this::isFetching);
    downloader = new BlockDownloader(chain, headers, outbox, initialDownload);
    eviction = new ChainSyncEviction(chain, headers, outbox);
    announcer = new BlockAnnouncer(headers, outbox);
    chain.addFailureListener(this::failed);
  }

  /** Who tells peers of a new tip. */
  public BlockAnnouncer announcer() {
    return announcer;
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

  /** The header with most work that the peer is known to have. */
  public Optional<HeaderNode> bestKnown(Peer peer) {
    return headers.bestKnown(peer);
  }

  /** Up to which height the peer's chain has been weighed, while that is done. */
  public OptionalInt presyncHeight(Peer peer) {
    return headers.presyncHeight(peer);
  }

  private boolean isFetching() {
    return downloader.isFetching();
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

  /** Forgets who gave what. */
  public void forget() {
    givers.clear();
  }

  public void ready(Peer peer, long nowMillis) {
    outbox.send(peer, new SendHeaders());
    downloader.ready(peer);
    eviction.ready(peer);
    headers.ready(peer, nowMillis);
  }

  public void left(Peer peer, long nowMillis) {
    eviction.left(peer);
    downloader.left(peer);
    headers.left(peer, nowMillis);
    announcer.left(peer);
    givers.values().removeIf(peer::equals);
    downloader.tick(nowMillis);
  }

  public void tick(long nowMillis) {
    headers.tick(nowMillis);
    downloader.tick(nowMillis);
    eviction.tick(nowMillis);
  }

  /** What is due of this peer is done before it gets an answer that says so. */
  public void settle(Peer peer, long nowMillis) {
    eviction.consider(peer, nowMillis);
  }

  public void compactBlocks(Peer peer, SendCmpct message) {
    if (message.announce() > 1) {
      outbox.punish(peer, "invalid sendcmpct announce field");
    } else if (message.version() == SendCmpct.WITH_WITNESSES) {
      peer.wantCompactBlocks(message.announce() == 1);
    }
  }

  public void headers(Peer peer, Headers message, long nowMillis) {
    headers.headers(peer, message, nowMillis);
    eviction.heard(peer);
    message.headers().stream()
        .reduce((earlier, later) -> later)
        .flatMap(last -> chain.headers().find(last.hash()))
        .ifPresent(last -> downloader.announced(peer, last, nowMillis));
    downloader.fill(peer, nowMillis);
  }

  /** The peer named these blocks, the best one last. */
  public void inventory(Peer peer, List<InvItem> items, long nowMillis) {
    items.stream()
        .filter(item -> item.type().isBlock())
        .reduce((earlier, later) -> later)
        .ifPresent(
            last -> {
              headers.announced(peer, (BlockHash) last.hash(), nowMillis);
              downloader.fill(peer, nowMillis);
            });
  }

  public void notFound(Peer peer, List<InvItem> items, long nowMillis) {
    items.stream()
        .filter(item -> item.type().isBlock())
        .forEach(item -> downloader.notFound(peer, (BlockHash) item.hash(), nowMillis));
  }

  public void block(Peer peer, Block block, long nowMillis) {
    LOG.debug("received block {} {}", block.hash(), peer);
    boolean requested = downloader.received(block.hash(), nowMillis);
    boolean known = chain.hasBlock(block.hash());
    givers.put(block.hash(), peer);
    Verdict verdict = requested ? intake.accept(block) : intake.acceptUnrequested(block);
    if (verdict instanceof Verdict.Rejected rejected) {
      givers.remove(block.hash());
      if (Blame.fallsOn(peer, rejected.reason())) {
        downloader.spoiled(peer, block.hash());
        outbox.punish(peer, Blame.text(rejected));
      }
    } else {
      if (known || !chain.hasBlock(block.hash())) {
        givers.remove(block.hash());
      } else {
        peer.gaveBlock(nowMillis);
      }
      headers.announced(peer, block.hash(), nowMillis);
    }
    downloader.fill(peer, nowMillis);
  }

  public void chainChanged(ChainEvent event) {
    givers.remove(event.node().hash());
    if (event instanceof ChainEvent.Connected) {
      downloader.connected();
    }
  }

  public void tipChanged(ChainSnapshot snapshot, Collection<Peer> peers) {
    announcer.tipChanged(snapshot, peers);
  }

  /** A block broke a rule when its turn came, perhaps long after it was given. */
  private void failed(HeaderNode node, Verdict.Rejected reason) {
    Peer giver = givers.remove(node.hash());
    if (giver != null) {
      outbox.punish(giver, "invalid block: " + reason);
    }
  }
}
