package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.farthing.node.peer.AddressBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersFileTest {
  private static final int MAGIC = 0xfabfb5da;

  @TempDir Path folder;

  @Test
  void aDamagedFileSaysWhatToDo() throws IOException {
    Path path = folder.resolve("peers.dat");
    AddressBook book = new AddressBook(new Random(1));
    PeersFile file = new PeersFile(Optional.of(path), MAGIC);
    file.save(book);
    byte[] content = Files.readAllBytes(path);
    content[content.length - 1] ^= 1;
    Files.write(path, content);
    assertThatThrownBy(() -> file.load(book))
        .isInstanceOfSatisfying(
            StartException.class,
            refusal -> {
              // What programs know, and what a person reads on our own command line.
              assertThat(refusal)
                  .hasMessageStartingWith(
                      "Invalid or corrupt peers.dat (Checksum mismatch, data corrupted). If you"
                          + " believe this is a bug");
              assertThat(refusal.withAdvice())
                  .contains("mv " + path + " " + path + ".damaged", "start the node again")
                  .doesNotContain("bitcoin/bitcoin");
            });
    assertThat(path).hasBinaryContent(content);
  }
}
