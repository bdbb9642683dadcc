package org.farthing.node.cli.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends to a file that is opened by the first write, not before: a node that finds its data
 * directory in use by another one leaves the other one's log alone.
 */
final class LazyFile extends OutputStream {
  private final Path file;
  private OutputStream out;

  LazyFile(Path file) {
    this.file = file;
  }

  @Override
  public void write(int value) throws IOException {
    opened().write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    opened().write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }

  private OutputStream opened() throws IOException {
    if (out == null) {
      out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    return out;
  }
}
