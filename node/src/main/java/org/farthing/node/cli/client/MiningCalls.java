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

  public static void stop(RpcClient node) throws CliException, RefusedException {
    node.call("setmining", 0);
  }
}
