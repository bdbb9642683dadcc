package org.farthing.node.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.farthing.node.cli.client.RpcEndpoint;
import org.farthing.node.cli.outcome.CliException;
import picocli.CommandLine.Option;

/** How a command finds and enters the node that it speaks to. Usually nothing need be said. */
final class ConnectionOptions {
  @Option(
      names = "--rpc",
      paramLabel = "HOST:PORT",
      description = "where the node's RPC is (default: what the data directory says)")
  private String address;

  @Option(
      names = "--rpc-user",
      paramLabel = "NAME",
      description = "user of the RPC, in place of the cookie file")
  private String user;

  @Option(
      names = "--rpc-password-file",
      paramLabel = "FILE",
      description = "its password (otherwise from FARTHING_RPC_PASSWORD, or asked for)")
  private Path passwordFile;

  @Option(
      names = "--rpc-cookie-file",
      paramLabel = "FILE",
      description = "cookie to use (default: the one in the data directory)")
  private Path cookieFile;

  RpcEndpoint apply(RpcEndpoint found, Session session) throws CliException {
    RpcEndpoint endpoint = address == null ? found : found.at(address);
    if (cookieFile != null) {
      endpoint = endpoint.withCookie(cookieFile);
    }
    Optional<String> name =
        Optional.ofNullable(user).or(() -> session.variable("FARTHING_RPC_USER"));
    if (name.isEmpty()) {
      return endpoint;
    }
    Optional<String> password =
        passwordFile == null
            ? session.variable("FARTHING_RPC_PASSWORD")
            : Optional.of(Passphrases.firstLine(passwordFile));
    if (password.isEmpty() && session.terminal().canAsk()) {
      password = session.terminal().askSecret("RPC password of " + name.get() + ": ");
    }
    if (password.isEmpty()) {
      throw CliException.usage("--rpc-user needs a password: --rpc-password-file FILE");
    }
    return endpoint.withLogin(name.get() + ":" + password.get());
  }
}
