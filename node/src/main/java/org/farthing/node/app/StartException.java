package org.farthing.node.app;

/** The node cannot start; the message says why, and the advice what to do. */
public class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String advice;
  private final boolean rebuildable;

  /** The advice says everything. */
  private boolean alone;

  public StartException(String message) {
    this(message, null, "", false);
  }

  public StartException(String message, Throwable cause) {
    this(message, cause, "", false);
  }

  private StartException(String message, Throwable cause, String advice, boolean rebuildable) {
    super(message, cause);
    this.advice = advice;
    this.rebuildable = rebuildable;
  }

  /** What is kept cannot be used, but made anew from the stored blocks. */
  static StartException rebuildable(String problem) {
    return new StartException(
        problem + ".\nPlease restart with -reindex or -reindex-chainstate to recover.",
        null,
        "",
        true);
  }

  /** Whether {@code -reindex} helps: Bitcoin Core asks for it, and doesn't call it an error. */
  public boolean isRebuildable() {
    return rebuildable;
  }

  /** The same, with what a person can do about it on our own command line. */
  StartException advise(String text) {
    return new StartException(getMessage(), getCause(), text, rebuildable);
  }

  /**
   * For those who use our own command line: where the message, which programs know, says what is
   * right for users of Bitcoin Core only, this text stands in its place.
   */
  StartException reworded(String text) {
    StartException reworded = new StartException(getMessage(), getCause(), text, rebuildable);
    reworded.alone = true;
    return reworded;
  }

  /** With what a person can do, for those who use our own command line. */
  public String withAdvice() {
    if (alone) {
      return advice;
    }
    return advice.isEmpty() ? getMessage() : getMessage() + " " + advice;
  }
}
