package org.farthing.node.sync;

import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Pruner;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.peer.RecentSet;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Services;

/** What is asked of a peer that may give us blocks, and how it does. */
final class Download {
  /** By so many blocks a peer's chain may grow while we ask it. */
  private static final int RACE_BLOCKS = 2;

  final boolean servesBlocks;
  final boolean hasAllBlocks;
  final boolean hasWitnesses;

  /** Blocks that the peer sent, and that were not what they should be. */
  final RecentSet<BlockHash> spoiled = new RecentSet<>(BlocksInFlight.MOST);

  final BlocksInFlight inFlight = new BlocksInFlight();

  /** Since when the oldest of the blocks in flight is the oldest. */
  long waitingSinceMillis;

  long stallingSinceMillis = -1;

  /** The first block that the peer was late with, so that others gave it; null for none. */
  BlockHash unanswered;

  /** Since when the peer was to give it. */
  long unansweredSinceMillis;

  /** Up to here no body of the peer's branch was missing; null before it was first looked at. */
  HeaderNode complete;

  Download(long services) {
    hasAllBlocks = Services.has(services, Services.NETWORK);
    servesBlocks = Services.haveBlocks(services);
    hasWitnesses = Services.has(services, Services.WITNESS);
  }

  /** Others gave the oldest of the blocks in flight. */
  void letUsDown(BlockHash block) {
    if (unanswered == null) {
      unanswered = block;
      unansweredSinceMillis = waitingSinceMillis;
    }
  }

  InvType blockType() {
    return hasWitnesses ? InvType.WITNESS_BLOCK : InvType.BLOCK;
  }

  /** The block may have witnesses, and so may those that follow it, which the peer cannot give. */
  boolean lacksWitnesses(HeaderNode node, ConsensusParams params) {
    return !hasWitnesses && params.isActive(Deployment.SEGWIT, node.height());
  }

  /** Whether a peer whose chain ends with {@code best} should have the block. */
  boolean offers(HeaderNode node, HeaderNode best) {
    return hasAllBlocks || best.height() - node.height() < Pruner.KEPT_BLOCKS - RACE_BLOCKS;
  }
}
