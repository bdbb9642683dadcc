package org.farthing.node.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
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
   * @param policy empty for the one that the node has
   * @param pauseWhenIdle empty as {@code policy}
   */
  public static void start(
      RpcClient node,
      int threads,
      Optional<String> payout,
      Optional<String> policy,
      Optional<Boolean> pauseWhenIdle)
      throws CliException, RefusedException {
    ObjectNode params = Json.object().put("threads", threads);
    payout.ifPresent(text -> params.put("address", text));
    policy.ifPresent(text -> params.put("policy", text));
    pauseWhenIdle.ifPresent(pause -> params.put("pause_when_idle", pause));
    node.callWith("setmining", params);
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
