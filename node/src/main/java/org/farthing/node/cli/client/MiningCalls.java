package org.farthing.node.cli.client;

import org.farthing.node.cli.outcome.CliException;

/** Starting and stopping a node's miner. */
public final class MiningCalls {
  private MiningCalls() {}

  /**
   * @param payout the address that gets the coins
   */
  public static void start(RpcClient node, int threads, String payout)
      throws CliException, RefusedException {
    node.call("setmining", threads, payout);
  }

  /**
   * The same by a policy.
   *
   * @param payout an address, a descriptor, or {@code wallet:} and a name
   */
  public static void start(
      RpcClient node, int threads, String payout, String policy, boolean pauseWhenIdle)
      throws CliException, RefusedException {
    node.call("setmining", threads, payout, policy, pauseWhenIdle);
  }

  /** Lets a miner that is on go on by another policy. */
  public static void change(RpcClient node, String policy, boolean pauseWhenIdle)
      throws CliException, RefusedException {
    node.call("setminingpolicy", policy, pauseWhenIdle);
  }

  /** Lets a miner that is on make some blocks, whatever its policy says. */
  public static void order(RpcClient node, int blocks) throws CliException, RefusedException {
    node.call("orderblocks", blocks);
  }

  public static void stop(RpcClient node) throws CliException, RefusedException {
    node.call("setmining", 0);
  }
}
