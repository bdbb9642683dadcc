package org.farthing.node.rpc.port;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.mining.TemplateOffer;
import org.farthing.node.rpc.error.RpcException;

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
   * Starts to mine, or goes on in another way. On the node's thread.
   *
   * @throws RpcException if nobody can be paid so
   */
  void start(Wanted wanted);

  /**
   * Goes on by another policy. On the node's thread.
   *
   * @throws RpcException if the miner is off
   */
  void change(MinerPolicy policy, boolean pauseWhenIdle);

  /**
   * Makes these many blocks as soon as they can be. On the node's thread.
   *
   * @throws RpcException if the miner is off
   */
  void order(int blocks);

  /** Stops to mine. On the node's thread. */
  void stop();

  /** Any thread. */
  Status status();

  /**
   * How to mine.
   *
   * @param threads that search for blocks, at least one
   * @param payout an address, a descriptor, or {@code wallet:} and a name; empty for who was paid
   *     last, or else as the configuration says
   * @param policy empty for the one that there is, or else that of the configuration
   * @param pauseWhenIdle whether to rest while no transaction waits; empty as {@code policy}
   */
  record Wanted(
      int threads,
      Optional<String> payout,
      Optional<MinerPolicy> policy,
      Optional<Boolean> pauseWhenIdle) {}

  /**
   * @param threads of the miner; 0 if it is off
   * @param hashesPerSecond measured over the last seconds
   * @param blocksFound since the node was started
   * @param schedule of the miner, if it is on
   */
  record Status(
      int threads, double hashesPerSecond, long blocksFound, Optional<Schedule> schedule) {
    /** Of a node that does not mine. */
    public static final Status OFF = new Status(0, 0, 0, Optional.empty());
  }

  /**
   * When a miner works.
   *
   * @param ordered blocks that somebody has ordered and that are not made yet
   * @param working a block is searched now
   */
  record Schedule(MinerPolicy policy, boolean pausesWhenIdle, int ordered, boolean working) {}
}
