package org.farthing.wallet.miniscript;

/** A text that is no miniscript. The message says where, and what would be right there. */
public final class MiniscriptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int position;

  MiniscriptException(int position, String message) {
    super("at character " + (position + 1) + ": " + message);
    this.position = position;
  }

  /** The index of the character at which reading stopped. */
  public int position() {
    return position;
  }
}
