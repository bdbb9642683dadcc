package org.farthing.node.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;

/**
 * Where a node's RPC server is, and how to be let in.
 *
 * @param cookie the file that has the login, as long as the node runs
 * @param login {@code user:password}; without it, what the cookie file says at the time of a call
 */
public record RpcEndpoint(String host, int port, Path cookie, Optional<String> login) {
  private static final int MAX_PORT = 65_535;

  /** The node of a configuration, on the port that it wrote into its data directory. */
  public static RpcEndpoint of(NodeConfig config) {
    RpcEndpoint usual = of(config.data(), config.rpc().listen().port());
    return config
        .rpc()
        .access()
        .cookie()
        .map(cookie -> usual.withCookie(cookie.path()))
        .orElse(usual);
  }

  /** The node that uses a data directory, on the port that it wrote there. */
  public static RpcEndpoint of(DataDirectory data, int defaultPort) {
    return new RpcEndpoint(
        "127.0.0.1", portOf(data).orElse(defaultPort), data.cookie(), Optional.empty());
  }

  /** The port that a running node wrote into its data directory. */
  public static Optional<Integer> portOf(DataDirectory data) {
    return readText(data.rpcPort()).flatMap(RpcEndpoint::parsePort);
  }

  /** The same way in, at {@code host:port}, {@code host}, {@code :port} or {@code [ipv6]:port}. */
  public RpcEndpoint at(String address) throws CliException {
    int colon = address.lastIndexOf(':');
    boolean bareIpv6 = colon >= 0 && address.indexOf(':') < colon && !address.startsWith("[");
    boolean hasPort = colon >= 0 && !bareIpv6 && !address.endsWith("]");
    String newHost = hasPort ? address.substring(0, colon) : address;
    if (newHost.startsWith("[") && newHost.endsWith("]")) {
      newHost = newHost.substring(1, newHost.length() - 1);
    }
    int newPort = port;
    if (hasPort) {
      newPort =
          parsePort(address.substring(colon + 1))
              .orElseThrow(
                  () -> CliException.usage("'" + address + "' is not HOST:PORT (for --rpc)"));
    }
    return new RpcEndpoint(newHost.isEmpty() ? host : newHost, newPort, cookie, login);
  }

  public RpcEndpoint withLogin(String userAndPassword) {
    return new RpcEndpoint(host, port, cookie, Optional.of(userAndPassword));
  }

  public RpcEndpoint withCookie(Path file) {
    return new RpcEndpoint(host, port, file, login);
  }

  /** The value of the HTTP header Authorization, if there are credentials. */
  public Optional<String> authorization() {
    return login
        .or(() -> readText(cookie))
        .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
        .map(text -> "Basic " + text);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static Optional<Integer> parsePort(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port <= MAX_PORT ? Optional.of(port) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> readText(Path file) {
    try {
      return Optional.of(Files.readString(file).trim());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
