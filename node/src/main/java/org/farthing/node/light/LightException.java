package org.farthing.node.light;

/** Peers don't give what a wallet needs. Says so to a person. */
public final class LightException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LightException(String message) {
    super(message);
  }
}
