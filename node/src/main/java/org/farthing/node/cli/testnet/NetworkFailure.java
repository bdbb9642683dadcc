package org.farthing.node.cli.testnet;

import java.util.List;
import org.farthing.node.cli.process.NodeProcess;

/** The network did not do what it should: the reason, and the nodes whose logs may tell more. */
public final class NetworkFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int LINES = 15;

  private final transient List<NodeProcess> suspects;

  NetworkFailure(String message, List<NodeProcess> suspects) {
    super(message);
    this.suspects = List.copyOf(suspects);
  }

  /** The end of each suspect's log, for people. */
  public List<String> evidence() {
    return suspects.stream()
        .flatMap(
            node ->
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("--- the end of " + node.name() + "'s log"),
                    node.lastWords(LINES).stream()))
        .toList();
  }
}
