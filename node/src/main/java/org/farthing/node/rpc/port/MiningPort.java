package org.farthing.node.rpc.port;

import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;

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
