package org.farthing.consensus.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's native code. RocksDB unpacks it from its jar into a temporary file at each start, which
 * costs a fifth of a second, and 16 MB of disk for good where the process is killed. Here it is
 * unpacked once, into the folder that the system property {@value #FOLDER} names; its checksum is
 * part of the path, so that another version never meets it. Without such a folder it is unpacked at
 * each start too, and deleted as soon as it is loaded, where the system allows that.
 */
final class NativeLibrary {
  /** A folder of the same user, made if need be. */
  static final String FOLDER = "farthing.natives";

  private static final String NAME = "rocksdb";

  private static boolean loaded;

  private NativeLibrary() {}

  /** Loads it, if that has not happened yet. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    String folder = System.getProperty(FOLDER, "");
    try {
      if (folder.isEmpty()) {
        loadAndDelete();
      } else {
        loadFrom(unpacked(Path.of(folder)));
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      // A folder that cannot be written, or must not hold code: RocksDB has its own way.
      RocksDB.loadLibrary();
    }
    loaded = true;
  }

  private static void loadFrom(Path folder) {
    RocksDB.loadLibrary(List.of(folder.toString()));
  }

  private static void loadAndDelete() throws IOException {
    Path temporary = Files.createTempDirectory("farthing-natives");
    Path folder = unpacked(temporary);
    try {
      loadFrom(folder);
    } finally {
      for (Path each : List.of(folder.resolve(libraryName()), folder, temporary)) {
        delete(each);
      }
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

  private static String libraryName() {
    return Environment.getSharedLibraryFileName(NAME);
  }

  /** The folder that has the library under the name that RocksDB looks for. */
  static Path unpacked(Path folder) throws IOException {
    String inJar = Environment.getJniLibraryFileName(NAME);
    URL resource = RocksDB.class.getClassLoader().getResource(inJar);
    if (resource == null || !(resource.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("no " + inJar + " in a jar");
    }
    String checksum = Long.toHexString(connection.getJarEntry().getCrc());
    Path own = folder.resolve(NAME + "-" + checksum);
    Path library = own.resolve(libraryName());
    if (!Files.exists(library)) {
      Files.createDirectories(own);
      // Whoever comes at the same time sees all of it or nothing.
      Path part = own.resolve(ProcessHandle.current().pid() + ".part");
      try (InputStream in = connection.getInputStream()) {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return own;
  }
}
