package org.farthing.consensus.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {
  @TempDir private Path home;

  @Test
  void isWhereTheSystemHasIt() {
    assertThat(new UserCache("Linux", home.toString(), Map.of()).ours())
        .contains(home.resolve(".cache/farthing"));
    assertThat(new UserCache("Mac OS X", home.toString(), Map.of()).ours())
        .contains(home.resolve("Library/Caches/farthing"));
    assertThat(
            new UserCache("Windows 11", "", Map.of("LOCALAPPDATA", home.resolve("l").toString()))
                .ours())
        .contains(home.resolve("l/farthing"));
  }

  @Test
  void isWhereTheUserWantsIt() {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", home.resolve("mine").toString());
    assertThat(new UserCache("Linux", home.toString(), environment).ours())
        .contains(home.resolve("mine/farthing"));
  }

  @Test
  void isNowhereForAUserWithoutHome() {
    assertThat(new UserCache("Linux", "?", Map.of()).ours()).isEmpty();
    assertThat(new UserCache("Linux", home + "/gone", Map.of()).ours()).isEmpty();
    assertThat(new UserCache("Linux", "?", Map.of("XDG_CACHE_HOME", "here")).ours()).isEmpty();
    assertThat(new UserCache("Windows 11", "?", Map.of()).ours()).isEmpty();
  }
}
