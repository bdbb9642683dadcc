package org.farthing.node.wallets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.node.config.CoreVersion;
import org.farthing.node.time.Scheduler;
import org.farthing.wallet.Protection;
import org.farthing.wallet.Recovery;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.keys.VaultKey;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.WalletRecord;
import org.farthing.wallet.store.WalletStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wallets of a node: makes them, loads them, and keeps copies of them. Owned by the node's
 * thread.
 */
public final class WalletRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalletRegistry.class);

  private final WalletHome home;
  private final WalletContext context;
  private final Scheduler scheduler;
  private final LoadedWallets loaded;
  private List<String> warnings = List.of();

  /**
   * @param context what wallets see of the node; see {@link NodeAccess}
   * @param scheduler of the thread that owns all of this
   */
  public WalletRegistry(WalletHome home, WalletContext context, Scheduler scheduler) {
    this.home = home;
    this.context = context;
    this.scheduler = scheduler;
    this.loaded = new LoadedWallets(context, scheduler);
  }

  /** What owners should be told of the operator's choices when a wallet is loaded. */
  public void warn(List<String> texts) {
    warnings = List.copyOf(texts);
  }

  public List<String> warnings() {
    return warnings;
  }

  /**
   * Loads the wallets that were loaded when the node last ran, and those named here. One that
   * cannot be loaded is named in the log, and left out.
   */
  public void start(List<String> names) {
    Set<String> all = new LinkedHashSet<>(home.loadedAtStart());
    all.addAll(names);
    for (String name : all) {
      try {
        load(name);
      } catch (WalletException e) {
        LOG.warn("wallet '{}' is not loaded: {}", name, e.getMessage());
      }
    }
    loaded.start();
  }

  /**
   * Makes a wallet with new keys and loads it.
   *
   * @return with the recovery words, which are kept nowhere
   */
  public Wallet.Created create(String name, Protection protection, int wordCount)
      throws WalletException {
    return create(name, protection, wordCount, WalletRecord.Kind.USUAL);
  }

  /** The same, of a kind with keys. */
  public Wallet.Created create(
      String name, Protection protection, int wordCount, WalletRecord.Kind kind)
      throws WalletException {
    List<Mnemonic> words = new ArrayList<>();
    Wallet wallet =
        make(
            name,
            store -> {
              Wallet.Created created = Wallet.create(store, context, protection, wordCount, kind);
              words.add(created.words());
              return created.wallet();
            });
    return new Wallet.Created(wallet, words.get(0));
  }

  /** Makes a wallet that waits for descriptors, and loads it. */
  public Wallet createWithoutKeys(String name, Protection protection, WalletRecord.Kind kind)
      throws WalletException {
    return make(name, store -> Wallet.createWithoutKeys(store, context, protection, kind));
  }

  /** Makes a wallet with the keys of recovery words, and loads it; it looks for its payments. */
  public Wallet restore(String name, Protection protection, Recovery recovery)
      throws WalletException {
    return make(name, store -> Wallet.restore(store, context, protection, recovery));
  }

  private interface Maker {
    Wallet make(WalletStore store) throws WalletException;
  }

  private Wallet make(String name, Maker maker) throws WalletException {
    expectNew(name);
    WalletStore store = home.create(name);
    try {
      Wallet wallet = maker.make(store);
      wallet.openedBy(CoreVersion.NUMBER);
      loaded.add(name, wallet);
      return wallet;
    } catch (WalletException | RuntimeException e) {
      discard(name, store);
      throw e;
    }
  }

  /**
   * Writes all that is stored of a loaded wallet into a file.
   *
   * @param destination a file, or a folder in which it gets the usual name
   * @throws WalletException BACKUP_FAILED
   */
  public void backup(String name, Path destination) throws WalletException {
    if (home.holds(destination)) {
      throw new WalletException(WalletError.BACKUP_FAILED, "Error: Wallet backup failed!");
    }
    FileWalletStore.writeBackup(destination, find(name).orElseThrow().records());
  }

  /**
   * Writes all that is stored of a loaded wallet but its secrets into a file that is not there yet.
   *
   * @throws WalletException BACKUP_FAILED, INVALID_REQUEST
   */
  public void exportWatchOnly(String name, Path destination) throws WalletException {
    FileWalletStore.expectFree(destination);
    FileWalletStore.writeBackup(destination, find(name).orElseThrow().watchOnlyRecords());
  }

  /**
   * Makes a wallet of a backup, and loads it.
   *
   * @throws WalletException BACKUP_FAILED, UNREADABLE_WALLET, and those of a new wallet
   */
  public Wallet restoreBackup(String name, Path file) throws WalletException {
    WalletName.expectPlain(name);
    if (!Files.exists(file)) {
      throw new WalletException(WalletError.BACKUP_NOT_FOUND, "Backup file does not exist");
    }
    if (home.has(name)) {
      throw new WalletException(
          WalletError.WALLET_EXISTS,
          "Failed to restore wallet. Database file exists in '" + home.file(name) + "'.");
    }
    try {
      List<WalletRecord> records = FileWalletStore.readBackup(file);
      return make(
          name,
          store -> {
            store.replaceAll(records);
            return Wallet.open(store, context);
          });
    } catch (WalletException e) {
      throw notLoaded(name, e);
    }
  }

  /** In Bitcoin Core's words, where it has some. */
  private WalletException notLoaded(String name, WalletException e) {
    return switch (e.error()) {
      case UNKNOWN_FORMAT ->
          new WalletException(
              e.error(),
              "Wallet file verification failed. Failed to load database path '"
                  + home.folder(name)
                  + "'. Data is not in recognized format.");
      case BLOCKS_PRUNED, UNREADABLE_WALLET ->
          new WalletException(e.error(), "Wallet loading failed. " + e.getMessage());
      default -> e;
    };
  }

  /** Opens a wallet that is there. */
  public Wallet load(String name) throws WalletException {
    WalletName.expectPlain(name);
    if (find(name).isPresent()) {
      throw new WalletException(
          WalletError.WALLET_IN_USE, "Wallet \"" + name + "\" is already loaded.");
    }
    if (!home.has(name)) {
      throw new WalletException(
          WalletError.WALLET_NOT_FOUND,
          "There is no wallet \"" + name + "\" in " + home + ": see listwalletdir.");
    }
    WalletStore store = home.open(name);
    try {
      Wallet wallet = Wallet.open(store, context);
      LOG.info("[{}] Last client version = {}", name, wallet.openedBy(CoreVersion.NUMBER));
      loaded.add(name, wallet);
      return wallet;
    } catch (WalletException e) {
      store.close();
      throw notLoaded(name, e);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Closes a wallet.
   *
   * @throws WalletException WALLET_NOT_FOUND if it is not loaded, RESCANNING
   */
  public void unload(String name) throws WalletException {
    Wallet wallet =
        find(name)
            .orElseThrow(
                () ->
                    new WalletException(
                        WalletError.WALLET_NOT_FOUND,
                        "Requested wallet does not exist or is not loaded"));
    loaded.rescans().expectNone(wallet);
    loaded.remove(name);
  }

  /** Whether to load a wallet when the node starts. */
  public void remember(String name, boolean loadAtStart) {
    home.loadAtStart(name, loadAtStart);
  }

  /** Those that are loaded. */
  public LoadedWallets loaded() {
    return loaded;
  }

  /** The names of the loaded wallets, in alphabetical order. */
  public List<String> names() {
    return loaded.names();
  }

  /** A loaded wallet. */
  public Optional<Wallet> find(String name) {
    return loaded.find(name);
  }

  /** The names of all wallets, loaded or not. */
  public List<String> stored() {
    return home.names();
  }

  /** What it costs to make a key of a passphrase, for new vaults; on any thread. */
  public Scrypt.Cost vaultCost() {
    return context.options().vaultCost();
  }

  /** Unlocks a wallet for a time, after which it is locked again. */
  public void unlock(String name, VaultKey key, long seconds) throws WalletException {
    find(name).orElseThrow().locking().unlockFor(key, seconds);
    scheduler.after((seconds + 1) * 1000, () -> lockIfDue(name));
  }

  private void lockIfDue(String name) {
    find(name).ifPresent(wallet -> wallet.locking().lockIfDue());
  }

  /** The wallets as they are now. */
  public WalletsMark mark() throws WalletException {
    Map<String, List<WalletRecord>> stored = new TreeMap<>();
    for (String name : home.names()) {
      Optional<Wallet> wallet = find(name);
      stored.put(name, wallet.isPresent() ? wallet.get().records() : read(name));
    }
    return new WalletsMark(stored, names(), home.loadedAtStart());
  }

  private List<WalletRecord> read(String name) throws WalletException {
    try (WalletStore store = home.open(name)) {
      return store.load();
    }
  }

  /**
   * Makes the wallets what they were: those that are new are forgotten, and what owners did since
   * is taken back. Chain and mempool are at that mark already. Encrypted wallets are locked.
   */
  public void revert(WalletsMark mark) throws WalletException {
    loaded.removeAll();
    for (String name : home.names()) {
      if (!mark.stored.containsKey(name)) {
        home.delete(name);
      }
    }
    for (Map.Entry<String, List<WalletRecord>> wallet : mark.stored.entrySet()) {
      restore(wallet.getKey(), wallet.getValue(), mark.loaded.contains(wallet.getKey()));
    }
    home.loadedAtStart().forEach(name -> home.loadAtStart(name, false));
    mark.loadedAtStart.forEach(name -> home.loadAtStart(name, true));
  }

  private void restore(String name, List<WalletRecord> records, boolean load)
      throws WalletException {
    WalletStore store = home.has(name) ? home.open(name) : home.create(name);
    store.replaceAll(records);
    if (load) {
      Wallet wallet = Wallet.open(store, context);
      wallet.resume();
      loaded.addKnown(name, wallet);
    } else {
      store.close();
    }
  }

  private void expectNew(String name) throws WalletException {
    WalletName.expectPlain(name);
    if (home.has(name)) {
      throw new WalletException(
          WalletError.WALLET_EXISTS, "There is already a wallet \"" + name + "\" in " + home);
    }
  }

  /** A wallet that could not be made leaves nothing behind. */
  private void discard(String name, WalletStore store) {
    store.close();
    home.delete(name);
  }

  /** Closes all wallets. */
  @Override
  public void close() {
    loaded.close();
  }
}
