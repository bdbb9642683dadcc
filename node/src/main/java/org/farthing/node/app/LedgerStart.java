package org.farthing.node.app;

import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.node.config.NodeConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ledger of a node. */
final class LedgerStart {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerStart.class);

  private LedgerStart() {}

  /** What is to be made anew from the stored blocks is forgotten first. */
  static Ledger open(NodeConfig config) {
    if (config.folder().isEmpty()) {
      return RocksLedger.inMemory(config.params());
    }
    Ledger ledger = RocksLedger.open(config.data().chainstate(), config.params());
    switch (config.chain().rebuild()) {
      case NOTHING -> {}
      case COINS -> {
        LOG.info("Wiping the coins: stored blocks are connected again");
        ledger.forgetCoins();
      }
      case LEDGER -> {
        LOG.info("Wiping headers and coins: they are made anew from the stored blocks");
        ledger.startRebuild();
      }
    }
    return ledger;
  }
}
