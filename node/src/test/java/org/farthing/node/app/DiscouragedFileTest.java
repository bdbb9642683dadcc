package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.node.peer.BanList.Discouraged;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TestAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscouragedFileTest {
  private static final long DAY = 86_400;
  private static final long NOW = 1_800_000_000;

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("discouraged.json");
  }

  private DiscouragedFile file() {
    return new DiscouragedFile(Optional.of(path()), DAY);
  }

  private static NetAddress address(String text) {
    return TestAddress.of(text, 0);
  }

  @Test
  void whatIsSavedIsLoadedWhateverTheNetwork() {
    List<Discouraged> all =
        List.of(
            new Discouraged(address("8.8.8.8"), NOW - 5),
            new Discouraged(address("2a00::1"), NOW - 4),
            new Discouraged(address("fc00::1").asCjdns(), NOW - 3),
            new Discouraged(
                address("pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion"),
                NOW - 2));
    file().save(all);
    assertThat(file().load(NOW)).isEqualTo(all);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aMisdeedIsForgottenWhenABanWouldBeOver() {
    file().save(List.of(new Discouraged(address("8.8.8.8"), NOW)));
    assertThat(file().load(NOW + DAY - 1)).hasSize(1);
    assertThat(file().load(NOW + DAY)).isEmpty();
  }

  @Test
  void whatStandsForANameIsNotKept() {
    file().save(List.of(new Discouraged(NetAddress.ofName("somebody", 0), NOW)));
    assertThat(file().load(NOW)).isEmpty();
  }

  @Test
  void withoutFileNobodyIsDiscouraged() {
    assertThat(file().load(NOW)).isEmpty();
    assertThat(path()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"version\": 2, \"discouraged\": []}",
        "{\"version\": 1, \"discouraged\": 7}",
        "{\"version\": 1, \"discouraged\": [{\"address\": \"nobody\", \"since\": 1}]}"
      })
  void whatIsDamagedIsPutAside(String content) throws IOException {
    Files.writeString(path(), content);
    assertThat(file().load(NOW)).isEmpty();
    assertThat(path()).doesNotExist();
    assertThat(folder.resolve("discouraged.json.bak")).content().isEqualTo(content);
  }

  @Test
  void aNodeInMemoryKeepsNothing() {
    DiscouragedFile nowhere = new DiscouragedFile(Optional.empty(), DAY);
    nowhere.save(List.of(new Discouraged(address("8.8.8.8"), NOW)));
    assertThat(nowhere.load(NOW)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
