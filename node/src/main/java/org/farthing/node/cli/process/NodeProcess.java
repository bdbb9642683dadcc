package org.farthing.node.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.RpcEndpoint;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.config.DataDirectory;

/**
 * A node in a process of its own. It holds the reading end of a pipe from us and ends when the pipe
 * does, so that it cannot outlive us, however we end.
 */
public final class NodeProcess extends RunningNode {
  private static final String MAIN_CLASS = "org.farthing.node.cli.Main";

  private final DataDirectory data;

  private NodeProcess(String name, Path base, DataDirectory data, Process process) {
    super(name, base, process);
    this.data = data;
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
    return start(name, base, network, further, Launch.PLAIN);
  }

  /**
   * How the JVM of a node is started.
   *
   * @param wrapper a program that starts it, with its options; empty for none
   * @param jvmFlags in addition to those of all nodes, such as {@code -Xmx256m}
   */
  public record Launch(List<String> wrapper, List<String> jvmFlags) {
    static final Launch PLAIN = new Launch(List.of(), List.of());
  }

  /** Starts a node in a way of its own; otherwise like the other method of this name. */
  public static NodeProcess start(
      String name, Path base, String network, List<String> further, Launch launch)
      throws IOException {
    Files.createDirectories(base);
    DataDirectory data = DataDirectory.of(base, network);
    List<String> command = new ArrayList<>(launch.wrapper());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.ofNodes());
    command.addAll(launch.jvmFlags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS, "node"));
    command.addAll(
        List.of("--exit-with-parent", "--no-print-to-console", "--data", base.toString()));
    command.addAll(List.of("--network", network));
    command.addAll(List.of("--port", "0", "--rpc-port", "0"));
    if (!further.contains("--no-listen")) {
      command.addAll(List.of("--bind", "127.0.0.1"));
    }
    command.addAll(further);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output(base).toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("FARTHING_"));
    return new NodeProcess(name, base, data, builder.start());
  }

  @Override
  public RpcClient rpc() {
    return new RpcClient(RpcEndpoint.of(data, 0));
  }

  @Override
  boolean isReachable() {
    return read(data.pid()).equals(Optional.of(process.pid())) && Files.exists(data.rpcPort());
  }

  /** Where other nodes find this one. */
  public String p2pAddress() throws CliException {
    return "127.0.0.1:"
        + read(data.p2pPort())
            .orElseThrow(() -> CliException.failed(name() + " listens on no port"));
  }

  /**
   * What it tells Prometheus.
   *
   * @throws CliException if it was not started with {@code --metrics-port}
   */
  public String metrics() throws CliException {
    long port =
        read(data.metricsPort())
            .orElseThrow(() -> CliException.failed(name() + " has no port for metrics"));
    try (InputStream answer =
        new URL("http://127.0.0.1:" + port + "/metrics")
            .openConnection(Proxy.NO_PROXY)
            .getInputStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CliException.failed(name() + " does not tell its metrics: " + e.getMessage());
    }
  }

  @Override
  public void askToStop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  @Override
  public List<String> lastWords(int lines) {
    List<String> words = super.lastWords(lines);
    return words.isEmpty() ? tail(data.log(), lines) : words;
  }

  private static Optional<Long> read(Path file) {
    try {
      return Optional.of(Long.parseLong(Files.readString(file).trim()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
