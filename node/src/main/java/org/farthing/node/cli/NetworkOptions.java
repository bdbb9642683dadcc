package org.farthing.node.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which node: understood by all commands, before and after their names. */
final class NetworkOptions {
  @Option(
      names = "--network",
      paramLabel = "NAME",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "testnet (the default, Farthing's own) or regtest (Bitcoin's)")
  private String network;

  @Option(
      names = {"--data", "--data-dir", "--datadir"},
      paramLabel = "DIR",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "folder for everything that a node keeps (default: ~/.farthing)")
  private Path data;

  java.util.Optional<String> network() {
    return java.util.Optional.ofNullable(network);
  }

  java.util.Optional<Path> data() {
    return java.util.Optional.ofNullable(data);
  }
}
