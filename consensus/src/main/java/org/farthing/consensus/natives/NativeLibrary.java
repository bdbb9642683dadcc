package org.farthing.consensus.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Native code that stands in a jar. Its bindings unpack it into a temporary file at each start,
 * which takes long, and is left for good where the process is killed. Here it is unpacked once,
 * into the folder that the system property {@value #FOLDER} names; its checksum is part of the
 * path, so that another version never meets it, and is checked before it is loaded. Without such a
 * folder it is unpacked at each start too, and deleted as soon as it is loaded, where the system
 * allows that: nothing is left of a node in a test.
 *
 * @param loader of the jar
 * @param resource the path of the code in the jar
 * @param fileName as whoever loads it expects it
 */
public record NativeLibrary(ClassLoader loader, String resource, String fileName) {
  /** A folder of the same user, made if need be. */
  static final String FOLDER = "farthing.natives";

  private static final int CHUNK = 256 * 1024;

  /**
   * Loads it.
   *
   * @param way how it is loaded from the folder that it gets
   * @return false if that cannot be: it is not there for this machine, cannot be unpacked, or
   *     stands in a folder that must not hold code
   */
  public boolean load(Consumer<String> way) {
    return folder().filter(folder -> loadKept(folder, way)).isPresent() || loadAndDelete(way);
  }

  private static Optional<Path> folder() {
    return Optional.of(System.getProperty(FOLDER, ""))
        .filter(named -> !named.isEmpty())
        .map(Path::of);
  }

  private boolean loadKept(Path folder, Consumer<String> way) {
    try {
      way.accept(folderOf(unpacked(folder)));
      return true;
    } catch (IOException | UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static String folderOf(Path file) {
    return file.getParent().toString();
  }

  private boolean loadAndDelete(Consumer<String> way) {
    try {
      Path temporary = Files.createTempDirectory("farthing-natives");
      Path file = unpacked(temporary);
      try {
        way.accept(folderOf(file));
      } finally {
        for (Path each : List.of(file, file.getParent(), temporary)) {
          delete(each);
        }
      }
      return true;
    } catch (IOException | UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      // Windows keeps what is in use.
      path.toFile().deleteOnExit();
    }
  }

  /** The file that has the library, alone in its folder. */
  Path unpacked(Path folder) throws IOException {
    URL found = loader.getResource(resource);
    if (found == null || !(found.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("no " + resource + " in a jar");
    }
    long checksum = connection.getJarEntry().getCrc();
    Path own = folder.resolve(fileName + "-" + Long.toHexString(checksum));
    Path library = own.resolve(fileName);
    if (!Files.exists(library) || checksum(library) != checksum) {
      Files.createDirectories(own);
      // Whoever comes at the same time sees all of it or nothing.
      Path part = own.resolve(ProcessHandle.current().pid() + ".part");
      try (InputStream in = connection.getInputStream()) {
        write(in, part);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return library;
  }

  /** Of a file that may have been damaged since it was written. */
  private static long checksum(Path file) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
      copy(in, OutputStream.nullOutputStream());
      return in.getChecksum().getValue();
    }
  }

  private static void write(InputStream in, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      copy(in, out);
    }
  }

  /** In larger pieces than the JDK does it. */
  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
      out.write(chunk, 0, length);
    }
  }
}
