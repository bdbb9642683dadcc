package org.farthing.node.peer;

/** An address book in a form of another time. It may be in order, but cannot be read. */
public final class UnsupportedBookException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnsupportedBookException(String message) {
    super(message);
  }
}
