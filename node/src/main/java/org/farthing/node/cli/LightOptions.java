package org.farthing.node.cli;

import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.outcome.CliException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Wallets without a node: understood by all commands about wallets. */
final class LightOptions {
  @Option(
      names = "--light",
      scope = ScopeType.INHERIT,
      description = "without a node: the wallet asks the peers that --peer names (BIP157)")
  private boolean light;

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description = "a node with filters of blocks; name several, they are compared")
  private List<String> peers = new ArrayList<>();

  boolean isWanted() {
    return light;
  }

  /** The peers that were named. */
  List<String> peers() throws CliException {
    if (light && peers.isEmpty()) {
      throw CliException.usage("--light wants at least one --peer HOST:PORT")
          .hint("nodes started with --peer-block-filters can be asked.");
    }
    if (!light && !peers.isEmpty()) {
      throw CliException.usage("--peer is of use with --light only");
    }
    return List.copyOf(peers);
  }
}
