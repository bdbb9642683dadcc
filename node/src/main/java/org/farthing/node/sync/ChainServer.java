package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Pruner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.GetBlocks;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.NotFound;
import org.farthing.node.wire.TxMessage;

/**
 * Answers peers' questions for headers, blocks and transactions, each in turn and no faster than
 * the peer reads.
 */
public final class ChainServer {
  /** Hashes in one answer to {@code getblocks}. */
  static final int MAX_BLOCK_HASHES = 500;

  /** Items that one peer may have waiting; who asks for more without reading is cut off. */
  static final int MAX_WAITING = 2 * InvItem.MAX_ITEMS;

  /** Blocks that a new tip may have pushed too deep while the question was on its way. */
  private static final int DEPTH_TOLERANCE = 2;

  private final ChainState chain;
  private final Mempool mempool;
  private final BlockAnnouncer announcer;
  private final Outbox outbox;
  private final boolean lastBlocksOnly;
  private final Map<Peer, Deque<InvItem>> waiting = new LinkedHashMap<>();

  /** The last block of a list of hashes that was cut short: whoever fetches it is told of more. */
  private final Map<Peer, BlockHash> cutShort = new HashMap<>();

  /**
   * @param lastBlocksOnly we offer no more than the last blocks (BIP-0159)
   */
  public ChainServer(
      ChainState chain,
      Mempool mempool,
      BlockAnnouncer announcer,
      Outbox outbox,
      boolean lastBlocksOnly) {
    this.chain = chain;
    this.mempool = mempool;
    this.announcer = announcer;
    this.outbox = outbox;
    this.lastBlocksOnly = lastBlocksOnly;
  }

  public void left(Peer peer) {
    waiting.remove(peer);
    cutShort.remove(peer);
  }

  public void getHeaders(Peer peer, GetHeaders request) {
    ChainSnapshot snapshot = chain.snapshot();
    if (snapshot.tip().chainWork().compareTo(chain.options().minimumChainWork()) < 0) {
      // What we have may be an attempt to mislead us; an answer keeps the peer from waiting.
      outbox.send(peer, new Headers(List.of()));
      return;
    }
    List<BlockHeader> headers = new ArrayList<>();
    HeaderNode last;
    if (request.locator().isEmpty()) {
      Optional<HeaderNode> wanted = chain.headers().find(request.stop());
      if (wanted.isEmpty() || !snapshot.isActive(wanted.get())) {
        return;
      }
      last = wanted.get();
      headers.add(last.header());
    } else {
      last = fork(snapshot, request.locator());
      for (HeaderNode node : after(snapshot, last, request.stop(), Headers.MAX_HEADERS)) {
        last = node;
        headers.add(node.header());
      }
    }
    announcer.told(peer, last);
    outbox.send(peer, new Headers(headers));
  }

  /**
   * Names the blocks after the fork, without {@code stop} itself. Where that are too many for one
   * answer the peer hears of our tip as soon as it fetches the last of them, so that it asks again.
   */
  public void getBlocks(Peer peer, GetBlocks request) {
    ChainSnapshot snapshot = chain.snapshot();
    HeaderNode fork = fork(snapshot, request.locator());
    List<InvItem> items = new ArrayList<>();
    for (HeaderNode node : after(snapshot, fork, request.stop(), MAX_BLOCK_HASHES)) {
      if (!node.hash().equals(request.stop())) {
        items.add(new InvItem(InvType.BLOCK, node.hash()));
      }
    }
    if (items.size() == MAX_BLOCK_HASHES) {
      cutShort.put(peer, (BlockHash) items.get(items.size() - 1).hash());
    }
    if (!items.isEmpty()) {
      outbox.send(peer, new Inv(items));
    }
  }

  private HeaderNode fork(ChainSnapshot snapshot, List<BlockHash> locator) {
    for (BlockHash hash : locator) {
      Optional<HeaderNode> node = chain.headers().find(hash);
      if (node.isPresent()) {
        return node.get().forkWith(snapshot.tip());
      }
    }
    return snapshot.tip().ancestor(0);
  }

