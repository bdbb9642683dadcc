package org.farthing.node.app;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of the operator's, run by the system's shell when something happens. */
final class ShellCommand {
  private static final Logger LOG = LoggerFactory.getLogger(ShellCommand.class);

  /** What is none of these is left out of texts, so that no text can end its quotation. */
  private static final String UNSAFE = "[^A-Za-z0-9 .,;_/:?@()-]";

  /** By which systemd says where it is to be told of the service. */
  private static final Set<String> SERVICE_VARIABLES =
      Set.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID");

  private ShellCommand() {}

  /**
   * Runs a command and does not wait for it.
   *
   * @param text stands, quoted, for each {@code %s} of the command
   */
  static void at(String text, Optional<String> command) {
    command.map(line -> withText(line, text)).ifPresent(ShellCommand::run);
  }

  static String withText(String command, String text) {
    return command.replace("%s", "'" + text.replaceAll(UNSAFE, "") + "'");
  }

  /**
   * Runs a command and does not wait for it.
   *
   * @param hash stands for each {@code %s} of the command, without quotation: it needs none
   */
  static void at(Hash256 hash, String command) {
    run(command.replace("%s", hash.toString()));
  }

  /** Runs a command at a wallet's transaction, and does not wait for it. */
  static void at(String wallet, WalletTx transaction, String command) {
    run(withTransaction(command, wallet, transaction));
  }

  static String withTransaction(String command, String wallet, WalletTx transaction) {
    String block = "unconfirmed";
    int height = -1;
    if (transaction.state() instanceof TxState.Confirmed confirmed) {
      block = confirmed.block().toString();
      height = confirmed.height();
    }
    return command
        .replace("%s", transaction.txid().toString())
        .replace("%b", block)
        .replace("%h", Integer.toString(height))
        .replace("%w", quoted(wallet));
  }

  /** One word for the shell, whatever stands in the text. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\"'\"'") + "'";
  }

  /** Runs a command and does not wait for it. */
  static void run(String command) {
    var unused = start(command);
  }

  /** Runs the commands at the same time, and waits until all have ended. */
  static void runAndWait(List<String> commands) {
    CompletableFuture.allOf(
            commands.stream().map(ShellCommand::start).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  /** Completes when the command has ended, however it did. */
  private static CompletableFuture<Void> start(String command) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    ProcessBuilder builder =
        windows
            ? new ProcessBuilder("cmd.exe", "/c", command)
            : new ProcessBuilder("/bin/sh", "-c", command);
    // They are not the node, and do not speak for it.
    builder.environment().keySet().removeAll(SERVICE_VARIABLES);
    try {
      Process process = builder.inheritIO().start();
      return process.onExit().thenAccept(ended -> report(command, ended.exitValue()));
    } catch (IOException e) {
      LOG.error("runCommand error: {}: {}", command, e.getMessage());
      return CompletableFuture.completedFuture(null);
    }
  }

  private static void report(String command, int exitCode) {
    if (exitCode != 0) {
      LOG.error("runCommand error: system({}) returned {}", command, exitCode);
    }
  }
}
