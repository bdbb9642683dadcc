package org.farthing.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the launcher of the build under test, as somebody would from a shell. */
final class Launcher {
  private static final Path HOME = Path.of(System.getProperty("farthing.home"));

  private Launcher() {}

  /** What a process said, and how it ended. */
  record Ended(int exitCode, String out, String err) {}

  static Process start(Path errors, String... arguments) throws IOException {
    return start("farthing", errors, arguments);
  }

  /** In the place of {@code bitcoind}. */
  static Process startBitcoind(Path errors, String... arguments) throws IOException {
    return start("bin/farthing-bitcoind", errors, arguments);
  }

  private static Process start(String executable, Path errors, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve(executable).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("FARTHING_"));
    builder.environment().put("FARTHING_NO_BUILD", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /** Runs to the end, or until {@code limit} is over: then it is killed, as its code tells. */
  static Ended run(Duration limit, String... arguments) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("farthing-test-", ".err");
    Process process = start(errors, arguments);
    Thread watch = watch(process, limit);
    try {
      process.getOutputStream().close();
      String out;
      try (InputStream in = process.getInputStream()) {
        out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      return new Ended(process.waitFor(), out, Files.readString(errors));
    } finally {
      watch.interrupt();
      Files.delete(errors);
    }
  }

  private static Thread watch(Process process, Duration limit) {
    Thread watch =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                // It has ended in time.
              }
            },
            "limit");
    watch.setDaemon(true);
    watch.start();
    return watch;
  }
}
