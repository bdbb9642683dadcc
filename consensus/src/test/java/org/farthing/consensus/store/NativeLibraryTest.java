package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @TempDir private Path folder;

  @Test
  void isUnpackedOnce() throws IOException {
    Path natives = folder.resolve("not there yet");
    Path own = NativeLibrary.unpacked(natives);
    Object first = Files.readAttributes(only(own), "fileKey,lastModifiedTime");
    assertThat(NativeLibrary.unpacked(natives)).isEqualTo(own);
    assertThat(Files.readAttributes(only(own), "fileKey,lastModifiedTime")).isEqualTo(first);
  }

  @Test
  void isWhole() throws IOException {
    assertThat(Files.size(only(NativeLibrary.unpacked(folder)))).isGreaterThan(1_000_000);
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
