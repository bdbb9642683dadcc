package org.farthing.node.cli.outcome;

/** What the process says to the one that started it. */
public final class ExitCode {
  /** All was done. */
  public static final int OK = 0;

  /** The node refused, or something failed on the way. */
  public static final int FAILED = 1;

  /** The command line was wrong; nothing was tried. */
  public static final int USAGE = 2;

  /** No node answers, or it is not ready yet. */
  public static final int NO_NODE = 3;

  /** A node answers, but refuses our credentials. */
  public static final int NO_ACCESS = 4;

  private ExitCode() {}
}
