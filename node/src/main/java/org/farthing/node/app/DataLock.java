package org.farthing.node.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.farthing.node.config.DataDirectory;

/** Holds a data directory for one node. The operating system lets it go when the process ends. */
final class DataLock implements AutoCloseable {
  private static final String CHOOSE_ANOTHER =
      "Choose another one with --data, or make this one writable.";

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Makes the directory if it is not there, and takes it. */
  static DataLock take(DataDirectory data) throws StartException {
    Path folder = data.folder();
    try {
      Files.createDirectories(folder);
      if (!Files.exists(data.chainstate())) {
        Files.createDirectories(data.walletsOfItsOwn());
      }
      for (Path each : List.of(data.blocks(), data.indexes())) {
        Files.createDirectories(each);
      }
    } catch (IOException e) {
      throw new StartException("Cannot create the data directory %s (%s).".formatted(folder, e), e)
          .advise(CHOOSE_ANOTHER);
    }
    FileChannel channel = open(data.lock(), folder);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DataLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Another node of this very process: the same as a node of another one.
    } catch (IOException e) {
      closeQuietly(channel);
      throw new StartException("Cannot lock the data directory " + folder + " (" + e + ").", e);
    }
    closeQuietly(channel);
    throw new StartException(
            "Cannot obtain a lock on directory %s. Farthing is probably already running."
                .formatted(folder))
        .advise("Stop that node first, or choose another directory with --data.");
  }

  private static FileChannel open(Path lock, Path folder) throws StartException {
    try {
      return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StartException(
              "Cannot write to the data directory %s (%s).".formatted(folder, e), e)
          .advise(CHOOSE_ANOTHER);
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written: nothing is lost.
    }
  }
}
