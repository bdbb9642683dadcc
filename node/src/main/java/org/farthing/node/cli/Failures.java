package org.farthing.node.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    say(
        failure instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched, command)
            : failure.getMessage().lines().findFirst().orElse("wrong command line"));
    hint("'" + command.getCommandSpec().qualifiedName() + " --help' says what there is.");
    return ExitCode.USAGE;
  }

  private static String unknown(UnmatchedArgumentException unmatched, CommandLine command) {
    String word = unmatched.getUnmatched().get(0);
    Set<String> known = new TreeSet<>();
    String message;
    if (unmatched.isUnknownOption()) {
      command.getCommandSpec().options().stream()
          .filter(option -> !option.hidden())
          .forEach(option -> known.addAll(List.of(option.names())));
      message = "unknown option " + word;
    } else if (command.getSubcommands().isEmpty()) {
      message = "one argument too many: '" + word + "'";
    } else {
      known.addAll(command.getSubcommands().keySet());
      message = "unknown command '" + word + "'";
    }
    return Suggestion.nearest(word.split("=", 2)[0], known)
        .map(near -> message + "; did you mean " + near + "?")
        .orElse(message);
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
