package org.farthing.node.cli;

import java.util.Optional;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Style;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.rpc.error.RpcErrorCode;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, on standard error, and which exit code it is. */
final class Failures {
  private final Session session;

  Failures(Session session) {
    this.session = session;
  }

  int execution(Exception failure) throws Exception {
    if (failure instanceof CliException refused) {
      say(refused.getMessage());
      refused.hint().ifPresent(this::hint);
      if (refused.exitCode() == ExitCode.NO_NODE) {
        session
            .runningElsewhere()
            .ifPresent(name -> hint("there is one on " + name + ": add --network " + name + "."));
      }
      return refused.exitCode();
    }
    if (failure instanceof RefusedException refused) {
      say(refused.getMessage() + " (" + refused.number() + ")");
      hint(refused).ifPresent(this::hint);
      return refused.is(RpcErrorCode.IN_WARMUP) ? ExitCode.NO_NODE : ExitCode.FAILED;
    }
    throw failure;
  }

  int commandLine(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    say(failure.getMessage().lines().findFirst().orElse("wrong command line"));
    if (failure instanceof UnmatchedArgumentException unmatched) {
      UnmatchedArgumentException.printSuggestions(unmatched, command.getErr());
    }
    hint("'" + name + " --help' says what there is.");
    return ExitCode.USAGE;
  }

  private static Optional<String> hint(RefusedException refused) {
    if (refused.is(RpcErrorCode.WALLET_NOT_SPECIFIED)) {
      return Optional.of("say which wallet with --wallet NAME.");
    }
    if (refused.is(RpcErrorCode.WALLET_NOT_FOUND)) {
      return Optional.of(
          "'farthing wallet list' shows the wallets, 'farthing wallet create NAME' makes one.");
    }
    if (refused.is(RpcErrorCode.METHOD_NOT_FOUND)) {
      return Optional.of("'farthing rpc help' lists the methods.");
    }
    return Optional.empty();
  }

  private void say(String message) {
    Terminal terminal = session.terminal();
    terminal.note(terminal.styledForErrors(Style.RED, "farthing: ") + message);
  }

  private void hint(String message) {
    session.terminal().note("          " + message);
  }
}
