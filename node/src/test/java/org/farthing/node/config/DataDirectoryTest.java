package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path base;
  private DataDirectory data;

  @BeforeEach
  void ofRegtest() {
    data = DataDirectory.of(base, "regtest");
  }

  @Test
  void newAndOwnFoldersWillDo() throws IOException {
    assertThatCode(data::refuseBitcoinCores).doesNotThrowAnyException();
    Files.createDirectories(data.blocks());
    Files.createDirectories(data.chainstate());
    assertThatCode(data::refuseBitcoinCores).doesNotThrowAnyException();
  }

  @Test
  void blockFilesAreBitcoinCores() throws IOException {
    Files.createDirectories(data.blocks());
    Files.createFile(data.blocks().resolve("blk00017.dat"));
    assertRefused();
  }

  /** With -blocksdir the files are elsewhere, and their index is still here. */
  @Test
  void anIndexOfBlocksIsBitcoinCores() throws IOException {
    Files.createDirectories(data.blocks().resolve("index"));
    assertRefused();
  }

  @Test
  void itIsAboutOneNetwork() throws IOException {
    Path other = DataDirectory.of(base, "signet").blocks();
    Files.createDirectories(other);
    Files.createFile(other.resolve("blk00000.dat"));
    assertThatCode(data::refuseBitcoinCores).doesNotThrowAnyException();
  }

  private void assertRefused() {
    assertThatThrownBy(data::refuseBitcoinCores)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("holds the blocks of Bitcoin Core")
        .hasMessageContaining(data.folder().toString());
  }
}
