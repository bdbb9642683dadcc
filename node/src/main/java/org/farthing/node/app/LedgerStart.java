package org.farthing.node.app;

import java.util.Locale;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.store.LedgerMemory;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.node.config.ChainConfig;
import org.farthing.node.config.NodeConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ledger of a node. */
final class LedgerStart {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerStart.class);

  private static final long MIB = 1 << 20;

  private LedgerStart() {}

  /** More than there can be is cut, and less than is needed is raised. */
  static LedgerMemory memory(int wantedMib) {
    long least = LedgerMemory.LEAST_BYTES / MIB;
    // What Java gives outside of the heap is as much as the heap may have, and others want some.
    long most = Math.max(least, Runtime.getRuntime().maxMemory() / MIB * 3 / 4);
    long mib = Math.max(least, Math.min(most, wantedMib));
    if (mib > wantedMib) {
      LOG.warn("-dbcache={} is less than a node needs: it has {} MiB", wantedMib, mib);
    } else if (mib < wantedMib) {
      LOG.warn(
          "-dbcache={} is more than Java gives: it has {} MiB, and more with a larger heap (-Xmx)",
          wantedMib,
          mib);
    }
    LedgerMemory memory = LedgerMemory.of(mib * MIB);
    LOG.info("Cache configuration:");
    LOG.info("* Using {} MiB for what the database read last", inMib(memory.blockCache()));
    LOG.info("* Using {} MiB for what it has to write", inMib(memory.writeBuffers()));
    LOG.info("* Using {} MiB for in-memory UTXO set", inMib(memory.coins()));
    return memory;
  }

  private static String inMib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", (double) bytes / MIB);
  }

  /** What is to be made anew from the stored blocks is forgotten first. */
  static Ledger open(NodeConfig config) {
    if (config.folder().isEmpty()) {
      return RocksLedger.inMemory(config.params());
    }
    LedgerMemory memory = memory(config.limits().dbCacheMiB());
    Ledger ledger = RocksLedger.open(config.data().chainstate(), config.params(), memory);
    try {
      forget(ledger, config.chain().rebuild());
    } catch (RuntimeException | Error e) {
      ledger.close();
      throw e;
    }
    return ledger;
  }

  private static void forget(Ledger ledger, ChainConfig.Rebuild what) {
    switch (what) {
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
  }
}
