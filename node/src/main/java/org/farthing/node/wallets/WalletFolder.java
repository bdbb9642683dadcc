package org.farthing.node.wallets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.consensus.chain.StoreException;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.WalletStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wallets on disk: a folder for each. */
final class WalletFolder implements WalletHome {
  private static final Logger LOG = LoggerFactory.getLogger(WalletFolder.class);

  private final Path folder;
  private final Settings settings;

  WalletFolder(Path folder, Path settingsFile) {
    this.folder = folder;
    this.settings = new Settings(settingsFile);
  }

  @Override
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(FileWalletStore::exists)
          .map(child -> child.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StoreException("cannot read " + folder, e);
    }
  }

  @Override
  public boolean has(String name) {
    return FileWalletStore.exists(path(name));
  }

  @Override
  public Path folder(String name) {
    return path(name);
  }

  @Override
  public boolean holds(Path destination) {
    Path place = destination.toAbsolutePath().normalize();
    Path file = Files.isDirectory(place) ? place.resolve(FileWalletStore.FILE_NAME) : place;
    Path home = folder.toAbsolutePath().normalize();
    boolean beside = file.startsWith(home) && file.getNameCount() - home.getNameCount() <= 2;
    return beside && file.endsWith(FileWalletStore.FILE_NAME);
  }

  @Override
  public WalletStore create(String name) throws WalletException {
    return FileWalletStore.create(path(name));
  }

  @Override
  public WalletStore open(String name) throws WalletException {
    return FileWalletStore.open(path(name));
  }

  @Override
  public void delete(String name) {
    try {
      FileWalletStore.delete(path(name));
    } catch (IOException e) {
      LOG.warn("cannot remove the wallet {}", path(name), e);
    }
  }

  @Override
  public List<String> loadedAtStart() {
    return settings.wallets();
  }

  @Override
  public void loadAtStart(String name, boolean wanted) {
    settings.remember(name, wanted);
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
