package org.farthing.node.sync;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.BlockTxn;
import org.farthing.node.wire.CmpctBlock;
import org.farthing.node.wire.GetBlockTxn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes blocks in short form (BIP-0152), from peers that were asked for them or may send new ones
 * unasked.
 *
 * <ul>
 *   <li>Only a block that stands at most {@value #MAX_AHEAD} above our tip, and would be a better
 *       one, is put together; others are asked for as a whole, or treated as a header.
 *   <li>Whoever is the first to be asked for a block is asked for its missing transactions too. Up
 *       to two others are asked beside it, if we want new blocks of them at once; the last of these
 *       places is kept for a peer that we called, unless one of those is among them already.
 *   <li>Where this fails by chance, the whole block is asked of the first; others are left out.
 *   <li>Peers may pass on such a block before they have checked it: nobody is blamed for what is
 *       wrong with it beyond its header.
 * </ul>
 */
final class CompactReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(CompactReceiver.class);

  static final int MAX_AHEAD = 2;

  /** Where a finished block goes, and a header that is to be treated as one. */
  interface Delivery {
    void complete(Peer peer, Block block, long nowMillis);

    void header(Peer peer, BlockHeader header, long nowMillis);
  }

  private final ChainState chain;
  private final HeaderSync headers;
  private final BlockDownloader downloader;
  private final BlockRequests requests;
  private final CompactPeers peers;
  private final Supply known;
  private final InitialDownload initialDownload;
  private final Outbox outbox;
  private final Delivery delivery;

  /** The transactions that a block may be put together from. */
  interface Supply {
    Iterable<Transaction> mempool();

    Iterable<Transaction> extra();
  }

  CompactReceiver(BlockExchange.Parts parts, Supply known, Delivery delivery) {
    this.chain = parts.chain();
    this.headers = parts.headers();
    this.downloader = parts.downloader();
    this.requests = parts.requests();
    this.peers = parts.compactPeers();
    this.initialDownload = parts.initialDownload();
    this.outbox = parts.outbox();
    this.known = known;
    this.delivery = delivery;
  }

  /** The peer sent a block in short form. */
  void received(Peer peer, CmpctBlock block, long nowMillis) {
    if (!peers.areUseful()) {
      LOG.debug("{} sent us a compact block even though we are blocksonly!", peer);
    } else if (!peers.understands(peer)) {
      LOG.debug("{} sent us a compact block despite never having sent us a SENDCMPCT!", peer);
    } else {
      header(peer, block.header(), nowMillis).ifPresent(node -> use(peer, block, node, nowMillis));
    }
  }

  /** Takes the header; empty where that does not help, or is refused. */
  private Optional<HeaderNode> header(Peer peer, BlockHeader header, long nowMillis) {
    Optional<HeaderNode> parent = chain.headers().find(header.previous());
    if (parent.isEmpty()) {
      if (!initialDownload.isRunning()) {
        headers.announced(peer, header.hash(), nowMillis);
      }
      return Optional.empty();
    }
    if (parent
            .get()
            .chainWork()
            .add(ProofOfWork.work(header.bits()))
            .compareTo(chain.headerWorkThreshold())
        < 0) {
      LOG.debug("Ignoring low-work compact block from peer {}", peer.id());
      return Optional.empty();
    }
    boolean isNew = chain.headers().find(header.hash()).isEmpty();
    Verdict verdict = chain.acceptHeader(header, Math.floorDiv(nowMillis, 1000L));
    if (verdict instanceof Verdict.Rejected rejected) {
      LOG.debug("{}: invalid header via cmpctblock: {}", peer, rejected);
      if (Blame.fallsOnHeader(rejected.reason())) {
        outbox.punish(peer, "invalid header via cmpctblock");
      }
      return Optional.empty();
    }
    HeaderNode node = chain.headers().find(header.hash()).orElseThrow();
    if (isNew) {
      LOG.debug("Saw new cmpctblock header hash={} height={} {}", node.hash(), node.height(), peer);
    }
    headers.announced(peer, node.hash(), nowMillis);
    return Optional.of(node);
  }

  private void use(Peer peer, CmpctBlock block, HeaderNode node, long nowMillis) {
    BlockHash hash = node.hash();
    boolean requested = requests.get(peer, hash).isPresent();
    if (chain.hasBlock(hash)) {
      downloader.settled(peer, hash, nowMillis);
      return;
    }
    if (!requested && !peers.isChosen(peer)) {
      LOG.debug("{}, not marked as high-bandwidth, sent us an unsolicited compact block!", peer);
      return;
    }
    HeaderNode tip = chain.snapshot().tip();
    BlockStatus status = chain.snapshot().chain().status(node);
    if (node.chainWork().compareTo(tip.chainWork()) <= 0 || status.wasStored()) {
      askWholeIf(requested, peer, hash);
      return;
    }
    if (!requests.isAsked(hash) && !downloader.isNearTip(nowMillis)) {
      return;
    }
    if (node.height() > tip.height() + MAX_AHEAD) {
      askWholeIf(requested, peer, hash);
      if (!requested) {
        delivery.header(peer, block.header(), nowMillis);
      }
      return;
    }
    boolean hasRoom =
        requests.askedFor(hash).size() < BlockRequests.MAX_PER_BLOCK
            && requests.count(peer) < BlocksInFlight.LEAST;
    if (requested || hasRoom) {
      begin(peer, block, node, nowMillis);
    } else {
      tryAtOnce(peer, block, node, nowMillis);
    }
  }

  /** What we know will be of little use for this block. */
  private void askWholeIf(boolean requested, Peer peer, BlockHash hash) {
    if (requested) {
      downloader.askWhole(peer, hash);
    }
  }

  private PartialBlock.Outcome begin(PartialBlock partial, CmpctBlock block) {
    LOG.debug(
        "Initializing PartiallyDownloadedBlock for block {} using a cmpctblock of {} bytes",
        block.header().hash(),
        block.sizeHint());
    return partial.begin(block, known.mempool(), known.extra());
  }

  private void begin(Peer peer, CmpctBlock block, HeaderNode node, long nowMillis) {
    BlockHash hash = node.hash();
    Set<Peer> before = Set.copyOf(requests.askedFor(hash));
    boolean mayAskForMore = isFirst(peer, hash) || mayAskBeside(peer, before);
    BlockRequests.Request request = downloader.await(peer, node, nowMillis);
    if (request.partial().isPresent()) {
      LOG.debug("Peer sent us compact block we were already syncing!");
      return;
    }
    PartialBlock partial = PartialBlock.of(block);
    request.has(partial);
    PartialBlock.Outcome outcome = begin(partial, block);
    if (outcome instanceof PartialBlock.Outcome.Invalid) {
      downloader.settled(peer, hash, nowMillis);
      outbox.punish(peer, "invalid compact block");
    } else if (outcome instanceof PartialBlock.Outcome.Begun begun) {
      if (begun.indexes().isEmpty()) {
        finish(peer, request, List.of(), nowMillis);
      } else if (mayAskForMore) {
        outbox.send(peer, new GetBlockTxn(hash, begun.indexes()));
      } else {
        downloader.settled(peer, hash, nowMillis);
      }
    } else if (isFirst(peer, hash)) {
      downloader.askWhole(peer, hash);
    } else {
      downloader.settled(peer, hash, nowMillis);
    }
  }

  /** The peer is the one of whom the block is expected, or nobody is asked yet. */
  private boolean isFirst(Peer peer, BlockHash hash) {
    return requests.first(hash).map(peer::equals).orElse(true);
  }

  private boolean mayAskBeside(Peer peer, Set<Peer> others) {
    return peers.isChosen(peer)
        && (!peer.isInbound()
            || others.stream().anyMatch(other -> !other.isInbound())
            || others.size() < BlockRequests.MAX_PER_BLOCK - 1);
  }

  /** The block is awaited from others; perhaps nothing of it is missing. */
  private void tryAtOnce(Peer peer, CmpctBlock block, HeaderNode node, long nowMillis) {
    PartialBlock partial = PartialBlock.of(block);
    if (begin(partial, block) instanceof PartialBlock.Outcome.Begun
        && partial.finish(List.of(), needsWitnesses(node))
            instanceof PartialBlock.Outcome.Complete complete) {
      delivery.complete(peer, complete.block(), nowMillis);
    }
  }

  private boolean needsWitnesses(HeaderNode node) {
    return chain.params().isActive(Deployment.SEGWIT, node.height());
  }

  /** The peer sent the missing transactions of a block. */
  void received(Peer peer, BlockTxn message, long nowMillis) {
    BlockHash hash = message.block();
    Optional<BlockRequests.Request> request =
        requests.get(peer, hash).filter(each -> each.partial().isPresent());
    if (request.isEmpty()) {
      LOG.debug("Peer {} sent us block transactions for block we weren't expecting", peer.id());
    } else if (request.get().partial().orElseThrow().isOver()) {
      downloader.settled(peer, hash, nowMillis);
      outbox.punish(peer, "previous compact block reconstruction attempt failed");
      LOG.debug("Peer {} sent compact block transactions multiple times", peer.id());
    } else {
      finish(peer, request.get(), message.transactions(), nowMillis);
    }
  }

  private void finish(
      Peer peer, BlockRequests.Request request, List<Transaction> rest, long nowMillis) {
    BlockHash hash = request.block().hash();
    PartialBlock partial = request.partial().orElseThrow();
    PartialBlock.Outcome outcome = partial.finish(rest, needsWitnesses(request.block()));
    if (outcome instanceof PartialBlock.Outcome.Complete complete) {
      downloader.settled(peer, hash, nowMillis);
      delivery.complete(peer, complete.block(), nowMillis);
    } else if (outcome instanceof PartialBlock.Outcome.Invalid) {
      downloader.settled(peer, hash, nowMillis);
      outbox.punish(peer, "invalid compact block/non-matching block transactions");
    } else if (isFirst(peer, hash)) {
      // The failed attempt stays, so that the peer cannot make us begin it again and again.
      downloader.askWhole(peer, hash);
    } else {
      downloader.settled(peer, hash, nowMillis);
      LOG.debug(
          "Peer {} sent us a compact block but it failed to reconstruct, waiting on first download"
              + " to complete",
          peer.id());
    }
  }
}
