package org.farthing.wallet.store;

import java.util.ArrayList;
import java.util.List;

/** A store for simulations and tests, which forgets all when the process ends. */
public final class MemoryWalletStore implements WalletStore {
  private final List<WalletRecord> records = new ArrayList<>();

  @Override
  public List<WalletRecord> load() {
    return List.copyOf(records);
  }

  @Override
  public void append(List<WalletRecord> more) {
    records.addAll(more);
  }

  @Override
  public void replaceAll(List<WalletRecord> replacement) {
    records.clear();
    records.addAll(replacement);
  }

  /** The records stay: the store can be given to another wallet, as a file can. */
  @Override
  public void close() {}
}
