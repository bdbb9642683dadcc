package org.farthing.node.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.config.DataDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcEndpointTest {
  @TempDir private Path folder;

  private RpcEndpoint found() {
    return RpcEndpoint.of(DataDirectory.of(folder, "testnet"), 28761);
  }

  @ParameterizedTest
  @CsvSource({
    "example.org:1234, example.org:1234",
    "example.org, example.org:28761",
    ":1234, 127.0.0.1:1234",
    "[::1]:1234, [::1]:1234",
    "[::1], [::1]:28761",
    "::1, [::1]:28761",
  })
  void addressesAreReadInAllTheirForms(String address, String expected) throws CliException {
    assertThat(found().at(address)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host:", "host:0", "host:65536", "host:port", "host:-1"})
  void wrongPortsAreRefused(String address) {
    assertThatThrownBy(() -> found().at(address)).isInstanceOf(CliException.class);
  }

  @Test
  void portAndCookieComeFromTheDataDirectory() throws IOException {
    assertThat(found().authorization()).isEmpty();
    Files.createDirectories(folder.resolve("testnet"));
    Files.writeString(folder.resolve("testnet/rpc.port"), "4321\n");
    Files.writeString(folder.resolve("testnet/.cookie"), "__cookie__:00ff");
    assertThat(found()).hasToString("127.0.0.1:4321");
    assertThat(found().authorization()).contains("Basic X19jb29raWVfXzowMGZm");
    assertThat(found().withLogin("me:secret").authorization()).contains("Basic bWU6c2VjcmV0");
  }
}
