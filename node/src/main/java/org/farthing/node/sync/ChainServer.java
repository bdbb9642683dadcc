package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.GetBlockTxn;
import org.farthing.node.wire.GetBlocks;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.NotFound;

/**
 * Answers peers' questions for headers, blocks and transactions, each in turn and no faster than
 * the peer reads.
 */
public final class ChainServer {
  /** Hashes in one answer to {@code getblocks}. */
  static final int MAX_BLOCK_HASHES = 500;

  /** Items that one peer may have waiting; who asks for more without reading is cut off. */
  static final int MAX_WAITING = 2 * InvItem.MAX_ITEMS;

  /** Items that all peers together may have waiting. */
  static final int MAX_WAITING_OF_ALL = 4 * InvItem.MAX_ITEMS;

  /** What waits for its turn. */
  private sealed interface Question {
    record Item(InvItem item) implements Question {}

    record Transactions(GetBlockTxn request) implements Question {}
  }

  private final ChainState chain;
  private final TxServer transactions;
  private final BlockServer blocks;
  private final BlockAnnouncer announcer;
  private final Outbox outbox;
  private final Map<Peer, Deque<Question>> waiting = new LinkedHashMap<>();

  /** The last block of a list of hashes that was cut short: whoever fetches it is told of more. */
  private final Map<Peer, BlockHash> cutShort = new HashMap<>();

  ChainServer(
      ChainState chain,
      TxServer transactions,
      BlockExchange exchange,
      BlockServer blocks,
      Outbox outbox) {
    this.chain = chain;
    this.transactions = transactions;
    this.blocks = blocks;
    this.announcer = exchange.announcer();
    this.outbox = outbox;
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
      if (wanted.isEmpty() || !blocks.isAllowed(wanted.get())) {
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
    ask(peer, items.stream().<Question>map(Question.Item::new).toList());
  }

  /** The peer wants some transactions of a block (BIP-0152). */
  public void getBlockTransactions(Peer peer, GetBlockTxn request) {
    if (request.indexes().isEmpty()) {
      outbox.disconnect(
          peer, "getblocktxn received with no transaction indexes, disconnecting " + peer);
    } else {
      ask(peer, List.of(new Question.Transactions(request)));
    }
  }

  private void ask(Peer peer, List<Question> questions) {
    Deque<Question> queue = waiting.computeIfAbsent(peer, key -> new ArrayDeque<>());
    if (queue.size() + questions.size() > MAX_WAITING) {
      outbox.disconnect(peer, "too many requests waiting");
      return;
    }
    queue.addAll(questions);
    serve(peer);
    limitAll();
  }

  /** Should all peers together have too much waiting, the one that has most is cut off. */
  private void limitAll() {
    if (waiting.values().stream().mapToInt(Deque::size).sum() > MAX_WAITING_OF_ALL) {
      waiting.entrySet().stream()
          .filter(each -> !each.getKey().isGone())
          .max(Comparator.comparingInt(each -> each.getValue().size()))
          .ifPresent(
              most -> {
                most.getValue().clear();
                outbox.disconnect(most.getKey(), "too many requests of all peers waiting");
              });
    }
  }

  /** Goes on with what waits for this peer, as far as its connection takes it. */
  public void serve(Peer peer) {
    Deque<Question> queue = waiting.get(peer);
    if (queue == null) {
      return;
    }
    List<InvItem> missing = new ArrayList<>();
    while (!queue.isEmpty() && peer.isReady() && peer.connection().writable()) {
      Question question = queue.poll();
      if (question instanceof Question.Item each) {
        if (!answer(peer, each.item())) {
          missing.add(each.item());
        }
      } else if (question instanceof Question.Transactions each) {
        blocks.transactions(peer, each.request()).map(Question.Item::new).ifPresent(queue::add);
      }
    }
    if (!missing.isEmpty()) {
      outbox.send(peer, new NotFound(missing));
    }
  }

  /** False where the peer is to be told that we don't have it. */
  private boolean answer(Peer peer, InvItem item) {
    if (item.type().isBlock()) {
      sendBlock(peer, item);
      return true;
    }
    return transactions.serve(peer, item);
  }

  /** Of a block that it does not get the peer is told nothing, as in Bitcoin Core. */
  private void sendBlock(Peer peer, InvItem item) {
    if (blocks.send(peer, item)
        && peer.isReady()
        && cutShort.remove(peer, (BlockHash) item.hash())) {
      BlockHash tip = chain.snapshot().tip().hash();
      outbox.send(peer, new Inv(List.of(new InvItem(InvType.BLOCK, tip))));
    }
  }
}
