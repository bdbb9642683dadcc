package org.farthing.node.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which node: understood by all commands, before and after their names. */
final class NetworkOptions {
  static final String NETWORK = "--network";
  static final String DATA = "--data";
  static final String DATA_DIR = "--data-dir";
  static final String DATADIR = "--datadir";

  @Option(
      names = NETWORK,
      paramLabel = "NAME",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "testnet (the default, Farthing's own) or regtest (Bitcoin's)")
  private String network;

  @Option(
      names = {DATA, DATA_DIR, DATADIR},
      paramLabel = "DIR",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "folder for everything that a node keeps (default: ~/.farthing)")
  private Path data;

  /** The same without a command line. */
  void choose(java.util.Optional<String> chosenNetwork, java.util.Optional<Path> chosenData) {
    network = chosenNetwork.orElse(null);
    data = chosenData.orElse(null);
  }

  java.util.Optional<String> network() {
    return java.util.Optional.ofNullable(network);
  }

  java.util.Optional<Path> data() {
    return java.util.Optional.ofNullable(data);
  }
}
