package org.farthing.node.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that says something of the running node, such as a port, and goes with it. */
final class RunFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunFile.class);

  private final Path file;

  private RunFile(Path file) {
    this.file = file;
  }

  /**
   * Removes what a node that was killed has left behind. To be called first of all by the next one:
   * the old ports may be somebody else's by now, to whom nobody should send the password.
   */
  static void removeStale(DataDirectory data) throws StartException {
    for (Path file : List.of(data.rpcPort(), data.p2pPort(), data.cookie(), data.pid())) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new StartException("Cannot remove " + file + " of an earlier run: " + e, e);
      }
    }
  }

  /** Writes a number in decimal; a reader sees all of it or no file. */
  static RunFile write(Path file, long number) throws StartException {
    try {
      WholeFile.write(file, number + "\n");
      return new RunFile(file);
    } catch (IOException e) {
      throw new StartException("Cannot write " + file + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("Could not delete {}: {}", file, e.toString());
    }
  }
}
