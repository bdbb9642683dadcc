package org.farthing.node.wallets;

import java.util.List;
import java.util.Map;
import org.farthing.wallet.store.WalletRecord;

/** The wallets of a node as they were once; see {@link WalletRegistry#revert}. */
public final class WalletsMark {
  final Map<String, List<WalletRecord>> stored;
  final List<String> loaded;
  final List<String> loadedAtStart;

  WalletsMark(
      Map<String, List<WalletRecord>> stored, List<String> loaded, List<String> loadedAtStart) {
    this.stored = stored;
    this.loaded = loaded;
    this.loadedAtStart = loadedAtStart;
  }
}
