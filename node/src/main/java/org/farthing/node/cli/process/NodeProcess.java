package org.farthing.node.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.RpcEndpoint;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.config.DataDirectory;

/**
 * A node in a process of its own. It holds the reading end of a pipe from us and ends when the pipe
 * does, so that it cannot outlive us, however we end.
 */
public final class NodeProcess {
  /** How long a node may take to write everything down when it is asked to stop. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private static final String MAIN_CLASS = "org.farthing.node.cli.Main";

  private static final int BYTES_PER_KIB = 1024;

  private final String name;
  private final Path base;
  private final DataDirectory data;
  private final Process process;

  private NodeProcess(String name, Path base, DataDirectory data, Process process) {
    this.name = name;
    this.base = base;
    this.data = data;
    this.process = process;
  }

  /**
   * Starts a node on ports that the system chooses.
   *
   * @param base its data directory; made if it is not there
   * @param network its name
   * @param further options
   */
  public static NodeProcess start(String name, Path base, String network, List<String> further)
      throws IOException {
    Files.createDirectories(base);
    DataDirectory data = DataDirectory.of(base, network);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.ofNodes());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS, "node"));
    command.addAll(
        List.of("--exit-with-parent", "--no-print-to-console", "--data", base.toString()));
    command.addAll(List.of("--network", network));
    command.addAll(List.of("--bind", "127.0.0.1", "--port", "0", "--rpc-port", "0"));
    command.addAll(further);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output(base).toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("FARTHING_"));
    return new NodeProcess(name, base, data, builder.start());
  }

  private static Path output(Path base) {
    return base.resolve("output.log");
  }

  public String name() {
    return name;
  }

  /** What {@code --data} is to be for commands about this node. */
  public Path base() {
    return base;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The CPU time that the process has used, of all its threads. */
  public double cpuSeconds() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
  }

  /** Its memory that is in use right now, where the system says so (Linux does). */
  public OptionalLong residentBytes() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  public RpcClient rpc() {
    return new RpcClient(RpcEndpoint.of(data, 0));
  }

  /** Whether the node of this very process answers; one that ended may have left files behind. */
  public boolean isReady() {
    if (!read(data.pid()).equals(Optional.of(process.pid())) || !Files.exists(data.rpcPort())) {
      return false;
    }
    try {
      rpc().call("getblockcount");
      return true;
    } catch (RefusedException | CliException e) {
      return false;
    }
  }

  /** Where other nodes find this one. */
  public String p2pAddress() throws CliException {
    return "127.0.0.1:"
        + read(data.p2pPort()).orElseThrow(() -> CliException.failed(name + " listens on no port"));
  }

  /** Asks the node to stop, without waiting for it. */
  public void askToStop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /**
   * Waits for the node to stop, and ends it if it does not.
   *
   * @return whether it ended by itself, and well
   */
  public boolean awaitStop() throws InterruptedException {
    if (process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      return process.exitValue() == 0;
    }
    process.destroyForcibly().waitFor();
    return false;
  }

  /** The end of what the node said. */
  public List<String> lastWords(int lines) {
    List<String> words = tail(output(base), lines);
    return words.isEmpty() ? tail(data.log(), lines) : words;
  }

  /** How the process ended, for people. */
  public String ending() {
    return process.isAlive() ? name + " runs" : name + " ended with code " + process.exitValue();
  }

  private static List<String> tail(Path file, int lines) {
    try {
      List<String> all = Files.readAllLines(file);
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Long> read(Path file) {
    try {
      return Optional.of(Long.parseLong(Files.readString(file).trim()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
