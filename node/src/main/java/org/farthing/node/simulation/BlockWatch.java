package org.farthing.node.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.time.Clock;

/** When blocks and transactions reached each node, who follows which tip, and whether all agree. */
final class BlockWatch {
  private final Clock clock;
  private final long[] sinceMillis;
  private final BlockHash[] tips;
  private final Map<BlockHash, Integer> followers = new HashMap<>();
  private final Spreads<BlockHash> blocks;
  private final Spreads<Txid> transactions;
  private boolean peaceful = true;

  BlockWatch(Clock clock, int nodes) {
    this.clock = clock;
    this.sinceMillis = new long[nodes];
    this.tips = new BlockHash[nodes];
    this.blocks = new Spreads<>(nodes);
    this.transactions = new Spreads<>(nodes);
    Arrays.fill(sinceMillis, Long.MAX_VALUE);
  }

  /** Whether what begins from now on can get everywhere. */
  void setPeaceful(boolean value) {
    peaceful = value;
  }

  /** A node is there from now on, with this tip. */
  void joined(int node, BlockHash tip) {
    sinceMillis[node] = clock.nowMillis();
    moved(node, tip);
  }

  /** A node is not there any more. */
  void left(int node) {
    sinceMillis[node] = Long.MAX_VALUE;
    unfollow(node);
  }

  private void unfollow(int node) {
    if (tips[node] != null) {
      followers.computeIfPresent(tips[node], (tip, count) -> count == 1 ? null : count - 1);
      tips[node] = null;
    }
  }

  /** A node's tip is another one now. */
  void moved(int node, BlockHash tip) {
    unfollow(node);
    tips[node] = tip;
    followers.merge(tip, 1, Integer::sum);
  }

  /** A block is part of a node's chain, perhaps not for the first time. */
  void connected(int node, BlockHash block) {
    blocks.arrived(block, node, clock.nowMillis(), peaceful);
  }

  /** A transaction begins, wherever it will wait first. */
  void begins(Txid transaction) {
    transactions.begins(transaction, clock.nowMillis(), peaceful);
  }

  /** A transaction waits at a node. */
  void waits(int node, Txid transaction) {
    transactions.arrived(transaction, node, clock.nowMillis(), peaceful);
  }

  /** All nodes that are there have the same tip. */
  boolean allAgree() {
    return followers.size() == 1;
  }

  /** How many different tips nodes have. */
  int tipCount() {
    return followers.size();
  }

  Spreads<BlockHash> blocks() {
    return blocks;
  }

  List<Spreads.Journey<BlockHash>> blockJourneys() {
    return blocks.journeys(sinceMillis);
  }

  List<Spreads.Journey<Txid>> transactionJourneys() {
    return transactions.journeys(sinceMillis);
  }
}
