package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.History.Arrival;
import org.farthing.wallet.history.History.BlockSeen;
import org.farthing.wallet.store.ChainPosition;

/**
 * Leads a wallet along the chain: by events while it is up to date, else block by block from where
 * it was when it was closed, or from the fork where the chain has left that place since. What was
 * read without knowing all scripts is left to a {@link BlockSearch}.
 */
final class ChainFollower {
  private final WalletState state;
  private final History history;
  private final ChainAccess chain;
  private final LongSupplier nowSeconds;
  private final KeyTeacher teacher;
  private final FilterGate gate;
  private final BlockSearch search;
  private HeaderNode position;

  ChainFollower(WalletState state, WalletContext context) {
    this.state = state;
    this.history = state.history();
    this.chain = context.chain();
    this.nowSeconds = context.nowSeconds();
    this.teacher = new KeyTeacher(context, state);
    this.gate = new FilterGate(state, chain);
    position = lastKnown(chain.snapshot());
    this.search = new BlockSearch(state, gate, teacher, nowSeconds, position);
    rollBackTo(position);
  }

  /** The last block that the wallet has seen. */
  HeaderNode position() {
    return position;
  }

  /** Whether the wallet has read all blocks, and those before too that it has to look at again. */
  boolean isSynchronised() {
    return position.hash().equals(chain.snapshot().tip().hash()) && !search.isWanted();
  }

  BlockSearch search() {
    return search;
  }

  void listen(ReadingListener told) {
    gate.listen(told);
  }

  /** How much has been read, from 0 to 1, of the chain or of what is searched again. */
  double progress() {
    int tip = chain.snapshot().height();
    if (position.height() < tip) {
      return (double) position.height() / tip;
    }
    return search.isWanted() ? search.progress(position) : 1;
  }

  /** The last block seen that is in the active chain. */
  private HeaderNode lastKnown(ChainSnapshot snapshot) {
    for (ChainPosition seen : state.locator()) {
      Optional<HeaderNode> node = snapshot.chain().header(seen.hash());
      if (node.isPresent() && node.get().height() == seen.height()) {
        return node.get().forkWith(snapshot.tip());
      }
    }
    return snapshot.tip().ancestor(0);
  }

  /** Applies an event that follows on what the wallet has seen; any other waits for the rest. */
  void apply(ChainEvent event) {
    HeaderNode node = event.node();
    if (event instanceof ChainEvent.Connected connected) {
      if (node.height() > 0 && node.parent().hash().equals(position.hash())) {
        connect(node, connected.block(), Arrival.NEW);
      }
    } else if (node.hash().equals(position.hash())) {
      rollBackTo(node.parent());
    }
  }

  /**
   * Goes on towards the tip, and then with the search of earlier blocks, if there is one.
   *
   * @param maxBlocks at most so many blocks
   * @return whether nothing is left to be read
   */
  boolean catchUp(int maxBlocks) {
    ChainSnapshot snapshot = chain.snapshot();
    HeaderNode tip = snapshot.tip();
    if (!snapshot.isActive(position)) {
      rollBackTo(position.forkWith(tip));
    }
    int read = readOn(snapshot, maxBlocks);
    boolean reached =
        position.height() == tip.height() && search.advance(snapshot, position, maxBlocks - read);
    if (reached) {
      gate.close();
    }
    return reached;
  }

  /** Reads the next blocks; returns how many. */
  private int readOn(ChainSnapshot snapshot, int maxBlocks) {
    HeaderNode tip = snapshot.tip();
    int from = position.height() + 1;
    int end = from + Math.min(maxBlocks, tip.height() - position.height());
    if (from >= end) {
      return 0;
    }
    // Who double spends what others have paid to the wallet need not show in a filter.
    boolean whole = history.waitsForOthers();
    gate.open(tip.ancestor(from));
    FilterGate.Window window = gate.window(tip::ancestor, from, whole ? from : end);
    while (position.height() + 1 < end) {
      int next = position.height() + 1;
      HeaderNode block = whole ? tip.ancestor(next) : window.first(next).orElse(null);
      if (block == null) {
        skipTo(tip.ancestor(end - 1));
      } else {
        skipTo(tip.ancestor(block.height() - 1));
        connect(block, BlockSearch.block(snapshot, block), Arrival.READ_LATER);
      }
    }
    return end - from;
  }

  private void skipTo(HeaderNode node) {
    if (node.height() > position.height()) {
      history.skipTo(node.height());
      moveTo(node);
    }
  }

  private void connect(HeaderNode node, Block block, Arrival arrival) {
    history.connect(new BlockSeen(node, block, arrival, nowSeconds.getAsLong()));
    moveTo(node);
    teacher.teachAll();
  }

  private void rollBackTo(HeaderNode node) {
    history.rollBackTo(node.height());
    search.rolledBackTo(node.height());
    moveTo(node);
  }

  private void moveTo(HeaderNode node) {
    position = node;
    state.moveTo(locator(node));
  }

  /** The block, and others before it at distances that double. */
  static List<ChainPosition> locator(HeaderNode node) {
    List<ChainPosition> locator = new ArrayList<>();
    locator.add(new ChainPosition(node.height(), node.hash()));
    for (int back = 1; node.height() - back > 0; back *= 2) {
      locator.add(at(node.ancestor(node.height() - back)));
    }
    if (node.height() > 0) {
      locator.add(at(node.ancestor(0)));
    }
    return locator;
  }

  private static ChainPosition at(HeaderNode node) {
    return new ChainPosition(node.height(), node.hash());
  }
}
