package org.farthing.node.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.farthing.node.config.DataDirectory;

/**
 * A node on regtest in a process of its own, to be killed. It ends with the process that began it.
 */
final class KillableNode implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MAIN_CLASS = "org.farthing.node.cli.Main";

  private final DataDirectory data;
  private final Path output;
  private final Process process;

  private KillableNode(DataDirectory data, Path output, Process process) {
    this.data = data;
    this.output = output;
    this.process = process;
  }

  /** Returns at once: the node has yet to start. */
  static KillableNode launch(Path base, List<String> further) throws IOException {
    Files.createDirectories(base);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS, "node"));
    command.addAll(List.of("--network", "regtest", "--data", base.toString()));
    command.addAll(List.of("--bind", "127.0.0.1", "--port", "0", "--rpc-port", "0"));
    command.addAll(List.of("--exit-with-parent", "--no-print-to-console"));
    command.addAll(further);
    Path output = base.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("FARTHING_"));
    return new KillableNode(DataDirectory.of(base, "regtest"), output, builder.start());
  }

  /** Waits until this very process answers; what a killed one has left behind does not count. */
  TestRpc awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds(data.pid(), process.pid()) || !Files.exists(data.rpcPort())) {
      if (process.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new AssertionError("the node did not start: " + Files.readString(output));
      }
    }
    int port = Integer.parseInt(Files.readString(data.rpcPort()).strip());
    return new TestRpc(port, data.cookie());
  }

  private static boolean holds(Path file, long number) throws IOException {
    try {
      return Files.readString(file).strip().equals(Long.toString(number));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Where peers connect to. */
  int p2pPort() throws IOException {
    return Integer.parseInt(Files.readString(data.p2pPort()).strip());
  }

  long pid() {
    return process.pid();
  }

  /** Lets the node run for a time. */
  void runFor(long millis) throws IOException, InterruptedException {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the node ended by itself: " + Files.readString(output));
    }
  }

  /** SIGKILL, and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Asks the node to stop.
   *
   * @return its exit code
   */
  int stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the node did not stop: " + Files.readString(output));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
