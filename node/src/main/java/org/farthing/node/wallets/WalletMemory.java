package org.farthing.node.wallets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farthing.wallet.store.MemoryWalletStore;
import org.farthing.wallet.store.WalletStore;

/** Wallets of a node that keeps nothing on disk. */
final class WalletMemory implements WalletHome {
  private final Map<String, MemoryWalletStore> stores = new TreeMap<>();
  private List<String> loadedAtStart = List.of();

  @Override
  public List<String> names() {
    return List.copyOf(stores.keySet());
  }

  @Override
  public boolean has(String name) {
    return stores.containsKey(name);
  }

  @Override
  public Path folder(String name) {
    return Path.of(name);
  }

  @Override
  public boolean holds(Path destination) {
    return false;
  }

  @Override
  public WalletStore create(String name) {
    MemoryWalletStore store = new MemoryWalletStore();
    stores.put(name, store);
    return store;
  }

  @Override
  public WalletStore open(String name) {
    return stores.get(name);
  }

  @Override
  public void delete(String name) {
    stores.remove(name);
  }

  @Override
  public List<String> loadedAtStart() {
    return loadedAtStart;
  }

  @Override
  public void loadAtStart(String name, boolean wanted) {
    List<String> names = new ArrayList<>(loadedAtStart);
    names.remove(name);
    if (wanted) {
      names.add(name);
    }
    loadedAtStart = List.copyOf(names);
  }

  @Override
  public String toString() {
    return "memory";
  }
}
