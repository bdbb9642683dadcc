package org.farthing.node.config;

import java.util.List;
import java.util.Optional;

/**
 * Commands for the system's shell to run when something happens.
 *
 * @param alert at a warning; {@code %s} stands for its text
 * @param block at a new tip outside the initial download; {@code %s} stands for its hash
 * @param wallet at a transaction of a wallet; {@code %s} stands for its id, {@code %w} for the
 *     wallet's name, {@code %b} and {@code %h} for hash and height of its block
 * @param startup when the node is ready
 * @param shutdown when the node begins to stop; it waits for them
 */
public record NotifyConfig(
    Optional<String> alert,
    Optional<String> block,
    Optional<String> wallet,
    Optional<String> startup,
    List<String> shutdown) {
  public NotifyConfig {
    shutdown = List.copyOf(shutdown);
  }
}
