package org.farthing.consensus.chain;

import org.farthing.consensus.primitives.Block;

/**
 * What happened to the active chain, in order. A reorganisation is a run of disconnections from the
 * old tip down, then of connections up to the new one. A reader of all events can keep any view of
 * the chain as a fold over them.
 */
public sealed interface ChainEvent {
  HeaderNode node();

  Block block();

  /** The coins that the block spent. */
  BlockUndo undo();

  /** The block is now the tip; its parent was. */
  record Connected(HeaderNode node, Block block, BlockUndo undo) implements ChainEvent {}

  /** The block was the tip; its parent is now. */
  record Disconnected(HeaderNode node, Block block, BlockUndo undo) implements ChainEvent {}
}