  /** The active chain after {@code from}, up to and with {@code stop}. */
  private static List<HeaderNode> after(
      ChainSnapshot snapshot, HeaderNode from, BlockHash stop, int limit) {
    int lastHeight = Math.min(snapshot.height(), from.height() + limit);
    Deque<HeaderNode> nodes = new ArrayDeque<>();
    HeaderNode node = snapshot.tip().ancestor(lastHeight);
    while (node.height() > from.height()) {
      if (node.hash().equals(stop)) {
        nodes.clear();
      }
      nodes.push(node);
      node = node.parent();
    }
    return List.copyOf(nodes);
  }

  public void getData(Peer peer, List<InvItem> items) {
    Deque<InvItem> queue = waiting.computeIfAbsent(peer, key -> new ArrayDeque<>());
    if (queue.size() + items.size() > MAX_WAITING) {
      outbox.disconnect(peer, "too many requests waiting");
      return;
    }
    queue.addAll(items);
    serve(peer);
  }

  /** Goes on with what waits for this peer, as far as its connection takes it. */
  public void serve(Peer peer) {
    Deque<InvItem> queue = waiting.get(peer);
    if (queue == null) {
      return;
    }
    List<InvItem> missing = new ArrayList<>();
    while (!queue.isEmpty() && peer.isReady() && peer.connection().writable()) {
      InvItem item = queue.poll();
      if (!answer(peer, item)) {
        missing.add(item);
      }
    }
    if (!missing.isEmpty()) {
      outbox.send(peer, new NotFound(missing));
    }
  }

  private boolean answer(Peer peer, InvItem item) {
    return switch (item.type()) {
      case WTX -> sendTransaction(peer, mempool.get((Wtxid) item.hash()), true);
      case WITNESS_TX -> sendTransaction(peer, mempool.get((Txid) item.hash()), true);
      case TX -> sendTransaction(peer, mempool.get((Txid) item.hash()), false);
      case BLOCK -> sendBlock(peer, (BlockHash) item.hash(), false);
      case WITNESS_BLOCK, COMPACT_BLOCK -> sendBlock(peer, (BlockHash) item.hash(), true);
      case FILTERED_BLOCK -> false;
    };
  }

  private boolean sendTransaction(Peer peer, Optional<MempoolEntry> entry, boolean withWitness) {
    entry
        .map(MempoolEntry::transaction)
        .map(transaction -> withWitness ? transaction : transaction.withoutWitness())
        .ifPresent(transaction -> outbox.send(peer, new TxMessage(transaction)));
    return entry.isPresent();
  }

  /** True for old blocks, whether we have them or not: what is pruned is nobody's business. */
  private boolean isTooDeep(BlockHash hash) {
    int height = chain.snapshot().height();
    return chain
        .headers()
        .find(hash)
        .filter(node -> height - node.height() > Pruner.KEPT_BLOCKS + DEPTH_TOLERANCE)
        .isPresent();
  }

  private boolean sendBlock(Peer peer, BlockHash hash, boolean withWitness) {
    if (chain.isInvalid(hash)) {
      return false;
    }
    if (lastBlocksOnly && isTooDeep(hash)) {
      outbox.disconnect(peer, "asks for a block below the last ones, which are all that we offer");
      return true;
    }
    Optional<Block> block = chain.snapshot().chain().block(hash);
    block
        .map(
            found ->
                withWitness
                    ? found
                    : new Block(
                        found.header(),
                        found.transactions().stream().map(Transaction::withoutWitness).toList()))
        .ifPresent(found -> outbox.send(peer, new BlockMessage(found)));
    if (block.isPresent() && cutShort.remove(peer, hash)) {
      BlockHash tip = chain.snapshot().tip().hash();
      outbox.send(peer, new Inv(List.of(new InvItem(InvType.BLOCK, tip))));
    }
    return block.isPresent();
  }
}
