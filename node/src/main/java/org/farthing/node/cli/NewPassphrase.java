package org.farthing.node.cli;

import java.util.Optional;
import org.farthing.node.cli.outcome.CliException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the seed of a wallet that is being made is protected. */
final class NewPassphrase {
  @Mixin private final Passphrases passphrases = new Passphrases();

  @Option(names = "--no-passphrase", description = "do not encrypt the seed: for test networks")
  private boolean none;

  /**
   * @return the passphrase; none for an unencrypted wallet
   */
  Optional<String> choose(Session session) throws CliException {
    if (!none) {
      return Optional.of(passphrases.chosen(session));
    }
    if (passphrases.isGiven()) {
      throw CliException.usage("--no-passphrase and --passphrase-file contradict each other");
    }
    return Optional.empty();
  }
}
