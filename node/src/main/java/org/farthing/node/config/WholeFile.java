package org.farthing.node.config;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that are replaced as a whole or not at all: a reader never sees half of one. */
public final class WholeFile {
  private WholeFile() {}

  /** Writes what a file is to hold, piece by piece. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  public static void write(Path file, byte[] content) throws IOException {
    Path fresh = fresh(file);
    Files.write(fresh, content);
    replace(file, fresh);
  }

  /** The same with what is too large to be in memory twice. */
  public static void write(Path file, Content content) throws IOException {
    Path fresh = fresh(file);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
      content.writeTo(out);
    }
    replace(file, fresh);
  }

  /** The same with text, as UTF-8. */
  public static void write(Path file, CharSequence text) throws IOException {
    write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The same, and it is on the disk when this returns. */
  public static void writeDurably(Path file, CharSequence text) throws IOException {
    Path fresh = fresh(file);
    Files.writeString(fresh, text);
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    replace(file, fresh);
  }

  /** The same with what nobody else may read. */
  public static void writeSecret(Path file, byte[] content) throws IOException {
    Path fresh = fresh(file);
    Files.deleteIfExists(fresh);
    if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    write(file, content);
  }

  /**
   * Moves a file that is of no use out of the way, over one that was moved before.
   *
   * @return where it is now
   */
  public static Path putAside(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".bak");
    return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path fresh(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static void replace(Path file, Path fresh) throws IOException {
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
