package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.farthing.node.wire.TestAddress;
import org.farthing.node.wire.TimedAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorsFileTest {
  private static final int MAGIC = 0xfabfb5da;
  private static final int CHECKSUM_BYTES = 32;

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("anchors.dat");
  }

  private AnchorsFile file() {
    return new AnchorsFile(Optional.of(path()), MAGIC);
  }

  private static TimedAddress anchor(String text) {
    return new TimedAddress(0x65000000L, 9, TestAddress.of(text, 0));
  }

  @Test
  void anchorsAreTakenOnce() {
    List<TimedAddress> anchors =
        List.of(
            anchor("8.8.8.8:8333"),
            anchor("pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333"));
    file().save(anchors);
    assertThat(file().take()).isEqualTo(anchors);
    assertThat(path()).doesNotExist();
    assertThat(file().take()).isEmpty();
  }

  /** Magic, count, version with the bit of BIP-0155, time, services, network, length, address. */
  @Test
  void theFormIsBitcoinCores() throws IOException {
    file().save(List.of(anchor("8.8.8.8:8333")));
    byte[] content = Files.readAllBytes(path());
    assertThat(HexFormat.of().formatHex(content, 0, content.length - CHECKSUM_BYTES))
        .isEqualTo(
            "fabfb5da" + "01" + "605b0320" + "00000065" + "09" + "01" + "04" + "08080808" + "208d");
  }

  @Test
  void whatIsDamagedIsGoneAndNobodyIsAnAnchor() throws IOException {
    file().save(List.of(anchor("8.8.8.8:8333")));
    byte[] content = Files.readAllBytes(path());
    for (int i = 0; i < content.length; i++) {
      byte[] damaged = content.clone();
      damaged[i] ^= 1;
      Files.write(path(), damaged);
      assertThat(file().take()).as("byte %s", i).isEmpty();
      assertThat(path()).doesNotExist();
    }
  }

  @Test
  void aNodeInMemoryKeepsNothing() {
    AnchorsFile nowhere = new AnchorsFile(Optional.empty(), MAGIC);
    nowhere.save(List.of(anchor("8.8.8.8:8333")));
    assertThat(nowhere.take()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
