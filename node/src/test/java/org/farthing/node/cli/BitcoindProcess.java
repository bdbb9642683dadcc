package org.farthing.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.RpcEndpoint;
import org.farthing.node.config.DataDirectory;

/** A node on regtest in the place of {@code bitcoind}, on ports that the system chose. */
final class BitcoindProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final DataDirectory data;
  private final Path errors;
  private final Process process;

  private BitcoindProcess(DataDirectory data, Path errors, Process process) {
    this.data = data;
    this.errors = errors;
    this.process = process;
  }

  /** Returns at once: the node has yet to start. */
  static BitcoindProcess launch(Path base, String... further) throws IOException {
    Files.createDirectories(base);
    List<String> arguments =
        new ArrayList<>(
            List.of("-regtest", "-datadir=" + base, "-bind=127.0.0.1", "-port=0", "-rpcport=0"));
    arguments.addAll(List.of(further));
    Path errors = base.resolve("errors.txt");
    Process process = Launcher.startBitcoind(errors, arguments.toArray(String[]::new));
    return new BitcoindProcess(DataDirectory.of(base, "regtest"), errors, process);
  }

  /** Returns when the node answers calls. */
  static BitcoindProcess start(Path base, String... further)
      throws IOException, InterruptedException {
    return launch(base, further).await(DataDirectory.of(base, "regtest").rpcPort());
  }

  /** Waits until the node has made a file. */
  BitcoindProcess await(Path file) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(file)) {
      if (process.waitFor(5, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError("no " + file + ": " + Files.readString(errors));
      }
    }
    return this;
  }

  DataDirectory data() {
    return data;
  }

  RpcClient rpc() {
    return new RpcClient(RpcEndpoint.of(data, 0));
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM, where there are signals. */
  void terminate() {
    process.destroy();
  }

  /** Waits for the end, and returns the exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the node did not end");
    }
    return process.exitValue();
  }

  /** All that it wrote to standard error. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
