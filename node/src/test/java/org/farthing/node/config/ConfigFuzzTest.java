package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.node.config.core.CoreOptions;
import org.farthing.testing.Decoding;
import org.junit.jupiter.api.io.TempDir;

/** Configuration as people write it: a node's options, or an error that says what is wrong. */
class ConfigFuzzTest {
  @TempDir static Path folder;

  @FuzzTest
  void file(byte[] input) throws Exception {
    Path file = write(input);
    OptionValues commandLine =
        new OptionValues()
            .add(Option.CONF, file.toString())
            .add(Option.DATA_DIR, folder.toString());
    Optional<Options.Parsed> parsed =
        Decoding.ofText(
            4096 + input.length, ConfigException.class, () -> Options.parse(commandLine, Map.of()));
    parsed.ifPresent(options -> assertThat(options.config().data()).isNotNull());
  }

  private static Path write(byte[] input) throws IOException {
    return Files.write(folder.resolve("farthing.conf"), input);
  }

  /** Lines of {@code name=value}, from the command line or from the environment. */
  @FuzzTest
  void options(byte[] input) throws Exception {
    OptionValues commandLine = new OptionValues();
    commandLine.add(Option.DATA_DIR, folder.resolve("none").toString());
    for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = Math.max(0, line.indexOf('='));
      Option.named(line.substring(0, equals))
          .filter(option -> option != Option.CONF)
          .ifPresent(option -> commandLine.add(option, line.substring(equals + 1)));
    }
    Decoding.ofText(
        4096 + input.length, ConfigException.class, () -> Options.parse(commandLine, Map.of()));
  }

  /** Bitcoin Core's file. */
  @FuzzTest
  void coreFile(byte[] input) throws Exception {
    Files.write(folder.resolve("bitcoin.conf"), input);
    List<String> commandLine = List.of("-regtest", "-datadir=" + folder);
    Decoding.ofText(
        4096 + input.length,
        ConfigException.class,
        () -> CoreOptions.of(commandLine).read(Map.of()));
  }

  /** Bitcoin Core's command line, an argument in each line. */
  @FuzzTest
  void coreArguments(byte[] input) throws Exception {
    List<String> lines = List.of(new String(input, StandardCharsets.UTF_8).split("\n", -1));
    List<String> commandLine = new ArrayList<>(lines);
    commandLine.add("-noconf");
    Decoding.ofText(
        4096 + input.length,
        ConfigException.class,
        () -> CoreOptions.of(commandLine).read(Map.of()));
  }

  @FuzzTest
  void rpcLogin(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    Optional<RpcLogin> login =
        Decoding.ofText(input.length, ConfigException.class, () -> RpcLogin.parse(text));
    login.ifPresent(
        read -> assertThat(read.user() + ":" + read.salt() + "$" + read.hmac()).isEqualTo(text));
  }
}
