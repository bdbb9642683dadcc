package org.farthing.node.cli.outcome;

import java.util.Optional;

/** Ends a command: one sentence on what went wrong, perhaps one on what to do next. */
public final class CliException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String hint;

  private CliException(int exitCode, String message, String hint) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  public static CliException failed(String message) {
    return new CliException(ExitCode.FAILED, message, null);
  }

  public static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message, null);
  }

  public static CliException noNode(String message) {
    return new CliException(ExitCode.NO_NODE, message, null);
  }

  public static CliException noAccess(String message) {
    return new CliException(ExitCode.NO_ACCESS, message, null);
  }

  /** The same, with what the person can do about it. */
  public CliException hint(String text) {
    return new CliException(exitCode, getMessage(), text);
  }

  /** The same, with something before the sentence. */
  public CliException after(String beginning) {
    return new CliException(exitCode, beginning + getMessage(), hint);
  }

  public int exitCode() {
    return exitCode;
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
