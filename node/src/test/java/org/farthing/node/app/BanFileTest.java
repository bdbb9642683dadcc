package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.node.peer.BanList.Ban;
import org.farthing.node.wire.NetRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BanFileTest {
  private static final Ban BAN = new Ban(NetRange.parse("10.0.0.0/8").orElseThrow(), 5, 7);

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("banlist.json");
  }

  private BanFile file() {
    return new BanFile(Optional.of(path()));
  }

  @Test
  void whatIsSavedIsLoaded() {
    file().save(List.of(BAN));
    assertThat(file().load()).containsExactly(BAN);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void whereThereIsNoFileThereIsOneAfterwards() {
    assertThat(file().load()).isEmpty();
    assertThat(path()).content().contains("\"banned_nets\"");
  }

  /** As Bitcoin Core writes it, with a note beside. */
  @Test
  void bitcoinCoresFileIsUnderstood() throws IOException {
    Files.writeString(
        path(),
        """
        {
            "_warning_": "a note",
            "banned_nets": [
                {"version": 1, "ban_created": 5, "banned_until": 7, "address": "10.0.0.0/8"},
                {"version": 2, "ban_created": 5, "banned_until": 7, "address": "11.0.0.0/8"},
                {"version": 1, "ban_created": 5, "banned_until": 7, "address": "nobody"}
            ]
        }
        """);
    assertThat(file().load()).containsExactly(BAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"banned_nets\": 7}"})
  void whatIsDamagedBansNobody(String content) throws IOException {
    Files.writeString(path(), content);
    assertThat(file().load()).isEmpty();
  }

  @Test
  void aNodeInMemoryKeepsNothing() {
    BanFile nowhere = new BanFile(Optional.empty());
    nowhere.save(List.of(BAN));
    assertThat(nowhere.load()).isEmpty();
  }
}
