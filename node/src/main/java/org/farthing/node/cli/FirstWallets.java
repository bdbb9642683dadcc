package org.farthing.node.cli;

import java.util.List;
import org.farthing.node.cli.client.MiningCalls;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.RpcEndpoint;
import org.farthing.node.cli.client.WalletCalls;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.config.NodeConfig;

/**
 * Wallets that a node of a test network makes for itself when it first starts, so that nobody has
 * to before it can mine. They are not encrypted.
 */
final class FirstWallets {
  private final List<String> names;
  private final NodeConfig wanted;

  /**
   * @param names may be empty
   * @param wanted what the node was asked to do
   */
  FirstWallets(List<String> names, NodeConfig wanted) {
    this.names = names;
    this.wanted = wanted;
  }

  private boolean mineForThem() {
    return !names.isEmpty() && wanted.mining().threads() > 0 && wanted.mining().payout().isEmpty();
  }

  /** How to start the node: where it is to mine for a wallet, it has to wait for the wallet. */
  NodeConfig configForStart() {
    if (!mineForThem()) {
      return wanted;
    }
    return wanted.withMining(wanted.mining().atRest());
  }

  /** Opens or makes the wallets of the running node, and lets it mine for the first. */
  void open() throws CliException, RefusedException {
    if (names.isEmpty()) {
      return;
    }
    RpcClient node = new RpcClient(RpcEndpoint.of(wanted));
    for (String name : names) {
      WalletCalls.openOrCreate(node, name);
    }
    if (mineForThem()) {
      MiningCalls.start(
          node,
          wanted.mining().threads(),
          "wallet:" + names.get(0),
          wanted.mining().policy().text(),
          wanted.mining().pauseWhenIdle());
    }
  }
}
