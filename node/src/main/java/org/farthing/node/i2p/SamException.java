package org.farthing.node.i2p;

/** A SAM bridge is not there, or does not do what it was asked for. */
public final class SamException extends Exception {
  private static final long serialVersionUID = 1;

  public SamException(String message) {
    super(message);
  }
}
