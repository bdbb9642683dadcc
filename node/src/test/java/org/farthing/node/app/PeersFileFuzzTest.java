package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.node.peer.KnownAddress;
import org.farthing.testing.Decoding;
import org.junit.jupiter.api.io.TempDir;

/** The file of peers: what can be read of it is written and read again as it was. */
class PeersFileFuzzTest {
  @TempDir static Path folder;

  @FuzzTest
  void load(byte[] input) throws Exception {
    Path path = Files.write(folder.resolve("peers"), input);
    PeersFile file = new PeersFile(Optional.of(path));
    List<KnownAddress> addresses =
        Decoding.of(4096 + input.length, IOException.class, file::load).orElseThrow();
    file.save(addresses);
    assertThat(file.load()).isEqualTo(addresses);
  }
}
