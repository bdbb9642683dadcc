package org.farthing.wallet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.store.FileWalletStore;
import org.farthing.wallet.store.WalletRecord;
import org.farthing.wallet.store.WalletStore;

/**
 * A wallet's file whose process is killed while it writes: of that write a part is on disk, which
 * may be nothing, and of later ones nothing. Whoever wrote goes on until its owner looks, as if it
 * were still there; nobody may listen to it any more.
 */
final class DyingStore implements WalletStore {
  private final Path file;
  private final Random random;
  private final WalletStore disk;
  private int writesLeft;
  private boolean dead;

  private DyingStore(Path folder, WalletStore disk, Random random) {
    this.file = folder.resolve(FileWalletStore.FILE_NAME);
    this.disk = disk;
    this.random = random;
  }

  static DyingStore create(Path folder, Random random) throws WalletException {
    return new DyingStore(folder, FileWalletStore.create(folder), random);
  }

  static DyingStore open(Path folder, Random random) throws WalletException {
    return new DyingStore(folder, FileWalletStore.open(folder), random);
  }

  /**
   * @param writes it dies in the last of so many; 0 for none
   */
  void dieIn(int writes) {
    writesLeft = writes;
  }

  boolean isDead() {
    return dead;
  }

  @Override
  public List<WalletRecord> load() throws WalletException {
    return disk.load();
  }

  @Override
  public void append(List<WalletRecord> records) {
    if (dead || records.isEmpty()) {
      return;
    }
    try {
      long before = Files.exists(file) ? Files.size(file) : 0;
      disk.append(records);
      dead = --writesLeft == 0;
      if (dead) {
        tear(before);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tear(long before) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      int written = (int) (channel.size() - before);
      channel.truncate(before + random.nextInt(written));
    }
  }

  /** A kill comes before the new file has its name, or behind that. */
  @Override
  public void replaceAll(List<WalletRecord> records) {
    if (dead) {
      return;
    }
    dead = --writesLeft == 0;
    if (dead && random.nextBoolean()) {
      byte[] part = new byte[random.nextInt(1000)];
      random.nextBytes(part);
      try {
        Files.write(file.resolveSibling(file.getFileName() + ".new"), part);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      disk.replaceAll(records);
    }
  }

  @Override
  public void close() {
    disk.close();
  }
}
