package org.farthing.node.cli.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.RpcEndpoint;

/** A {@code bitcoind}, Bitcoin Core's or one like it, alone on its regtest network. */
public final class BitcoindProcess extends RunningNode {
  private final RpcEndpoint endpoint;

  private BitcoindProcess(Path base, RpcEndpoint endpoint, Process process) {
    super("bitcoind", base, process);
    this.endpoint = endpoint;
  }

  /** The same with a program that takes its own options first. */
  public static BitcoindProcess start(Path program, Path base, List<String> further)
      throws IOException {
    return start(List.of(program.toString()), base, further);
  }

  /**
   * Starts it on a port that is free now.
   *
   * @param program to run, with what goes before its own options
   * @param base its data directory; made if it is not there
   * @param further options
   */
  public static BitcoindProcess start(List<String> program, Path base, List<String> further)
      throws IOException {
    Files.createDirectories(base);
    int port = freePort();
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("-regtest", "-server", "-datadir=" + base));
    command.addAll(List.of("-rpcport=" + port, "-listen=0", "-connect=0"));
    command.addAll(further);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output(base).toFile())
            .start();
    Path cookie = base.resolve("regtest").resolve(".cookie");
    return new BitcoindProcess(
        base, new RpcEndpoint("127.0.0.1", port, cookie, Optional.empty()), process);
  }

  /** One for such a program, which takes no 0. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where it answers calls. */
  public RpcEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public RpcClient rpc() {
    return new RpcClient(endpoint);
  }

  @Override
  boolean isReachable() {
    return Files.exists(endpoint.cookie());
  }

  @Override
  public void askToStop() {
    process.destroy();
  }
}
