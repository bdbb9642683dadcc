package org.farthing.node.cli.client;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.cli.outcome.CliException;

/** Calls about the network of a node, which more than one command makes. */
public final class ChainCalls {
  private ChainCalls() {}

  /** The network that a node is on. */
  public static ConsensusParams params(RpcClient node) throws CliException, RefusedException {
    String chain = node.call("getblockchaininfo").path("chain").asText();
    return ConsensusParams.byName(chain)
        .orElseThrow(() -> CliException.failed("the node is on an unknown network: " + chain));
  }

  /** A descriptor with its checksum. */
  public static String withChecksum(RpcClient node, String descriptor)
      throws CliException, RefusedException {
    String checksum = node.call("getdescriptorinfo", descriptor).path("checksum").asText();
    return descriptor + "#" + checksum;
  }
}
