package org.farthing.node.config;

import java.util.List;
import java.util.OptionalLong;
import org.farthing.consensus.params.ConsensusParams;

/**
 * Everything that a person can choose about a node. Made by {@link Options}.
 *
 * @param identity which network, and what the node calls itself
 */
public record NodeConfig(
    Identity identity,
    DataDirectory data,
    P2pConfig p2p,
    RpcConfig rpc,
    MiningConfig mining,
    LimitsConfig limits,
    LogConfig log) {

  /**
   * @param userAgentComments what the user agent says in brackets
   * @param mockTimeSeconds a clock that stands still at this time, for tests
   * @param wallets names of wallets to load at the start, beside those remembered
   */
  public record Identity(
      ConsensusParams params,
      List<String> userAgentComments,
      OptionalLong mockTimeSeconds,
      List<String> wallets) {
    public Identity {
      userAgentComments = List.copyOf(userAgentComments);
      wallets = List.copyOf(wallets);
    }
  }

  public ConsensusParams params() {
    return identity.params();
  }
}
