package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the bodies of the headers that we know, from several peers at a time.
 *
 * <ul>
 *   <li>Only blocks of a branch with at least our work, and the minimum, are asked for, of peers
 *       that have it, lowest first, some at a time of one peer ({@link BlocksInFlight}), each block
 *       of one peer only.
 *   <li>The window moves with what is here: at most {@value #WINDOW} blocks ahead of the last one
 *       up to which nothing of the peer's branch is missing, so that one slow peer cannot make us
 *       hoard. So a branch may be of any length, and better than ours only at its end. Where it
 *       holds the window back for longer than the stall time, so that another peer has nothing to
 *       do, it is dropped and others are asked; the stall time doubles each time and shrinks with
 *       each block that is connected, so that a slow link does not lose all its peers.
 *   <li>Near the tip a branch that a peer announces is asked of it at once ({@link DirectFetch}).
 *   <li>A peer that owes a block for longer than the intended time between two, and half of it more
 *       for each other peer that owes us some, is dropped. Where blocks come quicker than in
 *       {@value #LEAST_TIMEOUT_MILLIS} ms that is the time: a slow link has to carry them too. So
 *       is a peer that has given nothing for that long since it was late with a block that others
 *       gave us.
 *   <li>A new block that is late is asked of one more peer ({@link LateBlocks}).
 *   <li>While we catch up, a peer that called us is asked only where there is none that we chose,
 *       or where nothing is awaited from anybody.
 *   <li>A peer that has the last blocks only (BIP-0159) is asked for no others.
 *   <li>A peer that keeps no witnesses (BIP-0144) is asked for none of the blocks that may have
 *       some: without them they could not be checked.
 * </ul>
 */
public final class BlockDownloader {
  private static final Logger LOG = LoggerFactory.getLogger(BlockDownloader.class);

  static final int WINDOW = 1024;

  static final long LEAST_TIMEOUT_MILLIS = 60_000;
  static final long MIN_STALL_MILLIS = 2_000;
  static final long MAX_STALL_MILLIS = 64_000;

  private final ChainState chain;
  private final HeaderSync headers;
  private final Outbox outbox;
  private final InitialDownload initialDownload;
  private final Map<Peer, Download> downloads = new LinkedHashMap<>();
  private final BlockRequests requests;
  private final DirectFetch directFetch;
  private final LateBlocks lateBlocks;
  private long stallMillis = MIN_STALL_MILLIS;

  BlockDownloader(
      ChainState chain,
      HeaderSync headers,
      BlockRequests requests,
      CompactPeers compactPeers,
      InitialDownload initialDownload,
      Outbox outbox) {
    this.chain = chain;
    this.headers = headers;
    this.requests = requests;
    this.outbox = outbox;
    this.initialDownload = initialDownload;
    this.directFetch = new DirectFetch(chain, requests, compactPeers);
    this.lateBlocks = new LateBlocks(chain, headers, requests);
  }

  /**
   * The handshake with this peer is over; one that serves no blocks is asked for none by itself.
   */
  public void ready(Peer peer) {
    downloads.put(peer, new Download(peer.version().orElseThrow().services()));
  }

  public void left(Peer peer) {
    downloads.remove(peer);
    requests.left(peer);
  }

  /** The peer sent a block, of so many bytes. */
  void came(Peer peer, int bytes) {
    Download download = downloads.get(peer);
    if (download != null) {
      download.inFlight.came(bytes);
    }
  }

  /** The block is not awaited from this peer any more: it came, or it will not. */
  void settled(Peer peer, BlockHash hash, long nowMillis) {
    Download download = downloads.get(peer);
    if (download != null) {
      download.unanswered = null;
    }
    release(peer, hash, nowMillis);
  }

  private void release(Peer peer, BlockHash hash, long nowMillis) {
    boolean isOldest = requests.isOldest(peer, hash);
    if (requests.remove(peer, hash)) {
      Download download = downloads.get(peer);
      download.stallingSinceMillis = -1;
      if (isOldest) {
        download.waitingSinceMillis = nowMillis;
      }
    }
  }

  /** The block is not awaited from anybody any more: it is here. */
  void arrived(BlockHash hash, long nowMillis) {
    for (Peer peer : List.copyOf(requests.askedFor(hash))) {
      Download download = downloads.get(peer);
      if (lateBlocks.isLate(peer, hash, download.waitingSinceMillis, nowMillis)) {
        download.letUsDown(hash);
      }
      release(peer, hash, nowMillis);
    }
  }

  /** The block is awaited from this peer from now on. */
  BlockRequests.Request await(Peer peer, HeaderNode block, long nowMillis) {
    if (requests.count(peer) == 0) {
      downloads.get(peer).waitingSinceMillis = nowMillis;
    }
    return requests.add(peer, block);
  }

  /** Asks for a block that is awaited from this peer: it is to come whole. */
  void askWhole(Peer peer, BlockHash hash) {
    outbox.send(peer, new GetData(List.of(new InvItem(downloads.get(peer).blockType(), hash))));
  }

  /** The chain has grown: what held it back came in time. */
  public void connected() {
    if (stallMillis > MIN_STALL_MILLIS) {
      stallMillis = Math.max(MIN_STALL_MILLIS, stallMillis * 85 / 100 / 1000 * 1000);
      LOG.debug("Decreased stalling timeout to {} seconds", stallMillis / 1000);
    }
  }

  /**
   * The peer sent something else under the name of a block. A peer that is kept all the same would
   * do so for ever: others are asked, until it announces a chain again.
   */
  public void spoiled(Peer peer, BlockHash hash) {
    Download download = downloads.get(peer);
    if (download != null) {
      download.spoiled.add(hash);
    }
  }

  /** The blocks that this peer was asked for and has not sent yet. */
  public List<HeaderNode> inFlight(Peer peer) {
    return requests.of(peer);
  }

  /** Asks for what should be asked for now, and drops who is too slow. */
  public void tick(long nowMillis) {
    for (Peer peer : List.copyOf(downloads.keySet())) {
      if (!dropIfTooSlow(peer, nowMillis)) {
        fill(peer, nowMillis);
      }
    }
    if (!requests.isEmpty() && !initialDownload.isRunning() && isNearTip(nowMillis)) {
      requests.blocks().forEach(block -> hurry(block, nowMillis));
    }
  }

  /** Asks one more peer for the block if it is late. */
  private void hurry(HeaderNode block, long nowMillis) {
    Optional<Peer> helper = lateBlocks.helper(block, downloads, nowMillis);
    if (helper.isPresent()) {
      Peer peer = helper.get();
      InvType type =
          directFetch.isShortFormOfUse(peer, block)
              ? InvType.COMPACT_BLOCK
              : downloads.get(peer).blockType();
      ask(peer, type, List.of(block), nowMillis);
      requests.prefer(peer, block.hash());
    }
  }

  /** Asks this peer for more if it has time for more. */
  public void fill(Peer peer, long nowMillis) {
    if (mayHelp(peer)) {
      HeaderNode tip = chain.snapshot().tip();
      headers
          .bestKnown(peer)
          .filter(best -> best != tip)
          .ifPresent(best -> fetch(peer, best, nowMillis));
    }
  }

  /** Who called us did not offer to carry us through the whole chain. */
  private boolean mayHelp(Peer peer) {
    return !initialDownload.isRunning()
        || HeaderSync.isPreferred(peer)
        || requests.isEmpty()
        || downloads.keySet().stream().noneMatch(HeaderSync::isPreferred);
  }

  /**
   * The peer told us of a branch just now: it is wanted even where the peer told us before of
   * another one with the same work, and even where it sent something else under the name of one of
   * its blocks.
   */
  public void announced(Peer peer, HeaderNode best, long nowMillis) {
    Download download = downloads.get(peer);
    if (download == null) {
      return;
    }
    download.spoiled.clear();
    if (!isNearTip(nowMillis)) {
      fetch(peer, best, nowMillis);
    } else if (peer.isReady() && isWanted(best)) {
      DirectFetch.Choice choice = directFetch.choose(peer, best, download);
      if (!choice.blocks().isEmpty()) {
        InvType type = choice.inShort() ? InvType.COMPACT_BLOCK : download.blockType();
        ask(peer, type, choice.blocks(), nowMillis);
      }
    }
  }

  /** Our tip is so young that blocks are best fetched as soon as they are announced. */
  boolean isNearTip(long nowMillis) {
    return directFetch.isNearTip(nowMillis);
  }

  /** The branch has at least our work, and the minimum. */
  private boolean isWanted(HeaderNode best) {
    return best.chainWork().compareTo(chain.snapshot().tip().chainWork()) >= 0
        && best.chainWork().compareTo(chain.options().minimumChainWork()) >= 0;
  }

  /** Asks this peer, if it has time, for what is missing of a branch that it has. */
  private void fetch(Peer peer, HeaderNode best, long nowMillis) {
    Download download = downloads.get(peer);
    if (download == null
        || !download.servesBlocks
        || !peer.isReady()
        || requests.count(peer) > download.inFlight.most() / 2) {
      return;
    }
    if (!isWanted(best)) {
      return;
    }
    List<HeaderNode> wanted = choose(peer, best, chain.snapshot().tip(), nowMillis);
    if (!wanted.isEmpty()) {
      ask(peer, download.blockType(), wanted, nowMillis);
    }
  }

  private void ask(Peer peer, InvType type, List<HeaderNode> wanted, long nowMillis) {
    List<InvItem> items = new ArrayList<>();
    for (HeaderNode node : wanted) {
      LOG.debug("Requesting block {} from {}", node.hash(), peer);
      await(peer, node, nowMillis);
      items.add(new InvItem(type, node.hash()));
    }
    outbox.send(peer, new GetData(items));
  }

  /**
   * Asks this peer for one block because the operator wants it, whoever was asked for it before.
   *
   * @return why not, in Bitcoin Core's words; empty if it was asked
   */
  public Optional<String> request(Peer peer, HeaderNode node, long nowMillis) {
    long services = peer.version().map(Version::services).orElse(Services.NONE);
    if (!Services.has(services, Services.WITNESS)) {
      return Optional.of("Pre-SegWit peer");
    }
    Download download = downloads.get(peer);
    if (download == null) {
      return Optional.of("Peer not fully connected");
    }
    List.copyOf(requests.askedFor(node.hash()))
        .forEach(other -> release(other, node.hash(), nowMillis));
    ask(peer, download.blockType(), List.of(node), nowMillis);
    return Optional.empty();
  }

  private List<HeaderNode> choose(Peer peer, HeaderNode best, HeaderNode tip, long nowMillis) {
    Download download = downloads.get(peer);
    int count = download.inFlight.most() - requests.count(peer);
    HeaderNode start = advance(download, best, tip);
    List<HeaderNode> wanted = new ArrayList<>();
    Peer holdingBack = null;
    BranchWalk window = new BranchWalk(best, start, WINDOW);
    while (window.hasNext()) {
      HeaderNode node = window.next();
      BlockStatus status = chain.headers().status(node);
      if (status.isFailed() || download.lacksWitnesses(node, chain.params())) {
        return wanted;
      }
      if (status.isStored()) {
        continue;
      }
      Optional<Peer> owner = requests.first(node.hash());
      if (owner.isPresent()) {
        holdingBack = holdingBack == null ? owner.get() : holdingBack;
      } else if (download.offers(node, best) && !download.spoiled.contains(node.hash())) {
        wanted.add(node);
        if (wanted.size() == count) {
          return wanted;
        }
      }
    }
    boolean windowIsFull = best.height() > start.height() + WINDOW;
    boolean idle = wanted.isEmpty() && requests.count(peer) == 0;
    if (idle && windowIsFull && holdingBack != null && holdingBack != peer) {
      stalls(holdingBack, nowMillis);
    }
    return wanted;
  }

  private void stalls(Peer peer, long nowMillis) {
    Download slow = downloads.get(peer);
    if (slow.stallingSinceMillis < 0) {
      slow.stallingSinceMillis = nowMillis;
      LOG.debug("Stall started {}", peer);
    }
  }

  /** The last block of the branch up to which none is missing: where the window begins. */
  private HeaderNode advance(Download download, HeaderNode best, HeaderNode tip) {
    HeaderNode complete = best.forkWith(tip);
    if (download.complete != null) {
      HeaderNode before = best.forkWith(download.complete);
      complete = before.height() > complete.height() ? before : complete;
    }
    BranchWalk window = new BranchWalk(best, complete, WINDOW);
    while (window.hasNext()) {
      HeaderNode node = window.next();
      if (!chain.headers().status(node).isStored()) {
        break;
      }
      complete = node;
    }
    download.complete = complete;
    return complete;
  }

  private boolean dropIfTooSlow(Peer peer, long nowMillis) {
    Download download = downloads.get(peer);
    if (download == null) {
      return false;
    }
    if (download.unanswered != null
        && nowMillis - download.unansweredSinceMillis > leastTimeoutMillis()) {
      timeOut(peer, download.unanswered);
      return true;
    }
    if (requests.count(peer) == 0) {
      return false;
    }
    if (download.stallingSinceMillis >= 0
        && nowMillis - download.stallingSinceMillis > stallMillis) {
      LOG.info("Peer is stalling block download, disconnecting {}", peer);
      outbox.disconnect(peer, "Peer is stalling block download");
      increaseStallTime();
      return true;
    }
    if (nowMillis - download.waitingSinceMillis > timeoutMillis()) {
      timeOut(peer, requests.of(peer).get(0).hash());
      return true;
    }
    return false;
  }

  private void timeOut(Peer peer, BlockHash block) {
    LOG.info("Timeout downloading block {}, disconnecting {}", block, peer);
    outbox.disconnect(peer, "Timeout downloading block " + block);
  }

  /** The next one gets longer: perhaps it is our own line that is too slow. */
  private void increaseStallTime() {
    long longer = Math.min(MAX_STALL_MILLIS, stallMillis * 2);
    if (longer != stallMillis) {
      stallMillis = longer;
      LOG.debug("Increased stalling timeout temporarily to {} seconds", stallMillis / 1000);
    }
  }

  /** The others that we fetch from share our line with this one. */
  private long timeoutMillis() {
    long others = requests.peers() - 1L;
    return leastTimeoutMillis() * (2 + others) / 2;
  }

  private long leastTimeoutMillis() {
    long spacingMillis = chain.params().difficulty().spacingSeconds() * 1000L;
    return Math.max(LEAST_TIMEOUT_MILLIS, spacingMillis);
  }
}
