package org.farthing.consensus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.farthing.consensus.chain.StoreException;

/** The directories of databases. */
final class Directories {
  private Directories() {}

  /**
   * Makes a directory with those above it, if need be.
   *
   * @throws StoreException if it cannot be made or written
   */
  static void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(
          "cannot make the directory " + directory + ": " + e.getClass().getSimpleName(), e);
    }
    if (!Files.isWritable(directory)) {
      throw new StoreException("cannot write to the directory " + directory);
    }
  }
}
