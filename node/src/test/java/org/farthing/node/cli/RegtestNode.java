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

/** A node on regtest in a process of its own, on ports that the system chose. */
final class RegtestNode implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path data;
  private final DataDirectory directory;
  private final Process process;

  private RegtestNode(Path data, Process process) {
    this.data = data;
    this.directory = DataDirectory.of(data, "regtest");
    this.process = process;
  }

  static RegtestNode start(Path data, String... further) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "node", "--network", "regtest", "--data", data.toString(), "--exit-with-parent"));
    arguments.addAll(List.of("--port", "0", "--rpc-port", "0"));
    if (!List.of(further).contains("--no-listen")) {
      arguments.addAll(List.of("--bind", "127.0.0.1"));
    }
    arguments.add("--no-print-to-console");
    arguments.addAll(List.of(further));
    Files.createDirectories(data);
    Path errors = data.resolve("errors.txt");
    RegtestNode node =
        new RegtestNode(data, Launcher.start(errors, arguments.toArray(String[]::new)));
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(node.directory.rpcPort())) {
      if (node.process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        node.process.destroyForcibly();
        throw new AssertionError("the node did not start: " + Files.readString(errors));
      }
    }
    return node;
  }

  Path data() {
    return data;
  }

  DataDirectory directory() {
    return directory;
  }

  RpcClient rpc() {
    return new RpcClient(RpcEndpoint.of(directory, 0));
  }

  Process process() {
    return process;
  }

  /** Runs a command about this node. */
  Typed command(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--network", "regtest"));
    all.addAll(List.of("--data", data.toString()));
    all.addAll(List.of(arguments));
    return Typed.command(all.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
