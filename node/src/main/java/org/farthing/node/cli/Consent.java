package org.farthing.node.cli;

import java.util.Locale;
import org.farthing.node.cli.outcome.CliException;
import picocli.CommandLine.Option;

/** Asks a person before coins move. */
final class Consent {
  @Option(
      names = {"-y", "--yes"},
      description = "do not ask, for scripts")
  private boolean given;

  boolean isGiven() {
    return given;
  }

  /**
   * @param question to be answered by yes or no
   * @throws CliException if the answer is not yes, or nobody can be asked
   */
  void ask(Session session, String question) throws CliException {
    if (given) {
      return;
    }
    if (!session.terminal().canAsk()) {
      throw CliException.usage("nobody can be asked").hint("give --yes to go ahead unasked.");
    }
    String answer =
        session.terminal().ask(question + " [y/N] ").orElse("").strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw CliException.failed("nothing was done");
    }
  }
}
