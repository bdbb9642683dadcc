package org.farthing.consensus.chain;

/**
 * The disk or the database failed, or does not hold what it should. The message is for the person
 * who runs the node: it says what is wrong and, where possible, what to do. The node stops and can
 * be started again.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
