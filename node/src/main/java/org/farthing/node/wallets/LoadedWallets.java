package org.farthing.node.wallets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.time.Scheduler;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.WalletTx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wallets that follow the chain and the mempool: each hears of what happens to them, and reads
 * the blocks that it has missed. Owned by the node's thread.
 */
public final class LoadedWallets {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedWallets.class);

  /** A wallet that has slept catches up in steps, between which the node does other things. */
  private static final int BLOCKS_AT_ONCE = 50;

  private static final long LOOK_MILLIS = 60_000L;

  private final WalletContext context;
  private final Scheduler scheduler;
  private final Map<String, Wallet> wallets = new TreeMap<>();
  private final Rescans rescans;
  private final Rebroadcast rebroadcast;
  private BiConsumer<String, WalletTx> listener = (name, transaction) -> {};
  private boolean closed;

  LoadedWallets(WalletContext context, Scheduler scheduler) {
    this.context = context;
    this.scheduler = scheduler;
    this.rescans = new Rescans(context.nowSeconds(), this::catchUpLater);
    this.rebroadcast = new Rebroadcast(context);
  }

  /** Begins to look, now and then, for what waits for too long. */
  void start() {
    scheduler.after(LOOK_MILLIS, this::announce);
  }

  private void announce() {
    if (!closed) {
      rebroadcast.announceIfDue(wallets);
      scheduler.after(LOOK_MILLIS, this::announce);
    }
  }

  /** Who is told of transactions, by the names of wallets; see {@link Wallet#listen}. */
  public void listen(BiConsumer<String, WalletTx> told) {
    listener = told;
  }

  /** In alphabetical order. */
  List<String> names() {
    return List.copyOf(wallets.keySet());
  }

  Optional<Wallet> find(String name) {
    return Optional.ofNullable(wallets.get(name));
  }

  /** Those that read blocks again because somebody wants it. */
  public Rescans rescans() {
    return rescans;
  }

  /**
   * A wallet that was away: it reads what it has missed.
   *
   * @throws WalletException BLOCKS_PRUNED
   */
  void add(String name, Wallet wallet) throws WalletException {
    expectUnreadBlocks(wallet);
    int known = wallet.info().height();
    int unread = context.chain().snapshot().height() - known;
    if (unread > 0) {
      LOG.info("[{}] Rescanning last {} blocks (from block {})...", name, unread, known);
    }
    addKnown(name, wallet);
  }

  /** A wallet that can read whatever it has missed. */
  void addKnown(String name, Wallet wallet) {
    wallets.put(name, wallet);
    rebroadcast.opened(wallet);
    wallet.listen(transaction -> listener.accept(name, transaction));
    wallet.listenToReading(new ReadingLog(name, context));
    catchUp(name, wallet);
  }

  /** A wallet that was away for too long finds that the blocks it has to read are deleted. */
  private void expectUnreadBlocks(Wallet wallet) throws WalletException {
    ChainSnapshot now = context.chain().snapshot();
    int next = wallet.info().height() + 1;
    for (HeaderNode node = now.tip(); node.height() >= next; node = node.parent()) {
      if (now.chain().status(node).isPruned()) {
        throw new WalletException(
            WalletError.BLOCKS_PRUNED,
            "Prune: last wallet synchronisation goes beyond pruned data. You need to -reindex"
                + " (download the whole blockchain again in case of a pruned node)");
      }
    }
  }

  /** Closes a wallet. Whoever waits for what it reads hears that it does not go on. */
  void remove(String name) {
    Wallet wallet = wallets.remove(name);
    if (!closed) {
      rescans.of(wallet).ifPresent(rescan -> rescans.end(rescan, Rescan.Outcome.ABORTED));
    }
    rebroadcast.closed(wallet);
    wallet.close();
  }

  void removeAll() {
    names().forEach(this::remove);
  }

  void close() {
    closed = true;
    removeAll();
  }

  /** Has all read what they have not read, where nobody tells them of events. */
  public void catchUp() {
    wallets.forEach(this::catchUp);
  }

  private void catchUpLater(Wallet wallet) {
    wallets.forEach(
        (name, each) -> {
          if (each == wallet) {
            scheduler.execute(() -> catchUp(name, wallet));
          }
        });
  }

  private void catchUp(String name, Wallet wallet) {
    if (closed || wallets.get(name) != wallet) {
      return;
    }
    if (wallet.catchUp(BLOCKS_AT_ONCE)) {
      rescans.of(wallet).ifPresent(rescan -> rescans.end(rescan, Rescan.Outcome.DONE));
    } else {
      scheduler.execute(() -> catchUp(name, wallet));
    }
  }

  /** The last height that all have read; without wallets any. */
  public int lastRead() {
    return wallets.values().stream()
        .mapToInt(wallet -> wallet.info().reading().wholeHeight())
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /** To be called for each event of the chain, in order. */
  public void chainChanged(ChainEvent event) {
    rebroadcast.chainChanged();
    wallets.values().forEach(wallet -> wallet.chainChanged(event));
  }

  /** To be called for each event of the mempool, in order. */
  public void mempoolChanged(MempoolEvent event) {
    for (Wallet wallet : wallets.values()) {
      if (event instanceof MempoolEvent.Added) {
        wallet.addedToMempool(event.entry().transaction());
      } else {
        boolean lost =
            event instanceof MempoolEvent.Removed removed
                && removed.reason() == MempoolEvent.RemovalReason.CONFLICT;
        Txid txid = event.entry().txid();
        if (lost) {
          wallet.lostToBlock(txid);
        } else {
          wallet.removedFromMempool(txid);
        }
      }
    }
  }
}
