package org.farthing.consensus.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  /** Something large in a jar on the class path; it needs not be code. */
  private static final String IN_JAR = Test.class.getName().replace('.', '/') + ".class";

  private final NativeLibrary library =
      new NativeLibrary(Test.class.getClassLoader(), IN_JAR, "libtest.so");

  @TempDir private Path folder;

  @Test
  void isUnpackedOnce() throws IOException {
    Path natives = folder.resolve("not there yet");
    Path own = library.unpacked(natives);
    Object first = Files.readAttributes(own, "fileKey,lastModifiedTime");
    assertThat(library.unpacked(natives)).isEqualTo(own);
    assertThat(Files.readAttributes(own, "fileKey,lastModifiedTime")).isEqualTo(first);
  }

  @Test
  void isWholeAndAloneInItsFolder() throws IOException {
    Path own = library.unpacked(folder);
    assertThat(own.getParent()).isDirectoryContaining(own::equals);
    assertThat(own.getParent().toFile().list()).containsExactly("libtest.so");
    assertThat(own).hasBinaryContent(Test.class.getResourceAsStream("Test.class").readAllBytes());
  }

  @Test
  void isWrittenAnewWhereItIsDamaged() throws IOException {
    Path own = library.unpacked(folder);
    byte[] whole = Files.readAllBytes(own);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(own, damaged);
    assertThat(library.unpacked(folder)).isEqualTo(own).hasBinaryContent(whole);
  }

  @Test
  void isDeletedOnceLoadedWhereNoFolderCanBeHad() throws IOException {
    Path file = Files.createFile(folder.resolve("not a folder"));
    withFolder(file.resolve("natives").toString(), this::assertLoadedFromATemporaryFile);
  }

  @Test
  void isDeletedOnceLoadedWhereNoFolderIsWanted() {
    withFolder("", this::assertLoadedFromATemporaryFile);
  }

  private static void withFolder(String named, Runnable check) {
    String before = System.getProperty(NativeLibrary.FOLDER);
    System.setProperty(NativeLibrary.FOLDER, named);
    try {
      check.run();
    } finally {
      if (before == null) {
        System.clearProperty(NativeLibrary.FOLDER);
      } else {
        System.setProperty(NativeLibrary.FOLDER, before);
      }
    }
  }

  private void assertLoadedFromATemporaryFile() {
    List<Path> seen = new ArrayList<>();
    boolean loaded =
        library.load(
            own -> {
              assertThat(Path.of(own, "libtest.so")).exists();
              seen.add(Path.of(own));
            });
    assertThat(loaded).isTrue();
    assertThat(seen).singleElement().satisfies(own -> assertThat(own.getParent()).doesNotExist());
  }

  private static void refuse(String folder) {
    throw new UnsatisfiedLinkError(folder + " must not hold code");
  }

  @Test
  void isNotLoadedWhereItIsMissingOrDoesNotFit() {
    ClassLoader loader = Test.class.getClassLoader();
    NativeLibrary missing = new NativeLibrary(loader, "no/such.so", "no.so");
    assertThat(missing.load(own -> fail("there is nothing to load"))).isFalse();
    withFolder(
        folder.toString(), () -> assertThat(library.load(NativeLibraryTest::refuse)).isFalse());
  }
}
