package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that were closed leave no thread, no socket, no file and no native memory behind. */
class NothingIsLeftIT {
  @TempDir Path folder;

  @Test
  @Timeout(240)
  void afterManyNodes() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path home = Files.createDirectory(folder.resolve("home"));
    Path work = Files.createDirectory(folder.resolve("work"));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Duser.home=" + home,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                ManyNodes.class.getName())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
    assertThat(temporary).isEmptyDirectory();
    assertThat(home).isEmptyDirectory();
    assertThat(work).isEmptyDirectory();
  }
}
