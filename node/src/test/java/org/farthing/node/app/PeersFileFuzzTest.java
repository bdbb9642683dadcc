package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.farthing.node.peer.AddressBook;
import org.farthing.testing.Decoding;
import org.junit.jupiter.api.io.TempDir;

/** The file of peers: what can be read of it is written and read again as it was. */
class PeersFileFuzzTest {
  private static final int MAGIC = 0xfabfb5da;

  @TempDir static Path folder;

  @FuzzTest
  void load(byte[] input) throws Exception {
    Path path = folder.resolve("peers");
    // With the right end, so that more than the checksum is tried.
    Files.write(path, Sealed.seal(MAGIC, input));
    AddressBook book = new AddressBook(new Random(1));
    PeersFile file = new PeersFile(Optional.of(path), MAGIC);
    boolean wasRead =
        Decoding.of(
                4096 + 8 * input.length,
                StartException.class,
                () -> {
                  file.load(book);
                  return true;
                })
            .orElse(false);
    if (wasRead) {
      file.save(book);
      AddressBook again = new AddressBook(new Random(2));
      file.load(again);
      assertThat(again.all()).isEqualTo(book.all());
    }
  }
}
