package org.farthing.node.app;

import org.farthing.node.indexes.Indexes;
import org.farthing.node.sync.InitialDownload;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.error.WalletException;

/** Marks a node, and takes it back to its marks. On the node's thread. */
final class NodeMarks {
  private static final String REASON = "the node goes back to an earlier state";

  private final NodeCore core;
  private final NodeClock clock;
  private final WalletRegistry wallets;
  private final Indexes indexes;
  private final Warnings warnings;

  NodeMarks(
      NodeCore core, NodeClock clock, WalletRegistry wallets, Indexes indexes, Warnings warnings) {
    this.core = core;
    this.clock = clock;
    this.wallets = wallets;
    this.indexes = indexes;
    this.warnings = warnings;
  }

  NodeMark mark() throws WalletException {
    core.mempool().settle(clock.nowMillis());
    return new NodeMark(
        core.chain().mark(),
        core.mempool().snapshot(),
        wallets.mark(),
        clock.reading(),
        download().isRunning(),
        warnings.all());
  }

  void end(NodeMark mark) {
    core.chain().endMark(mark.chain);
  }

  /**
   * All connections end. Whoever follows chain or mempool by their events is right afterwards, and
   * sees a reorganisation. Wallets see it too, and are then put back as a whole, since what their
   * owners did has to be taken back as well.
   */
  void revert(NodeMark mark) throws WalletException {
    core.gossip().forget(REASON);
    clock.set(mark.clock);
    core.intake()
        .moving(
            () -> {
              core.chain().revert(mark.chain, indexes::settle);
              core.mempool().restore(mark.mempool);
            });
    wallets.revert(mark.wallets);
    download().restore(mark.downloading);
    warnings.restore(mark.warnings);
  }

  private InitialDownload download() {
    return core.gossip().initialDownload();
  }
}
