package org.farthing.node.app;

import java.util.Map;
import org.farthing.consensus.chain.ChainMark;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.wallets.WalletsMark;

/**
 * A node as it was once: chain, mempool, wallets and clock. {@link NodeInside#revert} goes back to
 * it.
 */
public final class NodeMark {
  final ChainMark chain;
  final MempoolSnapshot mempool;
  final WalletsMark wallets;
  final NodeClock.Reading clock;
  final boolean downloading;
  final Map<Warnings.Kind, String> warnings;

  NodeMark(
      ChainMark chain,
      MempoolSnapshot mempool,
      WalletsMark wallets,
      NodeClock.Reading clock,
      boolean downloading,
      Map<Warnings.Kind, String> warnings) {
    this.chain = chain;
    this.mempool = mempool;
    this.wallets = wallets;
    this.clock = clock;
    this.downloading = downloading;
    this.warnings = warnings;
  }
}
