package org.farthing.node.config;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.params.ConsensusParams;

/**
 * Everything that a person can choose about a node. Made by {@link Options}.
 *
 * @param identity which network, and what the node calls itself
 * @param folder where the node keeps its things; empty: everything is kept in memory, and ends with
 *     the node
 */
public record NodeConfig(
    Identity identity,
    Optional<DataDirectory> folder,
    ChainConfig chain,
    P2pConfig p2p,
    RpcConfig rpc,
    MiningConfig mining,
    ResourceConfig resources) {

  /**
   * @param userAgentComments what the user agent says in brackets
   * @param mockTimeSeconds a clock that stands still at this time, for tests
   */
  public record Identity(
      ConsensusParams params,
      List<String> userAgentComments,
      OptionalLong mockTimeSeconds,
      WalletConfig wallets) {
    public Identity {
      userAgentComments = List.copyOf(userAgentComments);
    }
  }

  /** What the node may use, what it takes, and whom it tells. */
  public record ResourceConfig(
      LimitsConfig limits,
      PolicyConfig policy,
      LogConfig log,
      NotifyConfig commands,
      PublishConfig publishing) {}

  /**
   * Where the node keeps its things.
   *
   * @throws NoSuchElementException if it keeps everything in memory
   */
  public DataDirectory data() {
    return folder.orElseThrow(() -> new NoSuchElementException("this node has no folder"));
  }

  public ConsensusParams params() {
    return identity.params();
  }

  public WalletConfig wallets() {
    return identity.wallets();
  }

  public LimitsConfig limits() {
    return resources.limits();
  }

  public PolicyConfig policy() {
    return resources.policy();
  }

  public LogConfig log() {
    return resources.log();
  }

  public NotifyConfig notifications() {
    return resources.commands();
  }

  public PublishConfig publishing() {
    return resources.publishing();
  }

  /** The same node that does not mine from its start. */
  public NodeConfig withMining(MiningConfig other) {
    return new NodeConfig(identity, folder, chain, p2p, rpc, other, resources);
  }
}
