package org.farthing.node.app;

/** The node cannot start; the message says why, and the advice what to do. */
public class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String advice;

  public StartException(String message) {
    this(message, null, "");
  }

  public StartException(String message, Throwable cause) {
    this(message, cause, "");
  }

  private StartException(String message, Throwable cause, String advice) {
    super(message, cause);
    this.advice = advice;
  }

  /** The same, with what a person can do about it on our own command line. */
  StartException advise(String text) {
    return new StartException(getMessage(), getCause(), text);
  }

  /** With what a person can do, for those who use our own command line. */
  public String withAdvice() {
    return advice.isEmpty() ? getMessage() : getMessage() + " " + advice;
  }
}
