package org.farthing.consensus.store;

import java.util.List;
import org.farthing.consensus.natives.NativeLibrary;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/** RocksDB's native code. */
final class RocksCode {
  private static boolean loaded;
  private static boolean ours;

  private RocksCode() {}

  /** Loads it, if that has not happened yet. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    ours = library().load(folder -> RocksDB.loadLibrary(List.of(folder)));
    if (!ours) {
      RocksDB.loadLibrary();
    }
    loaded = true;
  }

  /** Whether it was loaded in the way that takes less time, not in RocksDB's own. */
  static synchronized boolean isOurs() {
    return ours;
  }

  /** In the jar it has another name than the one that RocksDB looks for in a folder. */
  private static NativeLibrary library() {
    return new NativeLibrary(
        RocksDB.class.getClassLoader(),
        Environment.getJniLibraryFileName("rocksdb"),
        Environment.getJniLibraryFileName("rocksdbjni"));
  }
}
