package org.farthing.node.rpc.port;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.mining.TemplateOffer;

/** Making blocks. */
public interface MiningPort {
  /**
   * A block on top of the tip with the best waiting transactions, complete but for its proof of
   * work. On the node's thread.
   *
   * @param payout where subsidy and fees go
   */
  Block template(Script payout);

  /** The same with these transactions after the coinbase, and no others. Node's thread. */
  Block template(Script payout, List<Transaction> transactions);

  /**
   * What other programs' miners work on: the best waiting transactions after the tip. It is the
   * same for some seconds. On the node's thread.
   */
  TemplateOffer offer();

  /** How blocks are filled. */
  MiningOptions options();

  /** How far the last block was filled that this node made, if it made one. Any thread. */
  Optional<BlockAssembler.Filled> lastFilled();

  /**
   * Starts to mine, or goes on with another number of threads or another payout. On the node's
   * thread.
   */
  void start(int threads, Script payout);

  /** Stops to mine. On the node's thread. */
  void stop();

  /** Any thread. */
  Status status();

  /**
   * @param threads that search for blocks now; 0 for none
   * @param hashesPerSecond measured over the last seconds
   * @param blocksFound since the node was started
   */
  record Status(int threads, double hashesPerSecond, long blocksFound) {}
}
