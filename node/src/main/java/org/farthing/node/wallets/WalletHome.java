package org.farthing.node.wallets;

import java.nio.file.Path;
import java.util.List;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.WalletStore;

/**
 * Where the wallets of a node are, each under its name, and which of them it loads at its start.
 * Names have been checked. Owned by the node's thread.
 */
public interface WalletHome {
  /** Each wallet has a folder of its own in a folder. */
  static WalletHome inFolder(Path folder, Path settingsFile) {
    return new WalletFolder(folder, settingsFile);
  }

  /** They end with the process. */
  static WalletHome inMemory() {
    return new WalletMemory();
  }

  /** The names of all, loaded or not, in alphabetical order. */
  List<String> names();

  boolean has(String name);

  /** Where a wallet is, as people are told. */
  Path folder(String name);

  /** The file that holds a wallet, as people are told. */
  default Path file(String name) {
    return folder(name).resolve(FileWalletStore.FILE_NAME);
  }

  /**
   * Whether a file, or that with the usual name in a folder, is where the wallets are: no place for
   * a backup.
   */
  boolean holds(Path destination);

  /** A store for a new wallet. */
  WalletStore create(String name) throws WalletException;

  /** The store of a wallet that is there. */
  WalletStore open(String name) throws WalletException;

  /** Forgets a wallet whose store is closed. */
  void delete(String name);

  /** The wallets to load when the node starts. */
  List<String> loadedAtStart();

  /** Whether to load a wallet when the node starts. */
  void loadAtStart(String name, boolean wanted);
}
