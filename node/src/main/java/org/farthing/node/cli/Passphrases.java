package org.farthing.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Terminal;
import picocli.CommandLine.Option;

/** Where a wallet's passphrase comes from: a file, the environment, or a person. Never shown. */
final class Passphrases {
  static final String VARIABLE = "FARTHING_PASSPHRASE";

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "the passphrase is the first line of this file (otherwise " + VARIABLE + ")")
  private Path file;

  /** The passphrase of a wallet that exists. */
  String existing(String wallet, Session session) throws CliException {
    Optional<String> given = given(session);
    if (given.isPresent()) {
      return given.get();
    }
    requirePerson(session, "wallet '" + wallet + "' is locked");
    return session
        .terminal()
        .askSecret("Passphrase of wallet '" + wallet + "': ")
        .orElseThrow(() -> CliException.failed("no passphrase, nothing done"));
  }

  /** A passphrase for a new wallet, asked for twice. */
  String chosen(Session session) throws CliException {
    Optional<String> given = given(session);
    if (given.isPresent()) {
      return notEmpty(given.get());
    }
    requirePerson(session, "a wallet needs a passphrase, or --no-passphrase");
    return asked(session);
  }

  /** The one that a wallet is to have from now on. */
  static String next(Path file, Session session) throws CliException {
    if (file != null) {
      return notEmpty(firstLine(file));
    }
    if (!session.terminal().canAsk()) {
      throw CliException.usage("nobody can be asked for a new passphrase")
          .hint("give --new-passphrase-file FILE.");
    }
    return asked(session);
  }

  private static String asked(Session session) throws CliException {
    Terminal terminal = session.terminal();
    String first = notEmpty(terminal.askSecret("Choose a passphrase: ").orElse(""));
    String second = terminal.askSecret("Once more: ").orElse("");
    if (!first.equals(second)) {
      throw CliException.failed("the two passphrases differ, nothing done");
    }
    return first;
  }

  boolean isGiven() {
    return file != null;
  }

  static String firstLine(Path file) throws CliException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (NoSuchFileException e) {
      throw CliException.usage("there is no file " + file);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw CliException.usage("cannot read " + file + ": " + e.getMessage());
    }
  }

  private Optional<String> given(Session session) throws CliException {
    return file == null ? session.variable(VARIABLE) : Optional.of(firstLine(file));
  }

  private static void requirePerson(Session session, String why) throws CliException {
    if (!session.terminal().canAsk()) {
      throw CliException.usage(why).hint("give --passphrase-file FILE, or set " + VARIABLE + ".");
    }
  }

  private static String notEmpty(String passphrase) throws CliException {
    if (passphrase.isEmpty()) {
      throw CliException.usage("the passphrase is empty")
          .hint("a wallet without one is made by --no-passphrase.");
    }
    return passphrase;
  }
}
