package org.farthing.node.wallets;

import org.farthing.consensus.chain.HeaderNode;
import org.farthing.wallet.ReadingListener;
import org.farthing.wallet.WalletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of a wallet that reads blocks, in Bitcoin Core's words. */
final class ReadingLog implements ReadingListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingLog.class);

  private final String wallet;
  private final WalletContext context;
  private long startedSeconds;

  ReadingLog(String wallet, WalletContext context) {
    this.wallet = wallet;
    this.context = context;
  }

  @Override
  public void started(HeaderNode first, boolean byFilters) {
    startedSeconds = context.nowSeconds().getAsLong();
    // Nobody can spend the genesis, so that it is never read; Bitcoin Core names it all the same.
    HeaderNode begin = first.height() == 1 ? first.parent() : first;
    LOG.info(
        "[{}] Rescan started from block {}... ({})",
        wallet,
        begin.hash(),
        byFilters ? "fast variant using block filters" : "slow variant inspecting all blocks");
  }

  @Override
  public void inspected(HeaderNode block) {
    LOG.debug("Fast rescan: inspect block {} [{}] (filter matched)", block.height(), block.hash());
  }

  @Override
  public void unfiltered(HeaderNode block) {
    LOG.debug(
        "Fast rescan: inspect block {} [{}] (WARNING: block filter not found!)",
        block.height(),
        block.hash());
  }

  @Override
  public void ended() {
    LOG.info(
        "[{}] Rescan completed in {} s", wallet, context.nowSeconds().getAsLong() - startedSeconds);
  }
}
