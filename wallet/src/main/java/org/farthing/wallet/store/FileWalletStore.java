package org.farthing.wallet.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.farthing.consensus.chain.StoreException;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * A wallet in a folder of its own: the file {@code wallet.dat}, which may be copied while no node
 * has the wallet open, and a lock that keeps other processes out. Records are appended and forced
 * to disk; rewriting the whole file goes by way of a temporary one and an atomic rename. A kill at
 * any instant leaves a file that opens, with everything in it that was acknowledged.
 */
public final class FileWalletStore implements WalletStore {
  /** The file that holds the wallet, where Bitcoin Core has it: a copy of it is a backup. */
  public static final String FILE_NAME = "wallet.dat";

  /** What it was called before; a wallet of that name gets the present one when it is opened. */
  static final String FORMER_NAME = "wallet.journal";

  private static final String LOCK_NAME = "wallet.lock";
  private static final String TEMPORARY_SUFFIX = ".new";

  private final Path folder;
  private final FileChannel lockChannel;
  private final FileLock lock;
  private FileChannel journal;

  private FileWalletStore(Path folder, FileChannel lockChannel, FileLock lock) {
    this.folder = folder;
    this.lockChannel = lockChannel;
    this.lock = lock;
  }

  /** Whether there is a wallet in this folder. */
  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve(FILE_NAME)) || Files.exists(folder.resolve(FORMER_NAME));
  }

  /** Removes a wallet whose store is closed, and the folder if nothing else is in it. */
  public static void delete(Path folder) throws IOException {
    for (String name : List.of(FILE_NAME, FORMER_NAME, FILE_NAME + TEMPORARY_SUFFIX, LOCK_NAME)) {
      Files.deleteIfExists(folder.resolve(name));
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // The rest is somebody else's.
    }
  }

  /**
   * Makes the folder and an empty wallet in it.
   *
   * @throws WalletException WALLET_EXISTS, WALLET_IN_USE
   * @throws StoreException if the folder cannot be written to
   */
  public static FileWalletStore create(Path folder) throws WalletException {
    if (exists(folder)) {
      throw new WalletException(
          WalletError.WALLET_EXISTS,
          "there is a wallet named '" + folder.getFileName() + "' already: choose another name");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failed("the folder " + folder + " cannot be made", e);
    }
    return locked(folder);
  }

  /**
   * Opens the wallet in a folder.
   *
   * @throws WalletException WALLET_NOT_FOUND, WALLET_IN_USE
   */
  public static FileWalletStore open(Path folder) throws WalletException {
    if (!exists(folder)) {
      throw new WalletException(
          WalletError.WALLET_NOT_FOUND,
          "there is no wallet named '" + folder.getFileName() + "': create or restore it first");
    }
    FileWalletStore store = locked(folder);
    try {
      renameFormer(folder);
      return store;
    } catch (IOException e) {
      store.close();
      throw failed("the wallet in " + folder + " cannot be given its present name", e);
    }
  }

  private static void renameFormer(Path folder) throws IOException {
    Path former = folder.resolve(FORMER_NAME);
    Path file = folder.resolve(FILE_NAME);
    if (!Files.exists(file) && Files.exists(former)) {
      Files.move(former, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Writes the records of a wallet into a file of their own, from which it can be restored.
   *
   * @param destination a file, or a folder in which it gets the usual name
   * @throws WalletException BACKUP_FAILED; what was there before is unchanged then
   */
  public static void writeBackup(Path destination, List<WalletRecord> records)
      throws WalletException {
    Path file = Files.isDirectory(destination) ? destination.resolve(FILE_NAME) : destination;
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
    try {
      Files.deleteIfExists(temporary);
      writeWhole(temporary, records);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new WalletException(WalletError.BACKUP_FAILED, "Error: Wallet backup failed!");
    }
  }

  /**
   * @throws WalletException BACKUP_FAILED if the place of a file has no name, or is taken
   */
  public static void expectFree(Path destination) throws WalletException {
    if (destination.toString().isEmpty()) {
      throw new WalletException(
          WalletError.BACKUP_FAILED, "Error: Export destination cannot be empty");
    }
    if (Files.exists(destination)) {
      throw new WalletException(
          WalletError.BACKUP_FAILED,
          "Error: Export destination '" + destination + "' already exists");
    }
  }

  /**
   * The records of a backup.
   *
   * @throws WalletException BACKUP_NOT_FOUND, BACKUP_FAILED, UNREADABLE_WALLET
   */
  public static List<WalletRecord> readBackup(Path file) throws WalletException {
    if (!Files.exists(file)) {
      throw new WalletException(WalletError.BACKUP_NOT_FOUND, "Backup file does not exist");
    }
    try {
      return Journal.read(Files.readAllBytes(file)).records();
    } catch (IOException e) {
      throw new WalletException(
          WalletError.BACKUP_FAILED, "the backup " + file + " cannot be read: " + e.getMessage());
    }
  }

  private static void writeWhole(Path file, List<WalletRecord> records) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      onlyForOwner(file);
      writeFully(out, Journal.header());
      writeFully(out, Journal.frame(records));
      out.force(true);
    }
  }

  private static FileWalletStore locked(Path folder) throws WalletException {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FileWalletStore(folder, channel, lock);
      }
    } catch (OverlappingFileLockException e) {
      // This process has it open already: as below.
    } catch (IOException e) {
      throw failed("the folder " + folder + " cannot be written to", e);
    }
    closeQuietly(channel);
    throw new WalletException(
        WalletError.WALLET_IN_USE,
        "the wallet '" + folder.getFileName() + "' is open already, here or in another process");
  }

  @Override
  public List<WalletRecord> load() throws WalletException {
    Path file = folder.resolve(FILE_NAME);
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      Journal.Content content = Journal.read(Files.readAllBytes(file));
      openJournal();
      if (journal.size() > content.intactLength()) {
        journal.truncate(content.intactLength());
        journal.force(true);
      }
      journal.position(content.intactLength());
      return content.records();
    } catch (IOException e) {
      throw failed("the wallet's file " + file + " cannot be read", e);
    }
  }

  private void openJournal() throws IOException {
    closeQuietly(journal);
    journal = FileChannel.open(folder.resolve(FILE_NAME), StandardOpenOption.WRITE);
    journal.position(journal.size());
  }

  @Override
  public void append(List<WalletRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    if (journal == null) {
      replaceAll(records);
      return;
    }
    try {
      writeFully(journal, Journal.frame(records));
      journal.force(false);
    } catch (IOException e) {
      throw failed("the wallet in " + folder + " cannot be written", e);
    }
  }

  @Override
  public void replaceAll(List<WalletRecord> records) {
    Path temporary = folder.resolve(FILE_NAME + TEMPORARY_SUFFIX);
    try {
      Files.deleteIfExists(temporary);
      writeWhole(temporary, records);
      Files.move(
          temporary,
          folder.resolve(FILE_NAME),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      forceFolder();
      openJournal();
    } catch (IOException e) {
      throw failed("the wallet in " + folder + " cannot be written", e);
    }
  }

  private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void onlyForOwner(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (UnsupportedOperationException e) {
      // Not a POSIX file system: the folder's own rules apply.
    }
  }

  /** Makes the rename last; file systems that cannot do it need not. */
  private void forceFolder() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders, and orders renames by itself.
    }
  }

  @Override
  public void close() {
    closeQuietly(journal);
    try {
      lock.release();
    } catch (IOException e) {
      // Closing the channel releases it as well.
    }
    closeQuietly(lockChannel);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw failed("a wallet's file cannot be closed", e);
    }
  }

  private static StoreException failed(String what, IOException cause) {
    return new StoreException(what + ": " + cause.getMessage(), cause);
  }
}
