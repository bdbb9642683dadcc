package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.primitives.Block;
import org.farthing.wallet.history.History;
import org.farthing.wallet.store.ChainPosition;

/**
 * Leads a wallet along the chain: by events while it is up to date, else block by block from where
 * it was when it was closed, or from the fork where the chain has left that place since.
 */
final class ChainFollower {
  private final WalletState state;
  private final History history;
  private final ChainAccess chain;
  private HeaderNode position;

  /** How many scripts were watched for when the present search began. */
  private int watchedAtStart;

  ChainFollower(WalletState state, ChainAccess chain) {
    this.state = state;
    this.history = state.history();
    this.chain = chain;
    // A search that was broken off may have read some blocks without the scripts that came later.
    this.watchedAtStart = state.locator().get(0).height() > state.recoveringFrom() ? -1 : watched();
    rollBackTo(lastKnown(chain.snapshot()));
  }

  /** The last block that the wallet has seen. */
  HeaderNode position() {
    return position;
  }

  boolean isSynchronised() {
    return position.hash().equals(chain.snapshot().tip().hash());
  }

  /** The last block seen that is in the active chain. */
  private HeaderNode lastKnown(ChainSnapshot snapshot) {
    for (ChainPosition seen : state.locator()) {
      Optional<HeaderNode> node = snapshot.chain().header(seen.hash());
      if (node.isPresent()) {
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
        connect(node, connected.block());
      }
    } else if (node.hash().equals(position.hash())) {
      rollBackTo(node.parent());
    }
  }

  /**
   * Goes on towards the tip.
   *
   * @param maxBlocks at most so many blocks
   * @return whether the tip is reached
   */
  boolean catchUp(int maxBlocks) {
    ChainSnapshot snapshot = chain.snapshot();
    HeaderNode tip = snapshot.tip();
    if (!snapshot.isActive(position)) {
      rollBackTo(position.forkWith(tip));
    }
    for (int i = 0; i < maxBlocks && position.height() < tip.height(); i++) {
      HeaderNode next = tip.ancestor(position.height() + 1);
      Block block =
          snapshot
              .chain()
              .block(next.hash())
              .orElseThrow(
                  () ->
                      new StoreException(
                          "block " + next + " is not stored: the wallet cannot catch up"));
      connect(next, block);
    }
    return position.height() == tip.height() && !searchesAgain(tip);
  }

  /**
   * Addresses may have been paid in another order than they were given away: where a search for a
   * restored wallet derived further scripts, the blocks before are searched for them as well.
   */
  private boolean searchesAgain(HeaderNode tip) {
    if (state.recoveringFrom() < 0) {
      return false;
    }
    if (watched() == watchedAtStart) {
      state.endRecovery();
      return false;
    }
    watchedAtStart = watched();
    rollBackTo(tip.ancestor(Math.min(state.recoveringFrom(), tip.height())));
    return true;
  }

  private int watched() {
    return state.keychains().watchedCount();
  }

  private void connect(HeaderNode node, Block block) {
    history.connect(node, block);
    moveTo(node);
  }

  private void rollBackTo(HeaderNode node) {
    history.rollBackTo(node.height());
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
